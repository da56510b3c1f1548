import type { ProductId, UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import type { Allotment, Stocked } from './allotment';
import type { PricedLine } from './forecast';
import type { Line, PaymentMethod } from './subscription';

/** A product that can be had, at which price, and how many units of it there still are. */
export interface Offer {
  readonly name: string;
  readonly price: MinorUnits;
  readonly unit?: string;
  readonly left: number;
}

/** What can be had. Of a product that is not on it nobody has said yet whether there is enough. */
export type Shelf = ReadonlyMap<ProductId, Offer | 'WITHDRAWN'>;

/** What comes of what somebody wants. */
export type Serving =
  | {
      readonly outcome: 'ORDERED' | 'SHORT_BALANCE';
      readonly items: PricedLine[];
      readonly missing: Line[];
      amount: MinorUnits;
    }
  | { readonly outcome: 'OUT_OF_STOCK' | 'PRODUCT_WITHDRAWN'; readonly missing: Line[] }
  | { readonly outcome: 'WAITING' };

/** What there is to give, and to pay with, while one after the other is decided. */
export class Means {
  constructor(
    private readonly shelf: Map<ProductId, Offer | 'WITHDRAWN'>,
    private readonly balances: Map<UserId, MinorUnits>,
  ) {}

  copy(): Means {
    return new Means(new Map(this.shelf), new Map(this.balances));
  }

  /** With other wallets, and with what has been seen of some products since. */
  with(balances: Map<UserId, MinorUnits>, seen: Shelf = new Map()): Means {
    return new Means(new Map([...this.shelf, ...seen]), balances);
  }

  offerOf(productId: ProductId): Offer | 'WITHDRAWN' | undefined {
    return this.shelf.get(productId);
  }

  balanceOf(userId: UserId): MinorUnits {
    return this.balances.get(userId) ?? 0;
  }

  /** Gives what is ordered, and takes the money for it. */
  take(userId: UserId, serving: Serving, paymentMethod: PaymentMethod): void {
    if (serving.outcome !== 'ORDERED') return;
    for (const { productId, qty } of serving.items) {
      const offer = this.shelf.get(productId) as Offer;
      this.shelf.set(productId, { ...offer, left: offer.left - qty });
    }
    if (paymentMethod === 'WALLET') this.balances.set(userId, this.balanceOf(userId) - serving.amount);
  }
}

/** What is in stock of some products. */
export function shelfOfStock(
  lines: readonly { readonly productId: ProductId }[],
  products: ReadonlyMap<ProductId, Stocked>,
): Map<ProductId, Offer | 'WITHDRAWN'> {
  return new Map(lines.map(({ productId }) => [productId, inStock(products.get(productId))]));
}

function inStock(product: Stocked | undefined): Offer | 'WITHDRAWN' {
  if (!product?.active) return 'WITHDRAWN';
  const { name, price, unit, stock: left } = product;
  return { name, price, unit, left };
}

/** What a shard can give: its part of what was set aside. What is scarce is not on it. */
export function shelfOfAllotted(
  allotments: readonly Allotment[],
  left: Readonly<Record<ProductId, number>>,
): Map<ProductId, Offer | 'WITHDRAWN'> {
  const shelf = new Map<ProductId, Offer | 'WITHDRAWN'>();
  for (const allotment of allotments) {
    const { productId } = allotment;
    if (allotment.state === 'WITHDRAWN') shelf.set(productId, 'WITHDRAWN');
    if (allotment.state !== 'ALLOTTED') continue;
    const { name, price, unit } = allotment;
    shelf.set(productId, { name, price, unit, left: left[productId] ?? 0 });
  }
  return shelf;
}
