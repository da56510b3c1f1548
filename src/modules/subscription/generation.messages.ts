import { Inject, Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '../../platform/calendar';
import { CONFIG, type Config } from '../../platform/config';
import { Publisher } from '../../platform/queue/publisher';
import type { EventId, OrderId } from '../../platform/ids';
import type { ShardTask } from './generation';

/** Orders that were made together, to be told of one by one. */
export interface ToBeTold {
  /** The event of the transaction that has made them: the ids of what follows are made from it. */
  readonly eventId: EventId;
  readonly occurredAt: Instant;
  readonly requestId: string;
  readonly orderIds: readonly OrderId[];
}

/** What the workers of the daily orders are sent. It only says where to look: late, twice or never, nothing is lost. */
export type GenerationMessage =
  | ({ readonly task: 'SHARD' } & ShardTask)
  | { readonly task: 'ADVANCE'; readonly date: LocalDate }
  | ({ readonly task: 'TELL' } & ToBeTold);

@Injectable()
export class GenerationMessages {
  constructor(
    private readonly publisher: Publisher,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Resolves when the queue has all of them. */
  async send(...messages: GenerationMessage[]): Promise<void> {
    const { generationQueueUrl } = this.config;
    await Promise.all(messages.map((message) => this.publisher.toQueue(generationQueueUrl, message)));
  }
}
