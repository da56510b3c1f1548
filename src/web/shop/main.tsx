import { startApp } from '../ui/start-app.tsx';
import { App } from './app.tsx';

await startApp(<App />, { offline: 'shop' });
