import { Injectable } from '@nestjs/common';
import { Subscribe } from '../../platform/events/subscribe';
import { GenerationMessages, type ToBeTold } from './generation.messages';

/** The stable id of the subscriber that sends the events of generated orders to the worker. */
export const DISPATCH_EVENTS = 'generation.dispatch_events';

@Injectable()
export class GenerationSubscribers {
  constructor(private readonly messages: GenerationMessages) {}

  /** Over the queue, since an evening makes more orders than one process should tell of at once. */
  @Subscribe('subscription.orders_generated', { as: DISPATCH_EVENTS, aliases: ['GenerationSubscribers.tell'] })
  async tell(event: ToBeTold): Promise<void> {
    await this.messages.send({ task: 'TELL', requestId: event.requestId, event });
  }
}
