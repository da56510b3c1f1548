import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { OrderModule } from '../order';
import { UserModule } from '../user';
import { BulkAssignment } from './bulk-assignment.service';
import { CourierChanges } from './courier-changes.service';
import { CourierSelector } from './courier-selector.service';
import { DaySummaryAdminController } from './day-summary.admin.controller';
import { DaySummaries } from './day-summaries.service';
import { DeliveryAssignment } from './delivery-assignment.service';
import { DeliveryPolls } from './delivery-polls.service';
import { DeliveryQueryRepository } from './delivery-query.repository';
import { DeliveryQueryService } from './delivery-query.service';
import { DeliveryReportController } from './delivery-report.controller';
import { DeliveryReports } from './delivery-reports.service';
import { DeliveryWatch } from './delivery-watch.service';
import { DeliveryController } from './delivery.controller';
import { DeliveryRepository } from './delivery.repository';
import { customerCourierTable, deliveryTable, inactiveCourierTable } from './delivery.schema';
import { DeliveryService } from './delivery.service';
import { DELIVERY_SETTINGS } from './delivery.settings';
import { DeliverySubscribers } from './delivery.subscribers';
import { InactiveCourierRepository } from './inactive-courier.repository';
import { OfflineReports } from './offline-reports.service';

/**
 * Deliveries: assigns each confirmed order to a courier and records what the courier reports, down to the door. Every
 * report changes the order in the same transaction.
 */
@Module({
  imports: [DynamoModule.forTables(deliveryTable, customerCourierTable, inactiveCourierTable), OrderModule, UserModule],
  controllers: [DeliveryController, DeliveryReportController, DaySummaryAdminController],
  providers: [
    provideSettings(DELIVERY_SETTINGS),
    DeliveryRepository,
    DeliveryQueryRepository,
    InactiveCourierRepository,
    CourierSelector,
    DeliveryAssignment,
    BulkAssignment,
    CourierChanges,
    DeliveryService,
    DeliveryReports,
    OfflineReports,
    DeliveryWatch,
    DeliveryPolls,
    DeliveryQueryService,
    DeliverySubscribers,
    DaySummaries,
  ],
  exports: [DeliveryService, DeliveryQueryService],
})
export class DeliveryModule {}
