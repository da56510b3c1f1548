import { Module } from '@nestjs/common';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { OrderModule } from '../order';
import { UserModule } from '../user';
import { CourierChoice } from './courier.choice';
import { DeliveryAssignment } from './delivery.assignment';
import { DeliveryController } from './delivery.controller';
import { DeliveryLists } from './delivery.lists';
import { DeliveryListsRepository } from './delivery.lists.repository';
import { DeliveryRepository } from './delivery.repository';
import { deliveryTable, roundTable } from './delivery.schema';
import { DeliveryService } from './delivery.service';
import { DeliverySubscribers } from './delivery.subscribers';

@Module({
  imports: [DynamoModule.forTables(deliveryTable, roundTable), OrderModule, UserModule],
  controllers: [DeliveryController],
  providers: [
    DeliveryRepository,
    DeliveryListsRepository,
    CourierChoice,
    DeliveryAssignment,
    DeliveryService,
    DeliveryLists,
    DeliverySubscribers,
  ],
  exports: [DeliveryService, DeliveryLists],
})
export class DeliveryModule {}
