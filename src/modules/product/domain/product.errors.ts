import type { ProductId } from '../../../kernel/ids';
import { Conflict, type DomainError, NotFound } from '../../../platform/errors';

export class ProductNotFound extends NotFound {
  static override readonly code = 'product.not_found';
  constructor(readonly productId: ProductId) {
    super(`There is no product ${productId} on sale: see GET /product/list.`, {
      productId,
      errors: [{ field: 'productId', message: `${productId} is not on sale` }],
    });
  }
}

export class ProductIdTaken extends Conflict {
  static override readonly code = 'product.id_taken';
  constructor(productId: ProductId) {
    super(`${productId} exists already: choose another productId, or leave it out.`, { productId });
  }
}

/** A line that cannot be served. */
export interface StockShortage {
  readonly productId: ProductId;
  readonly requested: number;
  readonly available: number;
}

export class InsufficientStock extends Conflict {
  static override readonly code = 'order.insufficient_stock';
  constructor(readonly lines: readonly StockShortage[]) {
    super(
      `Not enough in stock: ${lines.map((line) => `${line.productId} has ${line.available} of ${line.requested}`).join(', ')}. Nothing was ordered.`,
      { lines },
    );
  }

  override combinedWith(other: DomainError): DomainError {
    return other instanceof InsufficientStock ? new InsufficientStock([...this.lines, ...other.lines]) : this;
  }
}

/** The price that the cache proposed is not today's: the cache is corrected by now, so price again. */
export class PriceChanged extends Conflict {
  static override readonly code = 'order.price_changed';
  constructor() {
    super('A price has just changed: look at the products again, then repeat the request.');
  }

  /** A real shortage tells more than a price that will be read again. */
  override combinedWith(other: DomainError): DomainError {
    return other instanceof PriceChanged ? this : other;
  }
}

export class StockBelowZero extends Conflict {
  static override readonly code = 'product.stock_below_zero';
  constructor(available: number) {
    super(`Only ${available} are in stock, so no more can be taken off.`, { available });
  }
}

/** Whether a line could not be taken because stock, price or sale are not what they were. */
export function isLineRefusal(error: unknown): boolean {
  return [InsufficientStock, PriceChanged, ProductNotFound].some((refusal) => error instanceof refusal);
}
