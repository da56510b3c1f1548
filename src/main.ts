import './source-maps';
import { isTracingEnabled, loadEnvFile } from './platform/config/env-reader';
import { printable } from './platform/start-refused';

async function main(): Promise<void> {
  loadEnvFile();
  if (isTracingEnabled()) (await import('./telemetry.js')).startTelemetry();
  // Imported after the telemetry, which cannot instrument modules that are loaded before it.
  const { serve } = await import('./serve.js');
  await serve();
}

main().catch((error: unknown) => {
  console.error(printable(error));
  process.exit(1);
});
