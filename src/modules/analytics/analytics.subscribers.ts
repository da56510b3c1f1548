import { Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../events/event-map';
import { Subscribe } from '../../platform/events/subscribe';
import { AnalyticsService } from './analytics.service';
import { analyticsEventOf, isAnalyzed } from './domain/analytics-event';

@Injectable()
export class AnalyticsSubscribers {
  constructor(private readonly analytics: AnalyticsService) {}

  @Subscribe('*', { as: 'analytics.publish', aliases: ['AnalyticsSubscribers.publish'] })
  async publish(event: PublishedEvent): Promise<void> {
    if (isAnalyzed(event)) await this.analytics.publish(analyticsEventOf(event));
  }
}
