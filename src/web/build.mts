// Builds all apps into dist/web, each by itself, so that no app loads what only another one needs.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { serviceWorker } from './build-plugins.mts';

/** Each app is a folder with an index.html. */
const APPS = ['shop', 'console', 'round'];
const FOLDER = join(import.meta.dirname, '../../dist/web');
const COMPRESSIBLE = /\.(html|js|css|svg|json|webmanifest)$/;
/** A compressed copy of a smaller file saves nothing. */
const MIN_BYTES = 512;

rmSync(FOLDER, { recursive: true, force: true });
for (const app of APPS) {
  await build({
    configFile: join(import.meta.dirname, 'vite.config.mts'),
    logLevel: 'warn',
    plugins: [serviceWorker(app)],
    build: {
      emptyOutDir: false,
      copyPublicDir: app === APPS[0],
      rolldownOptions: { input: { [app]: join(import.meta.dirname, app, 'index.html') } },
    },
  });
}
compress(FOLDER);

/** Writes a brotli and a gzip copy of each text file, which the server sends as they are. */
function compress(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => COMPRESSIBLE.test(path));
  for (const file of files) {
    const path = join(folder, file);
    const content = readFileSync(path);
    if (content.length < MIN_BYTES) continue;
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
}
