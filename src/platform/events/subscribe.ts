import { SetMetadata } from '@nestjs/common';
import type { Emitted, EventOf, EventType } from '../../events/event-map';

export const SUBSCRIPTION = Symbol('subscription');
export const EVERY_EVENT = '*';

type Heard<T> = T extends EventType ? Emitted<EventOf<T>> : Emitted;
type Reaction<T> = (event: Heard<T>) => Promise<void>;

/**
 * Marks a reaction to an event. It may be called twice for one event, and after others that happened later: derive
 * the ids of what it makes, and let the condition of the write decide. An error makes it run again, with backoff.
 */
export function Subscribe<T extends EventType | typeof EVERY_EVENT>(...types: T[]) {
  return (target: object, name: string | symbol, descriptor: TypedPropertyDescriptor<Reaction<T>>): void => {
    SetMetadata(SUBSCRIPTION, types)(target, name, descriptor as PropertyDescriptor);
  };
}
