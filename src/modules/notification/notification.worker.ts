import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { UnknownMessage } from '../../platform/queue/unknown-message';
import { hasUnknownType, parseNotification } from './domain/notification';
import { NotificationService } from './notification.service';

/** Takes notifications off their queue; what is none, or cannot be sent, ends in its dead-letter queue. */
@Injectable()
export class NotificationWorker implements OnApplicationBootstrap {
  constructor(
    private readonly notifications: NotificationService,
    private readonly workers: QueueConsumer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(this.config.notificationQueueUrl, (message) => this.take(message));
  }

  private async take(message: unknown): Promise<void> {
    if (hasUnknownType(message)) throw new UnknownMessage('type');
    await this.notifications.send(parseNotification(message));
  }
}
