import { startApp } from '../ui/app/start-app.tsx';
import { App } from './app.tsx';
import en from './texts/en.json';

const texts = { name: 'round', en, loadHindi: () => import('./texts/hi.json') } as const;

await startApp(<App />, { texts, offline: 'round' });
