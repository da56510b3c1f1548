import { type CartId, hexDigestOf, type ProductId, type UserId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import type { MinorUnits } from '../../../kernel/money';
import { type PricedLine, priceLine, type PriceList, totalOf } from '../../../kernel/pricing';

/** What a customer is about to order. Prices are looked up when the cart is shown, so it guarantees none. */
export interface Cart {
  readonly userId: UserId;
  readonly cartId: CartId;
  readonly items: Readonly<Record<ProductId, number>>;
  /** Value of the lines at the prices at which they were added. */
  readonly totalAmount: MinorUnits;
  readonly version: number;
}

export function emptyCart(userId: UserId): Cart {
  return { userId, cartId: cartIdOf(userId), items: {}, totalAmount: 0, version: 0 };
}

const GENERATED_USER_ID = /^U[0-9A-Z]{26}$/;

/**
 * Every customer has one cart, whose id is derived from theirs: from a generated id by exchanging the prefix, from any
 * other by a hash, so that `U01K9…` and `01K9…` have different carts. A stored cart keeps the id of earlier versions.
 */
export function cartIdOf(userId: UserId): CartId {
  return GENERATED_USER_ID.test(userId) ? userId.replace('U', 'C') : `C${hexDigestOf(userId, 32)}`;
}

export interface CartLine extends PricedLine {
  /** False if the product is no longer on sale. The line stays visible with a total of 0. */
  readonly available: boolean;
}

export interface CartView extends Pick<Cart, 'cartId' | 'version'> {
  readonly items: readonly CartLine[];
  readonly totalAmount: MinorUnits;
}

/** The cart at today's prices. */
export function viewOf({ cartId, items, version }: Cart, products: PriceList): CartView {
  const lines = linesOf({ items }).map((line): CartLine => {
    const product = products.get(line.productId) ?? { name: line.productId, price: 0, active: false };
    const priced = priceLine(line, product);
    return { ...priced, lineTotal: product.active ? priced.lineTotal : 0, available: product.active };
  });
  return { cartId, version, items: lines, totalAmount: totalOf(lines) };
}

export function linesOf({ items }: Pick<Cart, 'items'>): Line[] {
  return Object.entries(items).map(([productId, qty]) => ({ productId, qty }));
}

/** The lines of a cart with one line set to a quantity. 0 removes the line. */
export function withLine({ items }: Cart, productId: ProductId, qty: number): Cart['items'] {
  const rest = Object.fromEntries(Object.entries(items).filter(([id]) => id !== productId));
  return qty === 0 ? rest : { ...rest, [productId]: qty };
}
