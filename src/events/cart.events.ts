import type { CartId, ProductId, UserId } from '../kernel/ids';

export interface CartItemAdded {
  readonly type: 'cart.item_added';
  readonly userId: UserId;
  readonly cartId: CartId;
  readonly productId: ProductId;
  readonly qty: number;
}

export type CartEvent = CartItemAdded;
