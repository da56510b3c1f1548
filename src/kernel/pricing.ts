import type { ProductId } from './ids';
import type { Line } from './lines';
import type { MinorUnits } from './money';

/**
 * What a priced line keeps of its product, so that later changes of the product do not affect it. A new field is added
 * here, to `snapshotOf` (orders and reservations store what it returns), and to the responses that show lines:
 * `order.dto.ts`, `cart.dto.ts` and generation's `calendar.dto.ts`.
 */
export interface ProductSnapshot {
  readonly name: string;
  readonly price: MinorUnits;
  readonly unit?: string;
}

/** A product at its current price. It is withdrawn from sale when `active` is false. */
export interface PricedProduct extends ProductSnapshot {
  readonly active: boolean;
}
export type PriceList = ReadonlyMap<ProductId, PricedProduct>;

/** A product that can be sold now; undefined if it is withdrawn or unknown. */
export function productOnSale(productId: ProductId, products: PriceList): PricedProduct | undefined {
  const product = products.get(productId);
  return product?.active ? product : undefined;
}

/** A line at the price it is sold at. */
export interface PricedLine extends Line, ProductSnapshot {
  readonly lineTotal: MinorUnits;
}

export function snapshotOf({ name, price, unit }: ProductSnapshot): ProductSnapshot {
  return { name, price, unit };
}

export function priceLine({ productId, qty }: Line, product: ProductSnapshot): PricedLine {
  return { productId, qty, ...snapshotOf(product), lineTotal: product.price * qty };
}

/**
 * The amount of one delivery. Every amount is computed here: of an order, a subscription's order, a forecast and a cart.
 */
export function totalOf(lines: readonly Pick<PricedLine, 'lineTotal'>[]): MinorUnits {
  return lines.reduce((sum, { lineTotal }) => sum + lineTotal, 0);
}
