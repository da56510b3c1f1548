import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { layerOrder, preloadedFont } from './build-plugins.mts';

const API = process.env['API_URL'] ?? 'http://localhost:3000';
/** The folders of the API routes that the apps use, for `npm run dev:web`. */
const API_ROUTES = [
  ...['admin', 'analytics', 'cart', 'dairy', 'delivery', 'health', 'invoice', 'order', 'payment', 'product'],
  ...['subscription', 'user', 'wallet'],
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), preloadedFont(), layerOrder()],
  build: {
    outDir: '../../dist/web',
    target: 'es2022',
    // The content policy refuses data: URLs, also for scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Packages change less often than the app. Those that only some pages need are loaded with these pages.
      output: { codeSplitting: { groups: [{ name: 'packages', test: /node_modules/, tags: ['$initial'] }] } },
    },
  },
  server: {
    port: 5173,
    open: '/shop/',
    proxy: Object.fromEntries(API_ROUTES.map((route) => [`^/${route}(/|\\?|$)`, { target: API }])),
  },
});
