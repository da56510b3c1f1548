import type { ProductId } from '../../../kernel/ids';
import { type ProductSnapshot, snapshotOf } from '../../../kernel/pricing';
import type { Subscription } from '../../subscription';
import type { AvailableProduct } from './availability';

/**
 * The stock of a product that a run has reserved for all subscriptions. ALLOTTED is the stored word for reserved.
 * SCARCE: the stock was below the demand, so nothing is reserved.
 */
export type StockReservation = { readonly productId: ProductId } & (
  ({ readonly state: 'ALLOTTED'; readonly qty: number } & ProductSnapshot) | { readonly state: 'SCARCE' | 'WITHDRAWN' }
);

/** Reserves the whole demand for a product, or nothing when the stock does not cover it. */
export function reservationFor(
  productId: ProductId,
  qty: number,
  product: AvailableProduct | 'WITHDRAWN' = 'WITHDRAWN',
): StockReservation {
  if (product === 'WITHDRAWN') return { productId, state: 'WITHDRAWN' };
  if (product.left < qty) return { productId, state: 'SCARCE' };
  return { productId, state: 'ALLOTTED', qty, ...snapshotOf(product) };
}

/** The demand of a shard, reduced to the products that are reserved. */
export function onlyReserved(
  demand: Readonly<Record<ProductId, number>>,
  reservations: readonly StockReservation[],
): Record<ProductId, number> {
  const reserved = reservations.filter(({ state, productId }) => state === 'ALLOTTED' && productId in demand);
  return Object.fromEntries(reserved.map(({ productId }) => [productId, demand[productId] ?? 0]));
}

/** What is left of the reserved stock of a shard. Scarce products are not in it. */
export function reservedStock(
  reservations: readonly StockReservation[],
  left: Readonly<Record<ProductId, number>>,
): Map<ProductId, AvailableProduct | 'WITHDRAWN'> {
  const stock = new Map<ProductId, AvailableProduct | 'WITHDRAWN'>();
  for (const reservation of reservations) {
    const { productId } = reservation;
    if (reservation.state === 'WITHDRAWN') stock.set(productId, 'WITHDRAWN');
    if (reservation.state !== 'ALLOTTED') continue;
    stock.set(productId, { ...snapshotOf(reservation), left: left[productId] ?? 0 });
  }
  return stock;
}

/** Deferred subscriptions are decided in the order of this key: the oldest first. */
export function deferralKeyOf({
  createdAt,
  subscriptionId,
}: Pick<Subscription, 'createdAt' | 'subscriptionId'>): string {
  return `${createdAt}#${subscriptionId}`;
}
