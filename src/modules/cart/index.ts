export type { Cart } from './cart';
export { CartChanged } from './cart.errors';
export { CartModule } from './cart.module';
export { CartService } from './cart.service';
