import { Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../events/event-map';
import { Subscribe } from '../../platform/events/subscribe';
import { analyticsEventOf } from './analytics';
import { AnalyticsService } from './analytics.service';

@Injectable()
export class AnalyticsSubscribers {
  constructor(private readonly analytics: AnalyticsService) {}

  @Subscribe('*', { as: 'analytics.publish', aliases: ['AnalyticsSubscribers.publish'] })
  async publish(event: PublishedEvent): Promise<void> {
    await this.analytics.publish(analyticsEventOf(event));
  }
}
