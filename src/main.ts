import './source-maps';
import { existsSync } from 'node:fs';
import { ConfigurationError, isTraced } from './platform/config';
import { NeedsUnmet } from './platform/patience';

async function main(): Promise<void> {
  // The rest of the configuration reads it for itself, and later than this.
  if (existsSync('.env')) process.loadEnvFile('.env');
  if (isTraced()) (await import('./telemetry.js')).startTelemetry();
  // Only now: what is loaded before the telemetry is not seen by it.
  const { serve } = await import('./serve.js');
  await serve();
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError || error instanceof NeedsUnmet ? error.message : error);
  process.exit(1);
});
