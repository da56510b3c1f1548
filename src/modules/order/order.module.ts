import { Module } from '@nestjs/common';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { CartModule } from '../cart';
import { ProductModule } from '../product';
import { UserModule } from '../user';
import { OrderAdminService } from './order-admin.service';
import { OrderCancellation } from './order-cancellation.service';
import { OrderQueryService } from './order-query.service';
import { OrderTransitions } from './order-transitions.repository';
import { OrderAdminController } from './order.admin.controller';
import { OrderController } from './order.controller';
import { OrderRepository } from './order.repository';
import { orderTable } from './order.schema';
import { OrderService } from './order.service';

@Module({
  imports: [DynamoModule.forTables(orderTable), CartModule, ProductModule, UserModule],
  controllers: [OrderController, OrderAdminController],
  providers: [OrderRepository, OrderTransitions, OrderService, OrderCancellation, OrderAdminService, OrderQueryService],
  exports: [OrderService, OrderTransitions, OrderCancellation, OrderQueryService],
})
export class OrderModule {}
