export { CartModule } from './cart.module';
export { CartService } from './cart.service';
export { type Cart, linesOf } from './domain/cart';
export { CartChanged } from './domain/cart.errors';
