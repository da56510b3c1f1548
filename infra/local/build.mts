import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { startLeashed } from './leashed.mts';
import { ROOT } from './root.mts';

const SETTINGS = ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'];
// The compiler writes it last, so a build that was cut short has none.
const BUILT = join(ROOT, 'dist/.tsbuildinfo');

/** Builds `dist` when a source is newer. False when that failed; the compiler has then said why. */
export async function buildWhenStale(): Promise<boolean> {
  const startedAt = new Date();
  if ((await newestSource()) <= (await changedAt(BUILT))) return true;

  console.log('Building');
  const nest = join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js');
  const build = startLeashed([nest, 'build', '-p', 'tsconfig.build.json'], { output: 'shown' });
  if ((await build.exited) !== 0) {
    await rm(BUILT, { force: true });
    return false;
  }
  // What was saved while the compiler ran is newer than this, and built next time.
  await utimes(BUILT, startedAt, startedAt);
  return true;
}

async function newestSource(): Promise<number> {
  const sources = await readdir(join(ROOT, 'src'), { recursive: true });
  // Folders count too: their time tells that a file was deleted.
  const built = sources.filter((path) => !path.endsWith('.spec.ts')).map((path) => join('src', path));
  return Math.max(...(await Promise.all([...SETTINGS, ...built].map((path) => changedAt(join(ROOT, path))))));
}

async function changedAt(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}
