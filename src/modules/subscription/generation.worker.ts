import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config';
import { OutboxRelay } from '../../platform/events/outbox-relay';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { UnknownMessage } from '../../platform/queue/unknown-message';
import type { GenerationMessage, ToBeTold } from './generation.messages';
import { GenerationStages } from './generation.stages';
import { DISPATCH_EVENTS } from './generation.subscribers';
import { OrderTelling } from './generation.telling';

/** So that two tasks share the eight shards of an evening, and each keeps a processor busy. */
const AT_ONCE = 4;

/** Takes shards of the daily orders, and orders to be told of, off their queue. */
@Injectable()
export class GenerationWorker implements OnApplicationBootstrap {
  constructor(
    private readonly stages: GenerationStages,
    private readonly telling: OrderTelling,
    private readonly relay: OutboxRelay,
    private readonly workers: QueueConsumer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(
      this.config.generationQueueUrl,
      (message, isLastChance) => this.take(message as GenerationMessage, isLastChance),
      { concurrency: AT_ONCE },
    );
  }

  private async take(message: GenerationMessage, isLastChance: boolean): Promise<void> {
    switch (message.task) {
      case 'SHARD':
        return this.stages.shard(message);
      case 'ADVANCE':
        return this.stages.advance(message.date);
      case 'TELL':
        return this.tell(message.event, isLastChance);
      default:
        throw new UnknownMessage('task');
    }
  }

  /** A shard is sent for again by itself; what is to be told is not, and must not end among the dead letters. */
  private async tell(event: ToBeTold, isLastChance: boolean): Promise<void> {
    try {
      await this.telling.tell(event);
    } catch (error) {
      if (!isLastChance) throw error;
      await this.relay.parkForSubscriber(event, DISPATCH_EVENTS, error);
    }
  }
}
