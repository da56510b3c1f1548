import { Inject, Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../events/event-map';
import type { SubscriptionOrdersGenerated } from '../../events/subscription.events';
import type { LocalDate } from '../../kernel/calendar';
import { CONFIG, type Config } from '../../platform/config/config';
import { Publisher } from '../../platform/queue/publisher';
import type { ShardTask } from './domain/run';

/** Orders that were made together, to be told of one by one. */
export type EmittedOrdersGenerated = PublishedEvent<SubscriptionOrdersGenerated>;

/** What the workers of the daily orders are sent. It only says where to look: late or twice, nothing is lost. */
export type GenerationMessage =
  | ({ readonly task: 'SHARD' } & ShardTask)
  | { readonly task: 'ADVANCE'; readonly date: LocalDate }
  | { readonly task: 'TELL'; readonly requestId: string; readonly event: EmittedOrdersGenerated };

@Injectable()
export class GenerationQueue {
  constructor(
    private readonly publisher: Publisher,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Resolves when the queue has all of them. */
  async send(...messages: GenerationMessage[]): Promise<void> {
    const { generationQueueUrl } = this.config;
    await Promise.all(messages.map((message) => this.publisher.sendToQueue(generationQueueUrl, message)));
  }
}
