import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';

const isAsset = (file: string) => /^assets\/.*\.(js|css|svg|woff2)$/.test(file);

const LAYERS = '@layer mantine, app;\n';

/**
 * Declares the order of the layers before any other style: the styles of a page may be loaded before those of Mantine,
 * and must still win over them.
 */
export function layerOrder(): Plugin {
  return {
    name: 'milkround:layer-order',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'asset', name: 'layers.css', source: LAYERS });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((file) => /\/layers-[^/]*\.css$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'stylesheet', href: `/${file}` },
            injectTo: 'head-prepend' as const,
          })),
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

/** Writes the service worker (sw.js) of an app that can be installed, with the list of the app's files and their version. */
export function serviceWorker(app: string): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'milkround:service-worker',
    apply: 'build',
    configResolved: (resolved) => void (config = resolved),
    writeBundle(_options, bundle) {
      const folder = resolve(config.root, config.build.outDir);
      if (!existsSync(join(config.publicDir, app, 'manifest.webmanifest'))) return;
      const files = [
        `/${app}`,
        ...Object.keys(bundle)
          .filter(isAsset)
          .map((file) => `/${file}`),
      ].sort();
      const page = readFileSync(join(folder, app, 'index.html'));
      const version = createHash('sha256').update(files.join()).update(page).digest('hex').slice(0, 12);
      const text = readFileSync(join(config.root, 'sw.js'), 'utf8')
        .replace('__APP__', app)
        .replace('__VERSION__', version)
        .replace("'__FILES__'", JSON.stringify(files));
      writeFileSync(join(folder, app, 'sw.js'), text);
    },
  };
}
