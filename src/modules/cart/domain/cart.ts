import type { CartId, ProductId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';

export const MAX_LINES = 50;
export const MAX_QUANTITY = 1_000;

/** What a customer means to order. Prices are looked up when it is shown: a cart promises none. */
export interface Cart {
  readonly userId: UserId;
  readonly cartId: CartId;
  readonly items: Readonly<Record<ProductId, number>>;
  /** What the lines were worth at the prices they were put in at. */
  readonly totalAmount: MinorUnits;
  readonly version: number;
}

export function emptyCart(userId: UserId): Cart {
  return { userId, cartId: cartIdOf(userId), items: {}, totalAmount: 0, version: 0 };
}

/** Everybody has one cart, so its id follows from theirs. */
export function cartIdOf(userId: UserId): CartId {
  return `C${userId.replace(/^U(?=[0-9A-Z]{26}$)/, '')}`;
}

export interface CartLine {
  readonly productId: ProductId;
  readonly qty: number;
  readonly name: string;
  readonly price: MinorUnits;
  readonly lineTotal: MinorUnits;
  /** False when the product is no longer sold: the line stays to be seen, and counts for nothing. */
  readonly available: boolean;
}

export interface CartView extends Pick<Cart, 'cartId' | 'version'> {
  readonly items: readonly CartLine[];
  readonly totalAmount: MinorUnits;
}

interface ProductSnapshot {
  readonly name: string;
  readonly price: MinorUnits;
  readonly active: boolean;
}

/** The cart at today's prices. */
export function viewOf({ cartId, items, version }: Cart, products: ReadonlyMap<ProductId, ProductSnapshot>): CartView {
  const lines = Object.entries(items).map(([productId, qty]): CartLine => {
    const { name, price, active } = products.get(productId) ?? { name: productId, price: 0, active: false };
    return { productId, qty, name, price, lineTotal: active ? price * qty : 0, available: active };
  });
  return { cartId, version, items: lines, totalAmount: totalOf(lines) };
}

export function totalOf(lines: readonly Pick<CartLine, 'lineTotal'>[]): MinorUnits {
  return lines.reduce((sum, { lineTotal }) => sum + lineTotal, 0);
}

/** The cart with one line set to a quantity; 0 takes it out. */
export function withLine({ items }: Cart, productId: ProductId, qty: number): Cart['items'] {
  const rest = Object.fromEntries(Object.entries(items).filter(([id]) => id !== productId));
  return qty === 0 ? rest : { ...rest, [productId]: qty };
}
