import type { ProductId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import {
  type PricedLine,
  type PricedProduct,
  type ProductSnapshot,
  type RequestedLine,
  snapshotOf,
} from '../../../kernel/pricing';
import type { PaymentMethod } from '../../subscription';

/** A product and its current stock. */
export interface StockedProduct extends PricedProduct {
  readonly stock: number;
}

/** A product on sale, its price, and the units that are still available. */
export interface AvailableProduct extends ProductSnapshot {
  readonly left: number;
}

/** The available stock of each product, or that it is withdrawn. A product that is not in the map is scarce. */
export type StockSnapshot = ReadonlyMap<ProductId, AvailableProduct | 'WITHDRAWN'>;

/** The result for the requested lines. DEFERRED: decided after all other subscriptions. */
export type Allocation =
  | {
      readonly outcome: 'ORDERED' | 'SHORT_BALANCE';
      readonly items: PricedLine[];
      readonly missing: RequestedLine[];
      readonly amount: MinorUnits;
    }
  | { readonly outcome: 'OUT_OF_STOCK' | 'PRODUCT_WITHDRAWN'; readonly missing: RequestedLine[] }
  | { readonly outcome: 'DEFERRED' };

/** Stock and wallet balances, while subscriptions are decided one after the other. */
export class Availability {
  constructor(
    private readonly stock: Map<ProductId, AvailableProduct | 'WITHDRAWN'>,
    private readonly balances: Map<UserId, MinorUnits>,
  ) {}

  copy(): Availability {
    return new Availability(new Map(this.stock), new Map(this.balances));
  }

  /** A copy with new balances, and with newer stock of some products. */
  withUpdates(balances: Map<UserId, MinorUnits>, stock: StockSnapshot = new Map()): Availability {
    return new Availability(new Map([...this.stock, ...stock]), balances);
  }

  productOf(productId: ProductId): AvailableProduct | 'WITHDRAWN' | undefined {
    return this.stock.get(productId);
  }

  balanceOf(userId: UserId): MinorUnits {
    return this.balances.get(userId) ?? 0;
  }

  /** Takes the stock and the money of an order. */
  consume(userId: UserId, allocation: Allocation, paymentMethod: PaymentMethod): void {
    if (allocation.outcome !== 'ORDERED') return;
    for (const { productId, qty } of allocation.items) {
      const product = this.stock.get(productId) as AvailableProduct;
      this.stock.set(productId, { ...product, left: product.left - qty });
    }
    if (paymentMethod === 'WALLET') this.balances.set(userId, this.balanceOf(userId) - allocation.amount);
  }
}

/** The current stock of the products of some lines. */
export function liveStock(
  lines: readonly { readonly productId: ProductId }[],
  products: ReadonlyMap<ProductId, StockedProduct>,
): Map<ProductId, AvailableProduct | 'WITHDRAWN'> {
  return new Map(lines.map(({ productId }) => [productId, availableProductOf(products.get(productId))]));
}

function availableProductOf(product: StockedProduct | undefined): AvailableProduct | 'WITHDRAWN' {
  if (!product?.active) return 'WITHDRAWN';
  return { ...snapshotOf(product), left: product.stock };
}
