import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from '../../platform/queue/declare-queue';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { UnknownMessage } from '../../platform/queue/unknown-message';
import { DayAnnouncement } from './day-announcement.service';
import type { GenerationMessage } from './generation-queue';
import { GENERATION_QUEUE } from './generation.settings';
import { OrderEventDispatch } from './order-event-dispatch.service';
import { RunCoordinator } from './run-coordinator.service';

/** Two ECS tasks share the eight shards of a run. Four shards keep the CPU of a task busy. */
const CONCURRENCY = 4;

/** Consumes the generation queue. */
@Injectable()
export class GenerationWorker implements OnApplicationBootstrap {
  constructor(
    private readonly coordinator: RunCoordinator,
    private readonly orderEvents: OrderEventDispatch,
    private readonly announcement: DayAnnouncement,
    private readonly workers: QueueConsumer,
    @Inject(GENERATION_QUEUE) private readonly queue: Queue,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(
      this.queue.url,
      (message, isLastAttempt) => this.handle(message as GenerationMessage, isLastAttempt),
      { concurrency: CONCURRENCY },
    );
  }

  private async handle(message: GenerationMessage, isLastAttempt: boolean): Promise<void> {
    switch (message.task) {
      case 'SHARD':
        return this.coordinator.runShard(message);
      case 'ADVANCE':
        return this.coordinator.advance(message.date);
      case 'TELL':
        return this.orderEvents.dispatch(message.event, isLastAttempt);
      case 'ANNOUNCE':
        return this.announcement.announcePartition(message.event, message.shard, isLastAttempt);
      default:
        throw new UnknownMessage('task');
    }
  }
}
