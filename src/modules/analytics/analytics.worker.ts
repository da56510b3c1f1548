import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { isUnavailable } from '../../platform/aws-errors';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { Postponed } from '../../platform/queue/postponed';
import type { Queue } from '../../platform/queue/declare-queue';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { ANALYTICS_QUEUE } from './analytics.settings';
import { parseAnalyticsEvent } from './domain/analytics-event';
import { EventIngestion } from './event-ingestion.service';

/** Each receives ten messages at a time, and all of them fill the batches of `EventIngestion`. */
const RECEIVERS = 4;
/** A minute, with the default of QUEUE_RETRY_SECONDS. */
const OUTAGE_RETRIES = 12;

/**
 * Stores the events in the analytics queue. A malformed message ends in the dead-letter queue. Others wait for S3 and
 * DynamoDB, because an outage concerns all of them.
 */
@Injectable()
export class AnalyticsWorker implements OnApplicationBootstrap {
  constructor(
    private readonly ingestion: EventIngestion,
    private readonly workers: QueueConsumer,
    @Inject(ANALYTICS_QUEUE) private readonly queue: Queue,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(this.queue.url, (message) => this.take(message), { receivers: RECEIVERS });
  }

  private async take(message: unknown): Promise<void> {
    try {
      await this.ingestion.ingest(parseAnalyticsEvent(message));
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      throw new Postponed(OUTAGE_RETRIES * this.config.queueRetrySeconds, 'S3 or DynamoDB does not answer');
    }
  }
}
