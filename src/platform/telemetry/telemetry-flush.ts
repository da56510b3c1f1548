import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { metrics, type ProxyTracerProvider, trace } from '@opentelemetry/api';
import { setTimeout as sleep } from 'node:timers/promises';

const FLUSH_TIMEOUT_MILLISECONDS = 3_000;

/** The last that happens at shutdown: what was traced and measured is sent, if somebody takes it soon. */
@Injectable()
export class TelemetryFlush implements OnApplicationShutdown {
  private readonly logger = new Logger(TelemetryFlush.name);

  async onApplicationShutdown(): Promise<void> {
    const providers = [(trace.getTracerProvider() as ProxyTracerProvider).getDelegate(), metrics.getMeterProvider()];
    const timeout = new AbortController();
    await Promise.race([
      Promise.all(providers.map(flushProvider)).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'The last traces are lost'),
      ),
      sleep(FLUSH_TIMEOUT_MILLISECONDS, undefined, { signal: timeout.signal }).catch(() => {}),
    ]);
    timeout.abort();
  }
}

/** What only stands in for a provider has nothing to send. */
async function flushProvider(provider: object): Promise<void> {
  await (provider as { forceFlush?: () => Promise<void> }).forceFlush?.();
}
