import './source-maps';
import { ConfigurationError, isTracingEnabled, loadEnvFile } from './platform/config/env-reader';
import { DependenciesUnavailable } from './platform/startup/wait-for';

async function main(): Promise<void> {
  loadEnvFile();
  if (isTracingEnabled()) (await import('./telemetry.js')).startTelemetry();
  // Imported after the telemetry, which cannot instrument modules that are loaded before it.
  const { serve } = await import('./serve.js');
  await serve();
}

main().catch((error: unknown) => {
  console.error(
    error instanceof ConfigurationError || error instanceof DependenciesUnavailable ? error.message : error,
  );
  process.exit(1);
});
