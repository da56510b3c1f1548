import { Module } from '@nestjs/common';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { CartModule } from '../cart';
import { ProductModule } from '../product';
import { UserModule } from '../user';
import { OrderAdminController } from './order.admin.controller';
import { OrderAdministration } from './order.administration';
import { OrderCancellation } from './order.cancellation';
import { OrderChanges } from './order.changes.repository';
import { OrderController } from './order.controller';
import { OrderLists } from './order.lists';
import { OrderPacking } from './order.packing';
import { OrderRepository } from './order.repository';
import { orderTable } from './order.schema';
import { OrderService } from './order.service';

@Module({
  imports: [DynamoModule.forTables(orderTable), CartModule, ProductModule, UserModule],
  controllers: [OrderController, OrderAdminController],
  providers: [
    OrderRepository,
    OrderChanges,
    OrderService,
    OrderCancellation,
    OrderPacking,
    OrderAdministration,
    OrderLists,
  ],
  exports: [OrderService, OrderChanges, OrderCancellation, OrderPacking, OrderLists],
})
export class OrderModule {}
