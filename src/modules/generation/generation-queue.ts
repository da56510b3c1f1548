import { Inject, Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../events/event-map';
import type {
  GenerationCompleted,
  GenerationRetried,
  SubscriptionOrdersGenerated,
} from '../../events/subscription.events';
import type { LocalDate } from '../../kernel/calendar';
import type { Queue } from '../../platform/queue/declare-queue';
import { Publisher } from '../../platform/queue/publisher';
import type { ShardWork } from './domain/run';
import { GENERATION_QUEUE } from './generation.settings';

/** The orders of one batch, whose own events have not been dispatched yet. */
export type PublishedOrdersGenerated = PublishedEvent<SubscriptionOrdersGenerated>;

/** The end of a run, or of its retry. */
export type GenerationFinished = PublishedEvent<GenerationCompleted | GenerationRetried>;

/**
 * A message to the generation workers. SHARD and ADVANCE only say where to look, so they may arrive late or twice.
 * TELL dispatches the events of generated orders. It keeps its name because workers of the previous version read it.
 * ANNOUNCE tells the customers of a partition what comes.
 */
export type GenerationMessage =
  | ({ readonly task: 'SHARD' } & ShardWork)
  | { readonly task: 'ADVANCE'; readonly date: LocalDate }
  | { readonly task: 'TELL'; readonly requestId: string; readonly event: PublishedOrdersGenerated }
  | {
      readonly task: 'ANNOUNCE';
      readonly requestId: string;
      /** The partition. It keeps its name because workers of the previous version read it. */
      readonly shard: string;
      readonly event: GenerationFinished;
    };

@Injectable()
export class GenerationQueue {
  constructor(
    private readonly publisher: Publisher,
    @Inject(GENERATION_QUEUE) private readonly queue: Queue,
  ) {}

  /** Resolves once the queue has accepted all messages. */
  async send(...messages: GenerationMessage[]): Promise<void> {
    await Promise.all(messages.map((message) => this.publisher.sendToQueue(this.queue.url, message)));
  }
}
