import { startApp } from '../ui/app/start-app.tsx';
import { App } from './app.tsx';
import en from './texts/en.json';
import './mantine.css';

await startApp(<App />, { texts: { name: 'console', en, loadHindi: () => import('./texts/hi.json') } });
