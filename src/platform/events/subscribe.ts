import { SetMetadata } from '@nestjs/common';
import type { PublishedEvent, RegisteredEvent } from './event';

export const SUBSCRIBED_EVENTS = Symbol('subscribed events');
export const ALL_EVENTS = '*';

interface SubscriberOptions {
  /**
   * The stable id, `<module>.<verb>`. Outbox rows store it, so it outlives the name of its class and method. Change it
   * only with the old one as an alias.
   */
  readonly as: `${string}.${string}`;
  /** Ids under which earlier versions stored this subscriber. */
  readonly aliases?: readonly string[];
}

/** What `@Subscribe` leaves on a method: the events it reacts to, and its names, the stable id first. */
export interface SubscriberMetadata {
  readonly types: readonly string[];
  readonly names: readonly [id: string, ...aliases: string[]];
}

type EventType = RegisteredEvent['type'];
type EventFor<T> = PublishedEvent<T extends EventType ? Extract<RegisteredEvent, { type: T }> : RegisteredEvent>;
type EventHandler<T> = (event: EventFor<T>) => Promise<void>;

/**
 * Marks a reaction to an event. It may be called twice for one event, and after others that happened later: derive
 * the ids of what it makes, and let the condition of the write decide. An error makes it run again, with backoff.
 */
export function Subscribe<T extends EventType | typeof ALL_EVENTS>(
  types: T | readonly T[],
  { as, aliases = [] }: SubscriberOptions,
) {
  const metadata: SubscriberMetadata = { types: [types].flat(), names: [as, ...aliases] };
  return (target: object, name: string | symbol, descriptor: TypedPropertyDescriptor<EventHandler<T>>): void => {
    SetMetadata(SUBSCRIBED_EVENTS, metadata)(target, name, descriptor as PropertyDescriptor);
  };
}
