import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { runInContext } from '../request-context';
import { withSpan } from '../telemetry/tracing';
import type { PublishedEvent } from './event';
import { ALL_EVENTS, SUBSCRIBED_EVENTS, type SubscriberMetadata } from './subscribe';

/** Shorter than the lease of an outbox row. */
const HANDLER_TIMEOUT_MILLISECONDS = 25_000;

/** The outcome of one event at one subscriber. */
export interface SubscriberResult {
  readonly subscriber: string;
  readonly error?: unknown;
}

type Reaction = (event: PublishedEvent) => Promise<void>;
type Listener = (event: PublishedEvent, only?: ReadonlySet<string>) => Promise<SubscriberResult | undefined>;

/**
 * Calls the `@Subscribe` methods of all modules. A listener never throws but returns its outcome, because `emitAsync`
 * would reject at the first failure while other listeners still run.
 */
@Injectable()
export class EventBus implements OnModuleInit {
  private readonly logger = new Logger(EventBus.name);
  /** The event types of each subscriber, by its id and by its aliases. */
  private readonly typesOf = new Map<string, Set<string>>();

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
        const metadata = this.reflector.get<SubscriberMetadata | undefined>(SUBSCRIBED_EVENTS, method);
        if (metadata) this.register(metadata, (event) => (provider[name] as Reaction).call(provider, event));
      }
    }
  }

  /** Whether this process has a subscriber with that id or alias for an event type. */
  hasSubscriber(type: string, name: string): boolean {
    const types = this.typesOf.get(name);
    return types !== undefined && (types.has(type) || types.has(ALL_EVENTS));
  }

  /**
   * Calls every subscriber of an event, or only those named, and waits for all of them. A name without a subscriber is
   * reported as a failure: it may come from an older or newer version.
   */
  async publish(event: PublishedEvent, only?: ReadonlySet<string>): Promise<SubscriberResult[]> {
    const { type, trace: parent, eventId } = event;
    const span = { name: `event ${type}`, kind: 'CONSUMER', parent, attributes: { eventId } } as const;
    const results = await withSpan(span, () =>
      Promise.all([type, ALL_EVENTS].map((channel) => this.emitter.emitAsync(channel, event, only))),
    );
    const missing = [...(only ?? [])].filter((name) => !this.hasSubscriber(type, name));
    return [
      ...(results.flat().filter((result) => result !== undefined) as SubscriberResult[]),
      ...missing.map((name) => this.failed(event, name, new Error('No subscriber of that name in this version'))),
    ];
  }

  /** Refuses a duplicate name, because a stored row with it would reach two subscribers. */
  private register({ types, names }: SubscriberMetadata, reaction: Reaction): void {
    for (const type of types) {
      for (const name of names) {
        const knownTypes = this.typesOf.get(name) ?? new Set();
        if (this.hasSubscriber(type, name) || (type === ALL_EVENTS && knownTypes.size > 0))
          throw new Error(`Two subscribers of ${type} are called ${name}: choose another id in @Subscribe`);
        this.typesOf.set(name, knownTypes.add(type));
      }
      this.emitter.on(type, this.createListener(names, reaction) as (event: PublishedEvent) => void);
    }
  }

  private createListener(names: SubscriberMetadata['names'], reaction: Reaction): Listener {
    const [subscriber] = names;
    return async (event, only) => {
      if (only && !names.some((name) => only.has(name))) return undefined;
      try {
        const context = { requestId: event.requestId, background: true };
        const handle = () => withTimeout(runInContext(context, () => reaction(event)));
        await withSpan({ name: subscriber, kind: 'INTERNAL' }, handle);
        return { subscriber };
      } catch (error) {
        return this.failed(event, subscriber, error);
      }
    };
  }

  private failed({ eventId, type }: PublishedEvent, subscriber: string, error: unknown): SubscriberResult {
    this.logger.warn({ err: error, subscriber, eventId, type }, 'Subscriber failed, retrying');
    return { subscriber, error };
  }
}

/** A subscriber that hangs must not block the others. It is retried like one that failed. */
async function withTimeout(handling: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The subscriber timed out')), HANDLER_TIMEOUT_MILLISECONDS);
  });
  try {
    await Promise.race([handling, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
