import type { ProductId } from '../kernel/ids';
import type { MinorUnits } from '../kernel/money';

export interface ProductAdded {
  readonly type: 'product.added';
  readonly productId: ProductId;
  readonly price: MinorUnits;
  readonly stock: number;
}

export interface ProductUpdated {
  readonly type: 'product.updated';
  readonly productId: ProductId;
  /** The names of the fields in the request. */
  readonly changed: readonly string[];
}

export type ProductEvent = ProductAdded | ProductUpdated;
