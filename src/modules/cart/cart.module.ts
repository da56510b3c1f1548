import { Module } from '@nestjs/common';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { ProductModule } from '../product';
import { CartEventRelay } from './cart-event-relay.service';
import { CartController } from './cart.controller';
import { CartRepository } from './cart.repository';
import { cartTable } from './cart.schema';
import { CartService } from './cart.service';

@Module({
  imports: [DynamoModule.forTables(cartTable), ProductModule],
  controllers: [CartController],
  providers: [CartRepository, CartEventRelay, CartService],
  exports: [CartService],
})
export class CartModule {}
