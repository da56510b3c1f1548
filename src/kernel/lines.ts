import type { ProductId } from './ids';

/** A quantity of one product, in product units. */
export interface Line {
  readonly productId: ProductId;
  readonly qty: number;
}

/** The limits of an order, a cart and a delivery. Each caller reports a breach with its own error. */
export const MAX_LINES = 50;
export const MAX_QUANTITY = 1_000;

/** Lines with one line per product, in order of first appearance. */
export function sumEqualProducts(lines: readonly Line[]): Line[] {
  const quantities = new Map<ProductId, number>();
  for (const { productId, qty } of lines) quantities.set(productId, (quantities.get(productId) ?? 0) + qty);
  return [...quantities].map(([productId, qty]) => ({ productId, qty }));
}
