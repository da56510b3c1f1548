import type { EventMetadata } from '../../kernel/event';

/** What the bus, the outbox and the relay require of an event. It must also survive JSON. */
export interface AnyEvent {
  readonly type: string;
}

export type PublishedEvent<E extends AnyEvent = AnyEvent> = E & EventMetadata;

/**
 * The events of the application, which adds them by declaration merging (see app.module.ts). `@Subscribe` and
 * `Transaction.commit` take their types from here, so neither needs a type parameter.
 */
export interface EventRegistry {
  /** The platform emits no events of its own. */
  readonly platform: never;
}

export type RegisteredEvent = EventRegistry[keyof EventRegistry];

/** The injection token of the set of event types that this version knows. */
export const KNOWN_EVENT_TYPES = Symbol('known event types');
