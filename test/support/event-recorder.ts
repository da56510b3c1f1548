import { Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../src/events/event-map';
import { Subscribe } from '../../src/platform/events/subscribe';

/** Hears every event: `TestApp.start({}, { providers: [Heard] })`, then `app.get<Heard>(Heard).of(orderId)`. */
@Injectable()
export class EventRecorder {
  private readonly events: PublishedEvent[] = [];

  @Subscribe('*', { as: 'test.hear' })
  async record(event: PublishedEvent): Promise<void> {
    this.events.push(event);
    return Promise.resolve();
  }

  /** The types of the events of an order, in the order in which they came. */
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
