// `npm run pack:client [-- <folder>]`: builds the package of the typed client, and packs it into a folder (default: release).
import '../local/check-node.cjs';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exitWithError } from '../local/exit-with-error.mts';
import { ROOT } from '../local/root.mts';

const CLIENT = join(ROOT, 'infra/client');
/** The package gets its version, license and the versions of its dependencies from here. */
const { version, license, engines, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
  license: string;
  engines: { node: string };
  devDependencies: Record<string, string>;
};

const target = resolve(process.argv[2] ?? join(ROOT, 'release'));
const folder = mkdtempSync(join(tmpdir(), 'milkround-client-'));
try {
  compile();
  // The compiler neither copies declaration files nor removes the extension of type imports.
  cpSync(join(CLIENT, 'api.d.mts'), join(folder, 'api.d.mts'));
  cpSync(join(CLIENT, 'README.md'), join(folder, 'README.md'));
  cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
  mkdirSync(target, { recursive: true });
  run('npm', ['pack', folder, '--pack-destination', target, '--loglevel', 'error']);
} finally {
  rmSync(folder, { recursive: true });
}

function compile(): void {
  const options = ['--module', 'nodenext', '--target', 'es2022', '--declaration', '--strict', '--skipLibCheck'];
  const compiler = join(ROOT, 'node_modules/typescript/lib/tsc.js');
  const source = join(CLIENT, 'client.mts');
  run(process.execPath, [compiler, '--ignoreConfig', ...options, '--types', 'node', '--outDir', folder, source]);
}

function manifest(): object {
  return {
    name: '@milkround/client',
    version,
    description: 'The typed client of Milkround, the open-source backend for doorstep milk delivery',
    license,
    type: 'module',
    engines,
    exports: { '.': { types: './client.d.mts', default: './client.mjs' } },
    files: ['client.mjs', 'client.d.mts', 'api.d.mts'],
    dependencies: { 'openapi-fetch': devDependencies['openapi-fetch'] },
    publishConfig: { access: 'public' },
  };
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) exitWithError(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : '.'}`);
}
