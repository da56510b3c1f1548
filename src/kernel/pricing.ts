import type { ProductId } from './ids';
import type { Line } from './lines';
import type { MinorUnits } from './money';

/**
 * The fields of a product that a priced line keeps, so that later changes of the product do not affect it. Add a new
 * field here, to `snapshotOf` (orders and reservations store its result), and to the responses with lines:
 * `order.dto.ts`, `cart.dto.ts` and generation's `calendar.dto.ts`.
 */
export interface ProductSnapshot {
  readonly name: string;
  readonly price: MinorUnits;
  readonly unit?: string;
  /** Tax rate in percent. The price includes the tax. */
  readonly taxRate?: number;
}

/** A product at its current price. Withdrawn from sale if `active` is false. */
export interface PricedProduct extends ProductSnapshot {
  readonly active: boolean;
}
export type PriceList = ReadonlyMap<ProductId, PricedProduct>;

/** A product that is on sale. Undefined if it is withdrawn or unknown. */
export function productOnSale(productId: ProductId, products: PriceList): PricedProduct | undefined {
  const product = products.get(productId);
  return product?.active ? product : undefined;
}

/** A line with the price at which it is sold. */
export interface PricedLine extends Line, ProductSnapshot {
  readonly lineTotal: MinorUnits;
}

/** A line that was requested. One that could not be supplied may have a price, at which it can be supplied later. */
export type RequestedLine = Line | PricedLine;

export function isPriced(line: RequestedLine): line is PricedLine {
  return 'lineTotal' in line;
}

/** A line with the name of its product, unless the line has no price because the product is withdrawn. */
export interface NamedLine extends Line {
  readonly name?: string;
}

export function namedLineOf(line: RequestedLine): NamedLine {
  const { productId, qty } = line;
  return { productId, qty, ...(isPriced(line) && { name: line.name }) };
}

export function snapshotOf({ name, price, unit, taxRate }: ProductSnapshot): ProductSnapshot {
  return { name, price, unit, taxRate };
}

export function priceLine({ productId, qty }: Line, product: ProductSnapshot): PricedLine {
  return { productId, qty, ...snapshotOf(product), lineTotal: product.price * qty };
}

/**
 * The amount of one delivery. The amounts of orders, subscription orders, forecasts and carts are all computed here.
 */
export function totalOf(lines: readonly Pick<PricedLine, 'lineTotal'>[]): MinorUnits {
  return lines.reduce((sum, { lineTotal }) => sum + lineTotal, 0);
}
