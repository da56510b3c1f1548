import { Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../../src/events/event-map';
import { Subscribe } from '../../../src/platform/events/subscribe';

/**
 * Records every event: `TestApp.start({}, { providers: [EventRecorder] })`, then
 * `app.get<EventRecorder>(EventRecorder).eventsOf(orderId)`.
 */
@Injectable()
export class EventRecorder {
  private readonly events: PublishedEvent[] = [];

  @Subscribe('*', { as: 'test.record' })
  async record(event: PublishedEvent): Promise<void> {
    this.events.push(event);
    return Promise.resolve();
  }

  /** The event types of an order, in order of arrival. */
  typesOf(orderId: string): string[] {
    return this.eventsOf(orderId).map(({ type }) => type);
  }

  ofType(type: string): PublishedEvent[] {
    return this.events.filter((event) => event.type === type);
  }

  eventsOf(orderId: string): PublishedEvent[] {
    return this.events.filter((event) => 'orderId' in event && event.orderId === orderId);
  }
}
