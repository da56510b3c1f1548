import { Injectable } from '@nestjs/common';
import type { Emitted } from '../../events/event-map';
import type { SubscriptionOrdersGenerated } from '../../events/subscription.events';
import { Subscribe } from '../../platform/events/subscribe';
import { GenerationMessages } from './generation.messages';

@Injectable()
export class GenerationSubscribers {
  constructor(private readonly messages: GenerationMessages) {}

  /** Over the queue, since an evening makes more orders than one process should tell of at once. */
  @Subscribe('subscription.orders_generated')
  async tell({ eventId, occurredAt, requestId, orderIds }: Emitted<SubscriptionOrdersGenerated>): Promise<void> {
    await this.messages.send({ task: 'TELL', eventId, occurredAt, requestId, orderIds });
  }
}
