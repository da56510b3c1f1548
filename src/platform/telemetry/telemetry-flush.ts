import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { metrics, type ProxyTracerProvider, trace } from '@opentelemetry/api';
import { setTimeout as sleep } from 'node:timers/promises';

const FLUSH_TIMEOUT_MILLISECONDS = 3_000;

/** The last step of shutdown. Sends buffered traces and metrics, for up to three seconds. */
@Injectable()
export class TelemetryFlush implements OnApplicationShutdown {
  private readonly logger = new Logger(TelemetryFlush.name);

  async onApplicationShutdown(): Promise<void> {
    const providers = [(trace.getTracerProvider() as ProxyTracerProvider).getDelegate(), metrics.getMeterProvider()];
    const timeout = new AbortController();
    await Promise.race([
      Promise.all(providers.map(flushProvider)).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'Traces not flushed'),
      ),
      sleep(FLUSH_TIMEOUT_MILLISECONDS, undefined, { signal: timeout.signal }).catch(() => {}),
    ]);
    timeout.abort();
  }
}

/** The no-op providers that are used without tracing have no `forceFlush`. */
async function flushProvider(provider: object): Promise<void> {
  await (provider as { forceFlush?: () => Promise<void> }).forceFlush?.();
}
