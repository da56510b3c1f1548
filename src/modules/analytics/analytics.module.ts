import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { DairyModule } from '../dairy';
import { ProductModule } from '../product';
import { WalletModule } from '../wallet';
import { ActiveCustomerRepository } from './active-customer.repository';
import { AnalyticsController } from './analytics.controller';
import { activeCustomerTable, analyticsDayTable, analyticsEventTable, analyticsFigureTable } from './analytics.schema';
import { AnalyticsService } from './analytics.service';
import { ANALYTICS_QUEUE, ANALYTICS_SETTINGS, EVENT_BUCKET, REPORT_BUCKET } from './analytics.settings';
import { AnalyticsSubscribers } from './analytics.subscribers';
import { AnalyticsWorker } from './analytics.worker';
import { DailyReport } from './daily-report.service';
import { EventArchive } from './event-archive.service';
import { EventIngestion } from './event-ingestion.service';
import { EventLogRepository } from './event-log.repository';
import { FigureRepository } from './figure.repository';
import { ReportFiles } from './report-files.service';
import { ReportController } from './report.controller';
import { WalletFloat } from './wallet-float.service';

/**
 * Analytics: stores every event and sums the figures of each day. It serves the reports and the event log to admins.
 */
@Module({
  imports: [
    DynamoModule.forTables(analyticsEventTable, analyticsFigureTable, analyticsDayTable, activeCustomerTable),
    DairyModule,
    ProductModule,
    WalletModule,
  ],
  controllers: [AnalyticsController, ReportController],
  providers: [
    provideSettings(ANALYTICS_QUEUE),
    provideSettings(EVENT_BUCKET),
    provideSettings(REPORT_BUCKET),
    provideSettings(ANALYTICS_SETTINGS),
    EventLogRepository,
    FigureRepository,
    ActiveCustomerRepository,
    EventArchive,
    EventIngestion,
    DailyReport,
    ReportFiles,
    WalletFloat,
    AnalyticsService,
    AnalyticsSubscribers,
    AnalyticsWorker,
  ],
  exports: [WalletFloat],
})
export class AnalyticsModule {}
