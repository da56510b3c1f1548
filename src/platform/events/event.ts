import type { EventMetadata } from '../../kernel/event';

/** All that the bus, the outbox and the relay need to know of an event: it is JSON and has a type. */
export interface AnyEvent {
  readonly type: string;
}

export type PublishedEvent<E extends AnyEvent = AnyEvent> = E & EventMetadata;

/**
 * The events of the application, which adds them by declaration merging; see app.module.ts. They type
 * `@Subscribe` and `Transaction.commit`, so that neither needs a type parameter.
 */
export interface EventRegistry {
  /** The platform emits no events of its own. */
  readonly platform: never;
}

export type RegisteredEvent = EventRegistry[keyof EventRegistry];

/** The injection token of the names of all event types this version knows. */
export const KNOWN_EVENT_TYPES = Symbol('known event types');
