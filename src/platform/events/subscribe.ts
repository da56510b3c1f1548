import { SetMetadata } from '@nestjs/common';
import type { Emitted, EventOf, EventType } from '../../events/event-map';

export const SUBSCRIPTION = Symbol('subscription');
export const EVERY_EVENT = '*';

interface SubscriptionOptions {
  /**
   * The stable id, `<module>.<verb>`. Outbox rows store it, so it outlives the name of its class and method. Change it
   * only with the old one as an alias.
   */
  readonly as: `${string}.${string}`;
  /** Ids under which earlier versions stored this subscriber. */
  readonly aliases?: readonly string[];
}

/** What `@Subscribe` leaves on a method: the events it reacts to, and its names, the stable id first. */
export interface Subscription {
  readonly types: readonly string[];
  readonly names: readonly [id: string, ...aliases: string[]];
}

type Heard<T> = T extends EventType ? Emitted<EventOf<T>> : Emitted;
type Reaction<T> = (event: Heard<T>) => Promise<void>;

/**
 * Marks a reaction to an event. It may be called twice for one event, and after others that happened later: derive
 * the ids of what it makes, and let the condition of the write decide. An error makes it run again, with backoff.
 */
export function Subscribe<T extends EventType | typeof EVERY_EVENT>(
  types: T | readonly T[],
  { as, aliases = [] }: SubscriptionOptions,
) {
  const subscription: Subscription = { types: [types].flat(), names: [as, ...aliases] };
  return (target: object, name: string | symbol, descriptor: TypedPropertyDescriptor<Reaction<T>>): void => {
    SetMetadata(SUBSCRIPTION, subscription)(target, name, descriptor as PropertyDescriptor);
  };
}
