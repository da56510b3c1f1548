import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { IdleMonitor } from '../../platform/idle-monitor';
import { OrderModule } from '../order';
import { ProductModule } from '../product';
import { SubscriptionModule } from '../subscription';
import { UserModule } from '../user';
import { WalletModule } from '../wallet';
import { CustomerNames } from './customer-names.service';
import { DecisionAudit } from './decision-audit.service';
import { DayAnnouncement } from './day-announcement.service';
import { GenerationQueue } from './generation-queue';
import { deferredTable, outcomeTable, runTable, shardProgressTable, stockReservationTable } from './generation.schema';
import { GENERATION_QUEUE, GENERATION_SETTINGS } from './generation.settings';
import { GenerationWorker } from './generation.worker';
import { CalendarController } from './http/calendar.controller';
import { GenerationAdminController } from './http/generation.admin.controller';
import { PreviewAdminController } from './http/preview.admin.controller';
import { OrderEventDispatch } from './order-event-dispatch.service';
import { OutcomeHistory } from './outcome-history.service';
import { OutcomeRepository } from './outcome.repository';
import { BatchCommitter } from './placing/batch-committer';
import { DecisionWriter } from './placing/decision-writer';
import { RetryWriter } from './placing/retry-writer';
import { ShardSessionFactory } from './placing/shard-session-factory';
import { SnapshotReader } from './placing/snapshot-reader';
import { DryRun } from './preview/dry-run';
import { PreviewService } from './preview/preview.service';
import { RunCoordinator } from './run-coordinator.service';
import { RunPlanner } from './run-planner.service';
import { RunSchedule } from './run-schedule';
import { RunRepository } from './run.repository';
import { ShardProgressRepository } from './shard-progress.repository';
import { PlaceOrdersStage } from './stages/place-orders.stage';
import { ReserveStockStage } from './stages/reserve-stock.stage';
import { RetryOrdersStage } from './stages/retry-orders.stage';
import { StockReservationRepository } from './stock-reservation.repository';
import { SubscriptionCalendar } from './subscription-calendar.service';

/**
 * Generation: the nightly run, which turns the subscriptions that are due into orders for the next day. It reserves the
 * stock of a date, places orders in batches, retries the others in the morning, and previews future runs.
 */
@Module({
  imports: [
    DynamoModule.forTables(runTable, shardProgressTable, stockReservationTable, deferredTable, outcomeTable),
    OrderModule,
    ProductModule,
    SubscriptionModule,
    UserModule,
    WalletModule,
  ],
  controllers: [CalendarController, GenerationAdminController, PreviewAdminController],
  providers: [
    provideSettings(GENERATION_SETTINGS),
    provideSettings(GENERATION_QUEUE),
    RunRepository,
    ShardProgressRepository,
    StockReservationRepository,
    OutcomeRepository,
    RunSchedule,
    RunPlanner,
    GenerationQueue,
    RunCoordinator,
    ReserveStockStage,
    PlaceOrdersStage,
    RetryOrdersStage,
    BatchCommitter,
    DecisionWriter,
    RetryWriter,
    ShardSessionFactory,
    SnapshotReader,
    OrderEventDispatch,
    DayAnnouncement,
    GenerationWorker,
    CustomerNames,
    OutcomeHistory,
    DecisionAudit,
    SubscriptionCalendar,
    DryRun,
    PreviewService,
  ],
  exports: [RunCoordinator, DecisionAudit],
})
export class GenerationModule {
  constructor(idleMonitor: IdleMonitor, coordinator: RunCoordinator) {
    idleMonitor.register('daily orders', () => coordinator.isIdle());
  }
}
