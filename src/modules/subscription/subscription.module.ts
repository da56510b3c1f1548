import { Module } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import { CONFIG, type Config } from '../../platform/config/config';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { IdleMonitor } from '../../platform/idle-monitor';
import { OrderModule } from '../order';
import { ProductModule } from '../product';
import { UserModule } from '../user';
import { WalletModule } from '../wallet';
import { AbsenceController } from './absence.controller';
import { AllotmentRepository } from './allotment.repository';
import { Cutoff } from './cutoff';
import { SubscriptionDemand } from './demand.service';
import { GenerationAdminController } from './generation.admin.controller';
import { DecisionBatches } from './generation.batches';
import { DemandCount } from './generation.counting';
import { DecisionRecords } from './generation.decisions';
import { GenerationHistory } from './generation.history';
import { GenerationMessages } from './generation.messages';
import { OrderPlacing } from './generation.placing';
import { GenerationRepository } from './generation.repository';
import { BalanceRetry } from './generation.retry';
import { allotmentTable, occurrenceTable, progressTable, runTable, waitingTable } from './generation.schema';
import { Generation } from './generation.service';
import { GenerationStages } from './generation.stages';
import { GenerationSubscribers } from './generation.subscribers';
import { OrderTelling } from './generation.telling';
import { GenerationTimes } from './generation.times';
import { GenerationWorker } from './generation.worker';
import { OccurrenceRepository } from './occurrence.repository';
import { OutlookAdminController } from './outlook.admin.controller';
import { EveningRehearsal } from './preview.rehearsal';
import { GenerationPreview } from './preview.service';
import { Runways } from './runway.service';
import { BalanceWarnings } from './runway.warnings';
import { SubscribeController } from './subscribe.controller';
import { SubscriptionCalendar } from './subscription.calendar';
import { SubscriptionChanges } from './subscription.changes';
import { SubscriptionController } from './subscription.controller';
import { SubscriptionRepository } from './subscription.repository';
import { subscriptionTable } from './subscription.schema';
import { SubscriptionService } from './subscription.service';
import { SubscriptionWalk } from './subscription.walk';

@Module({
  imports: [
    DynamoModule.forTables(subscriptionTable, runTable, progressTable, allotmentTable, waitingTable, occurrenceTable),
    OrderModule,
    ProductModule,
    UserModule,
    WalletModule,
  ],
  controllers: [
    SubscribeController,
    SubscriptionController,
    AbsenceController,
    GenerationAdminController,
    OutlookAdminController,
  ],
  providers: [
    {
      provide: Cutoff,
      inject: [Calendar, CONFIG],
      useFactory: (calendar: Calendar, { cutoffTime }: Config) => new Cutoff(calendar, cutoffTime),
    },
    SubscriptionRepository,
    SubscriptionService,
    SubscriptionChanges,
    SubscriptionCalendar,
    GenerationRepository,
    AllotmentRepository,
    OccurrenceRepository,
    GenerationTimes,
    GenerationMessages,
    Generation,
    DemandCount,
    DecisionRecords,
    DecisionBatches,
    OrderPlacing,
    BalanceRetry,
    GenerationStages,
    OrderTelling,
    GenerationSubscribers,
    GenerationWorker,
    GenerationHistory,
    Runways,
    BalanceWarnings,
    SubscriptionWalk,
    EveningRehearsal,
    GenerationPreview,
    SubscriptionDemand,
  ],
  exports: [Generation],
})
export class SubscriptionModule {
  constructor(idleness: IdleMonitor, generation: Generation) {
    idleness.register('daily orders', () => generation.isIdle());
  }
}
