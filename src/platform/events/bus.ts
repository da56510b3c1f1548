import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { Emitted } from '../../events/event-map';
import { runInContext } from '../context';
import { traced } from '../telemetry/tracing';
import { EVERY_EVENT, SUBSCRIPTION } from './subscribe';

/** Below the lease of an outbox row. */
const REACTION_MILLISECONDS = 25_000;

/** What became of one event at one subscriber. */
export interface Outcome {
  readonly subscriber: string;
  readonly error?: unknown;
}

type Listener = (event: Emitted, only?: ReadonlySet<string>) => Promise<Outcome | undefined>;

/**
 * Hands events to the `@Subscribe` methods of all modules. A listener never throws, it answers with its outcome:
 * `emitAsync` would return at the first failure while the others still run.
 */
@Injectable()
export class EventBus implements OnModuleInit {
  private readonly logger = new Logger(EventBus.name);

  constructor(
    private readonly emitter: EventEmitter2,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    this.emitter.setMaxListeners(0);
    for (const { instance } of this.discovery.getProviders()) {
      if (!instance || typeof instance !== 'object') continue;
      const provider = instance as Record<string, unknown>;
      for (const name of this.scanner.getAllMethodNames(Object.getPrototypeOf(provider) as object)) {
        const method = provider[name];
        if (typeof method !== 'function') continue;
        const types = this.reflector.get<string[] | undefined>(SUBSCRIPTION, method);
        for (const type of types ?? [])
          this.emitter.on(type, this.listener(provider, name) as (event: Emitted) => void);
      }
    }
  }

  /** Hands an event to every subscriber, or only to those named, and waits for all of them. */
  async publish(event: Emitted, only?: ReadonlySet<string>): Promise<Outcome[]> {
    const { type, trace: parent, eventId } = event;
    const span = { name: `event ${type}`, kind: 'CONSUMER', parent, attributes: { eventId } } as const;
    const outcomes = await traced(span, () =>
      Promise.all([type, EVERY_EVENT].map((channel) => this.emitter.emitAsync(channel, event, only))),
    );
    return outcomes.flat().filter((outcome) => outcome !== undefined) as Outcome[];
  }

  private listener(provider: Record<string, unknown>, name: string): Listener {
    const subscriber = `${provider.constructor.name}.${name}`;
    return async (event, only) => {
      if (only && !only.has(subscriber)) return undefined;
      try {
        const react = () => (provider[name] as (event: Emitted) => Promise<void>).call(provider, event);
        const context = { requestId: event.requestId, background: true };
        await traced({ name: subscriber, kind: 'INTERNAL' }, () => inTime(runInContext(context, react)));
        return { subscriber };
      } catch (error) {
        this.logger.warn({ err: error, subscriber, eventId: event.eventId, type: event.type }, 'A subscriber failed');
        return { subscriber, error };
      }
    };
  }
}

/** One that never ends must not hold up the others; it runs again like one that failed. */
async function inTime(reaction: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The subscriber did not end in time')), REACTION_MILLISECONDS);
  });
  try {
    await Promise.race([reaction, limit]);
  } finally {
    clearTimeout(timer);
  }
}
