import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from '../../platform/queue/declare-queue';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { smsReportOf } from './domain/sms-report';
import { SMS_STATUS_QUEUE } from './notification.settings';
import { SmsLog } from './sms-log.service';

/** Handles the reports of End User Messaging about SMS. A malformed one ends in the dead-letter queue. */
@Injectable()
export class SmsStatusWorker implements OnApplicationBootstrap {
  private readonly logger = new Logger(SmsStatusWorker.name);

  constructor(
    private readonly log: SmsLog,
    private readonly workers: QueueConsumer,
    @Inject(SMS_STATUS_QUEUE) private readonly queue: Queue,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(this.queue.url, (event) => this.take(event));
  }

  private async take(event: unknown): Promise<void> {
    const report = smsReportOf(event);
    if (report) await this.log.record(report);
    else this.logger.log('SMS event ignored');
  }
}
