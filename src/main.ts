import './source-maps';
import { existsSync } from 'node:fs';
import { ConfigurationError, isTracingEnabled } from './platform/config/env-reader';
import { DependenciesUnavailable } from './platform/startup/wait-for';

async function main(): Promise<void> {
  // The rest of the configuration reads it for itself, and later than this.
  if (existsSync('.env')) process.loadEnvFile('.env');
  if (isTracingEnabled()) (await import('./telemetry.js')).startTelemetry();
  // Only now: what is loaded before the telemetry is not seen by it.
  const { serve } = await import('./serve.js');
  await serve();
}

main().catch((error: unknown) => {
  console.error(
    error instanceof ConfigurationError || error instanceof DependenciesUnavailable ? error.message : error,
  );
  process.exit(1);
});
