import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';

const isAsset = (file: string) => /^assets\/.*\.(js|css|svg|woff2)$/.test(file);

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

/** Fills in the list of an app's files in its service worker (public/<app>/sw.js), if it has one, and their version. */
export function serviceWorker(app: string): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'milkround:service-worker',
    apply: 'build',
    configResolved: (resolved) => void (config = resolved),
    writeBundle(_options, bundle) {
      const folder = resolve(config.root, config.build.outDir);
      const worker = join(folder, app, 'sw.js');
      if (!existsSync(worker)) return;
      const files = [
        `/${app}`,
        ...Object.keys(bundle)
          .filter(isAsset)
          .map((file) => `/${file}`),
      ].sort();
      const page = readFileSync(join(folder, app, 'index.html'));
      const version = createHash('sha256').update(files.join()).update(page).digest('hex').slice(0, 12);
      const text = readFileSync(worker, 'utf8').replace("'FILES'", JSON.stringify(files)).replace('VERSION', version);
      writeFileSync(worker, text);
    },
  };
}
