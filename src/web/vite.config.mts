import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed, preloadedFont, serviceWorker } from './build-plugins.mts';

const API = process.env['API_URL'] ?? 'http://localhost:3000';
/** The folders of the API routes that the apps use, for `npm run dev:web`. */
const API_ROUTES = ['user', 'product', 'cart', 'order', 'subscription', 'payment', 'wallet', 'delivery', 'dairy'];

// Each app is a folder with an index.html. Add its name here.
const APPS = ['shop'];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), preloadedFont(), serviceWorker('shop'), compressed()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The content policy refuses data: URLs, also for scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(APPS.map((name) => [name, `${import.meta.dirname}/${name}/index.html`])),
      // Compression takes its time, also on a busy machine.
      checks: { pluginTimings: false },
      // Packages change less often than the apps.
      output: { codeSplitting: { groups: [{ name: 'packages', test: /node_modules/ }] } },
    },
  },
  server: {
    port: 5173,
    open: '/shop/',
    proxy: Object.fromEntries(API_ROUTES.map((route) => [`^/${route}(/|\\?|$)`, { target: API }])),
  },
});
