import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config';
import { QueueWorkers } from '../../platform/queue/consumer';
import type { GenerationMessage } from './generation.messages';
import { GenerationStages } from './generation.stages';
import { OrderTelling } from './generation.telling';

/** Takes shards of the daily orders, and orders to be told of, off their queue. */
@Injectable()
export class GenerationWorker implements OnApplicationBootstrap {
  constructor(
    private readonly stages: GenerationStages,
    private readonly telling: OrderTelling,
    private readonly workers: QueueWorkers,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(this.config.generationQueueUrl, (message) => this.take(message as GenerationMessage));
  }

  private async take(message: GenerationMessage): Promise<void> {
    switch (message.task) {
      case 'SHARD':
        return this.stages.shard(message);
      case 'ADVANCE':
        return this.stages.advance(message.date);
      case 'TELL':
        return this.telling.tell(message);
      default:
        throw new Error('The message is none of generation');
    }
  }
}
