import type { ProductId } from '../../../kernel/ids';
import { type PricedProduct, type ProductSnapshot, snapshotOf } from '../../../kernel/pricing';

/** A product, as it is in stock. */
export interface StockedProduct extends PricedProduct {
  readonly stock: number;
}

/** What was set aside of a product for all who want it on a date; SCARCE when that is more than there is. */
export type StockReservation = { readonly productId: ProductId } & (
  ({ readonly state: 'ALLOTTED'; readonly qty: number } & ProductSnapshot) | { readonly state: 'SCARCE' | 'WITHDRAWN' }
);

/** All that is wanted of a product, or nothing when there is too little. */
export function reservationFor(
  productId: ProductId,
  qty: number,
  product: StockedProduct | undefined,
): StockReservation {
  if (!product?.active) return { productId, state: 'WITHDRAWN' };
  if (product.stock < qty) return { productId, state: 'SCARCE' };
  return { productId, state: 'ALLOTTED', qty, ...snapshotOf(product) };
}
