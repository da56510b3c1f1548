import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { Emitted } from '../../events/event-map';
import { runInContext } from '../context';
import { traced } from '../telemetry/tracing';
import { EVERY_EVENT, SUBSCRIPTION, type Subscription } from './subscribe';

/** Below the lease of an outbox row. */
const REACTION_MILLISECONDS = 25_000;

/** What became of one event at one subscriber. */
export interface Outcome {
  readonly subscriber: string;
  readonly error?: unknown;
}

type Reaction = (event: Emitted) => Promise<void>;
type Listener = (event: Emitted, only?: ReadonlySet<string>) => Promise<Outcome | undefined>;

/**
 * Hands events to the `@Subscribe` methods of all modules. A listener never throws, it answers with its outcome:
 * `emitAsync` would return at the first failure while the others still run.
 */
@Injectable()
export class EventBus implements OnModuleInit {
  private readonly logger = new Logger(EventBus.name);
  /** The events that reach a subscriber, by each of its names. */
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
        const subscription = this.reflector.get<Subscription | undefined>(SUBSCRIPTION, method);
        if (subscription) this.register(subscription, (event) => (provider[name] as Reaction).call(provider, event));
      }
    }
  }

  /** Whether this process has a subscriber of that name, or former name, for a type of event. */
  hears(type: string, name: string): boolean {
    const types = this.typesOf.get(name);
    return types !== undefined && (types.has(type) || types.has(EVERY_EVENT));
  }

  /**
   * Hands an event to every subscriber, or only to those named, and waits for all of them. A name that no subscriber has
   * is a failure like any other: it may come from an older or newer version.
   */
  async publish(event: Emitted, only?: ReadonlySet<string>): Promise<Outcome[]> {
    const { type, trace: parent, eventId } = event;
    const span = { name: `event ${type}`, kind: 'CONSUMER', parent, attributes: { eventId } } as const;
    const outcomes = await traced(span, () =>
      Promise.all([type, EVERY_EVENT].map((channel) => this.emitter.emitAsync(channel, event, only))),
    );
    const missing = [...(only ?? [])].filter((name) => !this.hears(type, name));
    return [
      ...(outcomes.flat().filter((outcome) => outcome !== undefined) as Outcome[]),
      ...missing.map((name) => this.failed(event, name, new Error('No subscriber of that name in this version'))),
    ];
  }

  /** Refuses a name that is taken: a stored row would reach two subscribers by it. */
  private register({ types, names }: Subscription, reaction: Reaction): void {
    for (const type of types) {
      for (const name of names) {
        const taken = this.typesOf.get(name) ?? new Set();
        if (this.hears(type, name) || (type === EVERY_EVENT && taken.size > 0))
          throw new Error(`Two subscribers of ${type} are called ${name}: choose another id in @Subscribe`);
        this.typesOf.set(name, taken.add(type));
      }
      this.emitter.on(type, this.listener(names, reaction) as (event: Emitted) => void);
    }
  }

  private listener(names: Subscription['names'], reaction: Reaction): Listener {
    const [subscriber] = names;
    return async (event, only) => {
      if (only && !names.some((name) => only.has(name))) return undefined;
      try {
        const context = { requestId: event.requestId, background: true };
        const react = () => inTime(runInContext(context, () => reaction(event)));
        await traced({ name: subscriber, kind: 'INTERNAL' }, react);
        return { subscriber };
      } catch (error) {
        return this.failed(event, subscriber, error);
      }
    };
  }

  private failed({ eventId, type }: Emitted, subscriber: string, error: unknown): Outcome {
    this.logger.warn({ err: error, subscriber, eventId, type }, 'A subscriber failed');
    return { subscriber, error };
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
