import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from '../../platform/queue/declare-queue';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { ANALYTICS_QUEUE } from './analytics.settings';
import { parseAnalyticsEvent } from './domain/analytics-event';
import { EventIngestion } from './event-ingestion.service';

/** Each receives ten messages at a time, and all of them fill the batches of `EventIngestion`. */
const RECEIVERS = 4;

/** Stores the events in the analytics queue. A malformed message ends in the dead-letter queue. */
@Injectable()
export class AnalyticsWorker implements OnApplicationBootstrap {
  constructor(
    private readonly ingestion: EventIngestion,
    private readonly workers: QueueConsumer,
    @Inject(ANALYTICS_QUEUE) private readonly queue: Queue,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(this.queue.url, (message) => this.ingestion.ingest(parseAnalyticsEvent(message)), {
      receivers: RECEIVERS,
    });
  }
}
