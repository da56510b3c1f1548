import type { ProductId } from '../../../kernel/ids';
import { type PricedProduct, type ProductSnapshot, snapshotOf } from '../../../kernel/pricing';

/** A product and its current stock. */
export interface StockedProduct extends PricedProduct {
  readonly stock: number;
}

/**
 * What a run has reserved of a product for all subscriptions that need it. ALLOTTED is the stored word for reserved.
 * SCARCE: there was less than the demand, so nothing is reserved.
 */
export type StockReservation = { readonly productId: ProductId } & (
  ({ readonly state: 'ALLOTTED'; readonly qty: number } & ProductSnapshot) | { readonly state: 'SCARCE' | 'WITHDRAWN' }
);

/** Reserves the whole demand for a product, or nothing when the stock does not cover it. */
export function reservationFor(
  productId: ProductId,
  qty: number,
  product: StockedProduct | undefined,
): StockReservation {
  if (!product?.active) return { productId, state: 'WITHDRAWN' };
  if (product.stock < qty) return { productId, state: 'SCARCE' };
  return { productId, state: 'ALLOTTED', qty, ...snapshotOf(product) };
}

/** The demand of a shard, without the products of which nothing is reserved. */
export function onlyReserved(
  demand: Readonly<Record<ProductId, number>>,
  reservations: readonly StockReservation[],
): Record<ProductId, number> {
  const reserved = reservations.filter(({ state, productId }) => state === 'ALLOTTED' && productId in demand);
  return Object.fromEntries(reserved.map(({ productId }) => [productId, demand[productId] ?? 0]));
}
