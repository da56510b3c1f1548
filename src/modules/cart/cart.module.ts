import { Module } from '@nestjs/common';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { ProductModule } from '../product';
import { CartEventRelay } from './cart-event-relay.service';
import { CartController } from './cart.controller';
import { CartRepository } from './cart.repository';
import { cartTable } from './cart.schema';
import { CartService } from './cart.service';

/**
 * Carts: the products and quantities that a customer is about to order. A cart reserves no stock and fixes no prices;
 * the order module empties it when it places an order.
 */
@Module({
  imports: [DynamoModule.forTables(cartTable), ProductModule],
  controllers: [CartController],
  providers: [CartRepository, CartEventRelay, CartService],
  exports: [CartService],
})
export class CartModule {}
