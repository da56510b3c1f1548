import './mantine.css';
import './tokens.css';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTranslations, type Texts } from '../../i18n/index.ts';

const DARK = '(prefers-color-scheme: dark)';

interface AppOptions {
  /** The texts of this app beside the shared ones. */
  readonly texts?: Texts;
  /** The name of an app that opens without a network: it has a service worker. */
  readonly offline?: string;
}

/** Shows an app in the page, in the language and colours of this device. */
export async function startApp(app: ReactNode, { texts, offline }: AppOptions = {}): Promise<void> {
  const chosen = localStorage.getItem('mantine-color-scheme-value');
  const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia(DARK).matches);
  // Before the first paint; Mantine follows later changes.
  document.documentElement.dataset['mantineColorScheme'] = isDark ? 'dark' : 'light';

  await startTranslations(texts);
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<StrictMode>{app}</StrictMode>);

  if (offline && import.meta.env.PROD && 'serviceWorker' in navigator) {
    navigator.serviceWorker.register(`/${offline}/sw.js`, { scope: `/${offline}` }).catch((error: unknown) => {
      console.warn('The app is not available offline', error);
    });
  }
}
