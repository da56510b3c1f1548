import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
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
import { orderTable, unpaidOrdersTable } from './order.schema';
import { OrderService } from './order.service';
import { ORDER_SETTINGS } from './order.settings';
import { UnpaidOrderRepository } from './unpaid-order.repository';
import { UnpaidOrders } from './unpaid-orders.service';

/**
 * Orders: places them with their stock, tracks their status up to delivery or cancellation, and cancels unpaid ones.
 * The payment, delivery and generation modules change orders only through the writes that this module exports.
 */
@Module({
  imports: [DynamoModule.forTables(orderTable, unpaidOrdersTable), CartModule, ProductModule, UserModule],
  controllers: [OrderController, OrderAdminController],
  providers: [
    provideSettings(ORDER_SETTINGS),
    OrderRepository,
    UnpaidOrderRepository,
    UnpaidOrders,
    OrderTransitions,
    OrderService,
    OrderCancellation,
    OrderAdminService,
    OrderQueryService,
  ],
  exports: [OrderService, OrderTransitions, OrderCancellation, OrderQueryService],
})
export class OrderModule {}
