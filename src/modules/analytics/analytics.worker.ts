import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config';
import { QueueConsumer } from '../../platform/queue/queue-consumer';
import { AnalyticsService } from './analytics.service';
import { parseAnalyticsEvent } from './domain/analytics';

/** Takes events off the analytics queue; what is none ends in its dead-letter queue. */
@Injectable()
export class AnalyticsWorker implements OnApplicationBootstrap {
  constructor(
    private readonly analytics: AnalyticsService,
    private readonly workers: QueueConsumer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start(this.config.analyticsQueueUrl, (message) =>
      this.analytics.logEvent(parseAnalyticsEvent(message)),
    );
  }
}
