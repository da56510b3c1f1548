import { SetMetadata } from '@nestjs/common';
import type { PublishedEvent, RegisteredEvent } from './event';

export const SUBSCRIBED_EVENTS = Symbol('subscribed events');
export const ALL_EVENTS = '*';

interface SubscriberOptions {
  /**
   * The stable id, `<module>.<verb>`. Outbox rows store it, so it does not depend on class and method names. If you
   * change it, keep the old one as an alias.
   */
  readonly as: `${string}.${string}`;
  /** Ids under which earlier versions stored this subscriber. */
  readonly aliases?: readonly string[];
}

/** The metadata that `@Subscribe` sets on a method: its event types and its names, the stable id first. */
export interface SubscriberMetadata {
  readonly types: readonly string[];
  readonly names: readonly [id: string, ...aliases: string[]];
}

type EventType = RegisteredEvent['type'];
type EventFor<T> = PublishedEvent<T extends EventType ? Extract<RegisteredEvent, { type: T }> : RegisteredEvent>;
type EventHandler<T> = (event: EventFor<T>) => Promise<void>;

/**
 * Marks a method as a reaction to events. It may run twice for one event, and events may arrive out of order. So derive
 * the ids of what it creates from the event, and guard its writes by conditions. An error is retried with backoff.
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
