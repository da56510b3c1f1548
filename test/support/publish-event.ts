import type { Type } from '@nestjs/common';
import type { DomainEvent } from '../../src/events/event-map';
import { EventBus } from '../../src/platform/events/event-bus';
import { Outbox } from '../../src/platform/events/outbox';
import { ALL_EVENTS, SUBSCRIBED_EVENTS, type SubscriberMetadata } from '../../src/platform/events/subscribe';
import type { TestApp } from './test-app';

/**
 * Publishes events to the subscribers of one class only: other modules would not find the records that the events
 * mention. Resolves once the app is settled.
 */
export async function publishEvent(app: TestApp, subscribers: Type, ...events: DomainEvent[]): Promise<void> {
  for (const event of events) {
    const only = idsOf(subscribers, event.type);
    const outcomes = await app.get<EventBus>(EventBus).publish(app.get<Outbox>(Outbox).withMetadata(event), only);
    const failed = outcomes.find(({ error }) => error !== undefined);
    if (failed) throw failed.error as Error;
  }
  await app.settled();
}

/** The ids of the class's subscribers to a type of event. */
function idsOf(subscribers: Type, type: string): Set<string> {
  const methods = Object.values(Object.getOwnPropertyDescriptors(subscribers.prototype as object));
  return new Set(
    methods.flatMap(({ value }) => {
      const { types, names } = (Reflect.getMetadata(SUBSCRIBED_EVENTS, value as object) ?? {
        types: [],
      }) as SubscriberMetadata;
      return types.some((one) => one === type || one === ALL_EVENTS) ? [names[0]] : [];
    }),
  );
}
