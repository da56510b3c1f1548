import type { Type } from '@nestjs/common';
import type { DomainEvent } from '../../src/events/event-map';
import { EventBus } from '../../src/platform/events/bus';
import { Outbox } from '../../src/platform/events/outbox';
import type { TestApp } from './app';

/**
 * Has one module's subscribers hear events of things that never were: other modules would look for them in vain.
 * Resolves when all that follows is done.
 */
export async function happen(app: TestApp, subscribers: Type, ...events: DomainEvent[]): Promise<void> {
  const prototype = subscribers.prototype as object;
  const only = new Set(Object.getOwnPropertyNames(prototype).map((method) => `${subscribers.name}.${method}`));
  for (const event of events) {
    const outcomes = await app.get<EventBus>(EventBus).publish(app.get<Outbox>(Outbox).stamp(event), only);
    const failed = outcomes.find(({ error }) => error !== undefined);
    if (failed) throw failed.error as Error;
  }
  await app.settled();
}
