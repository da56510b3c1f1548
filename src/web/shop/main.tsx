import { startApp } from '../ui/app/start-app.tsx';
import { App } from './app.tsx';

await startApp(<App />, { offline: 'shop' });
