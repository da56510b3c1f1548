import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from '../../platform/queue/declare-queue';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { AnalyticsService } from './analytics.service';
import { ANALYTICS_QUEUE } from './analytics.settings';
import { parseAnalyticsEvent } from './domain/analytics';

/** Logs the events in the analytics queue. A malformed message ends in the dead-letter queue. */
@Injectable()
export class AnalyticsWorker implements OnApplicationBootstrap {
  constructor(
    private readonly analytics: AnalyticsService,
    private readonly workers: QueueConsumer,
    @Inject(ANALYTICS_QUEUE) private readonly queue: Queue,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(this.queue.url, (message) => this.analytics.logEvent(parseAnalyticsEvent(message)));
  }
}
