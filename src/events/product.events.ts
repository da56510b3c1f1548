import type { Minor } from '../platform/money';
import type { ProductId } from '../platform/ids';

export interface ProductAdded {
  readonly type: 'product.added';
  readonly productId: ProductId;
  readonly price: Minor;
  readonly stock: number;
}

export interface ProductUpdated {
  readonly type: 'product.updated';
  readonly productId: ProductId;
  /** The names of the fields that were sent. */
  readonly changed: readonly string[];
}

export type ProductEvent = ProductAdded | ProductUpdated;
