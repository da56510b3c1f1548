import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const repositoryRoot = resolve(__dirname, '../..');

/** Contents by path, relative to the planted project. */
export type Files = Record<string, string>;

/** A temporary project with the same folders and packages as this one. */
export function plantProject(files: Files): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'milkround-planted-'));
  symlinkSync(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs an installed tool in a folder and parses its JSON. Ignores the exit code, which is 1 if the tool reports problems. */
export function runTool<T>(tool: string, args: string[], folder: string): T {
  const { stdout, stderr } = spawnSync(process.execPath, [join(repositoryRoot, 'node_modules', tool), ...args], {
    cwd: folder,
    env: { ...process.env, NODE_COMPILE_CACHE: join(repositoryRoot, '.cache/compiled') },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  try {
    return JSON.parse(stdout) as T;
  } catch {
    throw new Error(`${tool} printed no JSON: ${stderr || stdout}`);
  }
}
