import { createHash } from 'node:crypto';
import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin, ResolvedConfig } from 'vite';

const COMPRESSIBLE = /\.(html|js|css|svg|json|webmanifest)$/;
/** A compressed copy of a smaller file saves nothing. */
const MIN_BYTES = 512;

/** Writes a brotli and a gzip copy of each text file, which the server sends as they are. */
export function compressed(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'milkround:compressed',
    apply: 'build',
    enforce: 'post',
    configResolved: (resolved) => void (config = resolved),
    writeBundle() {
      const folder = join(config.root, config.build.outDir);
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
        COMPRESSIBLE.test(path),
      )) {
        const path = join(folder, file);
        const content = readFileSync(path);
        if (content.length < MIN_BYTES) continue;
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

/** Loads the font together with the scripts. */
export function preloadedFont(): Plugin {
  return {
    name: 'milkround:preloaded-font',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((file) => file.endsWith('.woff2'))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${file}` },
            injectTo: 'head-prepend' as const,
          })),
    },
  };
}

/** Fills in the list of an app's files in its service worker (public/<app>/sw.js), and their version. */
export function serviceWorker(app: string): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'milkround:service-worker',
    apply: 'build',
    configResolved: (resolved) => void (config = resolved),
    writeBundle() {
      const folder = join(config.root, config.build.outDir);
      const files = [
        `/${app}`,
        ...globSync('assets/*.{js,css,svg,woff2}', { cwd: folder }).map((file) => `/${file}`),
      ].sort();
      const page = readFileSync(join(folder, app, 'index.html'));
      const version = createHash('sha256').update(files.join()).update(page).digest('hex').slice(0, 12);
      const worker = join(folder, app, 'sw.js');
      const text = readFileSync(worker, 'utf8').replace("'FILES'", JSON.stringify(files)).replace('VERSION', version);
      writeFileSync(worker, text);
    },
  };
}
