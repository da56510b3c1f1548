import { Inject, Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../events/event-map';
import { Subscribe } from '../../platform/events/subscribe';
import type { EventBridgePublisher } from './adapters/event-bridge-publisher';
import { integrationEventOf } from './domain/integration-event';

export const EVENT_PUBLISHER = Symbol('event publisher');

@Injectable()
export class IntegrationSubscribers {
  /** Undefined without a bus. */
  constructor(@Inject(EVENT_PUBLISHER) private readonly publisher: EventBridgePublisher | undefined) {}

  @Subscribe('*', { as: 'integration.publish' })
  async publish(event: PublishedEvent): Promise<void> {
    await this.publisher?.publish(integrationEventOf(event));
  }
}
