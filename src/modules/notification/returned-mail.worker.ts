import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from '../../platform/queue/declare-queue';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { returnedMailOf } from './domain/returned-mail';
import { NotificationService } from './notification.service';
import { RETURNED_MAIL_QUEUE } from './notification.settings';

/** Handles the bounces and complaints that SES reports. */
@Injectable()
export class ReturnedMailWorker implements OnApplicationBootstrap {
  private readonly logger = new Logger(ReturnedMailWorker.name);

  constructor(
    private readonly notifications: NotificationService,
    private readonly workers: QueueConsumer,
    @Inject(RETURNED_MAIL_QUEUE) private readonly queue: Queue,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(this.queue.url, (event) => this.take(event));
  }

  private async take(event: unknown): Promise<void> {
    const returned = returnedMailOf(event);
    if (returned) await this.notifications.recordReturned(returned);
    else this.logger.log('Mail event ignored');
  }
}
