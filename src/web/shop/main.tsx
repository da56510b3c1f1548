import '../ui/mantine.css';
import '../ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTranslations } from '../i18n/index.ts';
import { App } from './app.tsx';

const DARK = '(prefers-color-scheme: dark)';
const chosen = localStorage.getItem('mantine-color-scheme-value');
const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia(DARK).matches);
// Before the first paint; Mantine follows later changes.
document.documentElement.dataset['mantineColorScheme'] = isDark ? 'dark' : 'light';

await startTranslations();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  navigator.serviceWorker.register('/shop/sw.js', { scope: '/shop' }).catch((error: unknown) => {
    console.warn('The app is not available offline', error);
  });
}
