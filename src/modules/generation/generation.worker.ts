import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config';
import { OutboxRelay } from '../../platform/events/outbox-relay';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { UnknownMessage } from '../../platform/queue/unknown-message';
import type { EmittedOrdersGenerated, GenerationMessage } from './generation-queue';
import { DISPATCH_EVENTS } from './generation.subscribers';
import { OrderEventDispatch } from './order-event-dispatch.service';
import { RunCoordinator } from './run-coordinator.service';

/** So that two tasks share the eight shards of an evening, and each keeps a processor busy. */
const CONCURRENCY = 4;

/** Takes shards of the daily orders, and orders to be told of, off their queue. */
@Injectable()
export class GenerationWorker implements OnApplicationBootstrap {
  constructor(
    private readonly coordinator: RunCoordinator,
    private readonly orderEvents: OrderEventDispatch,
    private readonly relay: OutboxRelay,
    private readonly workers: QueueConsumer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(
      this.config.generationQueueUrl,
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
        return this.dispatchEvents(message.event, isLastAttempt);
      default:
        throw new UnknownMessage('task');
    }
  }

  /** A shard is sent for again by itself; what is to be told is not, and must not end among the dead letters. */
  private async dispatchEvents(event: EmittedOrdersGenerated, isLastAttempt: boolean): Promise<void> {
    try {
      await this.orderEvents.dispatch(event);
    } catch (error) {
      if (!isLastAttempt) throw error;
      await this.relay.parkForSubscriber(event, DISPATCH_EVENTS, error);
    }
  }
}
