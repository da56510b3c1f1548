import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { startChildProcess } from './child-process.mts';
import { ROOT } from './root.mts';

const BUILD_CONFIG_FILES = ['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'];
/** The same as `npm run build`. */
const BUILD_STEPS = [
  ['node_modules/@nestjs/cli/bin/nest.js', 'build', '-p', 'tsconfig.build.json'],
  ['src/web/build.mts'],
];
// The compiler writes this file last, so an interrupted build has none.
const BUILD_INFO = join(ROOT, 'dist/.tsbuildinfo');

/** Builds `dist` if a source is newer. Returns false if the build failed; the compiler has printed the errors. */
export async function buildIfStale(): Promise<boolean> {
  const startedAt = new Date();
  if ((await newestSourceTime()) <= (await modifiedAt(BUILD_INFO))) return true;

  console.log('Building');
  // In this order, because the first deletes dist.
  for (const [script = '', ...args] of BUILD_STEPS) {
    const step = startChildProcess([join(ROOT, script), ...args], { output: 'shown' });
    if ((await step.exited) !== 0) {
      await rm(BUILD_INFO, { force: true });
      return false;
    }
  }
  // Files saved while the compiler ran are newer than this, so the next call builds them.
  await utimes(BUILD_INFO, startedAt, startedAt);
  return true;
}

async function newestSourceTime(): Promise<number> {
  const sources = await readdir(join(ROOT, 'src'), { recursive: true });
  // Includes folders, whose modification time changes when a file is deleted.
  const compiled = sources.filter((path) => !path.endsWith('.spec.ts')).map((path) => join('src', path));
  return Math.max(
    ...(await Promise.all([...BUILD_CONFIG_FILES, ...compiled].map((path) => modifiedAt(join(ROOT, path))))),
  );
}

async function modifiedAt(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}
