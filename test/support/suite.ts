import { globSync } from 'node:fs';
import { join } from 'node:path';
import { runsAlone } from './alone.cjs';

/**
 * The specs of a folder that its suite runs in one file, so that they load the program once. Each starts an app with
 * tables and queues of its own, as it does when it runs by itself.
 */
export function specsOf(folder: string): string[] {
  const specs = globSync('*.spec.ts', { cwd: folder }).sort();
  return specs.filter((spec) => !runsAlone(join(folder, spec))).map((spec) => `./${spec}`);
}
