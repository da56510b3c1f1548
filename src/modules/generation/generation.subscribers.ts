import { Injectable } from '@nestjs/common';
import { Subscribe } from '../../platform/events/subscribe';
import { type EmittedOrdersGenerated, GenerationQueue } from './generation-queue';

/** The stable id of the subscriber that sends the events of generated orders to the worker. */
export const DISPATCH_EVENTS = 'generation.dispatch_events';

@Injectable()
export class GenerationSubscribers {
  constructor(private readonly queue: GenerationQueue) {}

  /** Over the queue, since an evening makes more orders than one process should tell of at once. */
  @Subscribe('subscription.orders_generated', { as: DISPATCH_EVENTS, aliases: ['GenerationSubscribers.tell'] })
  async tell(event: EmittedOrdersGenerated): Promise<void> {
    await this.queue.send({ task: 'TELL', requestId: event.requestId, event });
  }
}
