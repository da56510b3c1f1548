import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { AnalyticsController } from './analytics.controller';
import { AnalyticsRepository } from './analytics.repository';
import { analyticsDayTable, analyticsEventTable } from './analytics.schema';
import { AnalyticsService } from './analytics.service';
import { ANALYTICS_QUEUE } from './analytics.settings';
import { AnalyticsSubscribers } from './analytics.subscribers';
import { AnalyticsWorker } from './analytics.worker';

/**
 * Analytics: stores every event and sums the figures of each day. It serves the reports and the event log to admins.
 */
@Module({
  imports: [DynamoModule.forTables(analyticsEventTable, analyticsDayTable)],
  controllers: [AnalyticsController],
  providers: [
    provideSettings(ANALYTICS_QUEUE),
    AnalyticsRepository,
    AnalyticsService,
    AnalyticsSubscribers,
    AnalyticsWorker,
  ],
})
export class AnalyticsModule {}
