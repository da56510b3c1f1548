import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Endpoints } from '../../infra/local/emulators.mts';
import { environmentOf, LOCAL_CREDENTIALS } from '../../infra/local/environment.mts';

declare global {
  var localEmulators: ChildProcess | undefined;
}

const ROOT = join(__dirname, '../..');

/** Starts the emulators in memory on free ports; the Jest workers inherit their endpoints. */
export default async function startEmulators(): Promise<void> {
  // The Node version that npm scripts use, whichever one runs Jest.
  const node = join(ROOT, 'node_modules/.bin/node');
  const child = spawn(node, [join(ROOT, 'infra/local/emulators.mts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('exit', () => reject(new Error('The emulators did not start. See the line above.')));
  });

  Object.assign(process.env, LOCAL_CREDENTIALS, environmentOf(JSON.parse(line) as Endpoints));
  globalThis.localEmulators = child;
}
