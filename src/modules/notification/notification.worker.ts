import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from '../../platform/queue/declare-queue';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { UnknownMessage } from '../../platform/queue/unknown-message';
import { hasUnknownType, parseNotification } from './domain/notification';
import { NotificationService } from './notification.service';
import { NOTIFICATION_QUEUE, ROUTINE_QUEUE } from './notification.settings';

/** Sends the notifications in the queues. A malformed one, and one that cannot be recorded, ends in the
 * dead-letter queue. */
@Injectable()
export class NotificationWorker implements OnApplicationBootstrap {
  constructor(
    private readonly notifications: NotificationService,
    private readonly workers: QueueConsumer,
    @Inject(NOTIFICATION_QUEUE) private readonly queue: Queue,
    @Inject(ROUTINE_QUEUE) private readonly routineQueue: Queue,
  ) {}

  onApplicationBootstrap(): void {
    for (const { url } of [this.queue, this.routineQueue]) {
      this.workers.start(url, (message, isLastChance) => this.take(message, isLastChance));
    }
  }

  private async take(message: unknown, isLastChance: boolean): Promise<void> {
    if (hasUnknownType(message)) throw new UnknownMessage('type');
    await this.notifications.send(parseNotification(message), isLastChance);
  }
}
