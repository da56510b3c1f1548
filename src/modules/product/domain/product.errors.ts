import type { ProductId } from '../../../kernel/ids';
import { Conflict, type DomainError, NotFound } from '../../../platform/errors';

export class ProductNotFound extends NotFound {
  static override readonly code = 'product.not_found';
  constructor(readonly productId: ProductId) {
    super(`Product ${productId} is not on sale. See GET /product/list.`, {
      productId,
      errors: [{ field: 'productId', message: `${productId} is not on sale` }],
    });
  }
}

export class ProductIdTaken extends Conflict {
  static override readonly code = 'product.id_taken';
  constructor(productId: ProductId) {
    super(`Product ${productId} already exists. Choose another productId, or leave it out.`, { productId });
  }
}

/** A line with insufficient stock. */
export interface StockShortage {
  readonly productId: ProductId;
  readonly requested: number;
  readonly available: number;
}

export class InsufficientStock extends Conflict {
  static override readonly code = 'order.insufficient_stock';
  constructor(readonly lines: readonly StockShortage[]) {
    super(
      `Not enough in stock: ${lines.map((line) => `${line.productId} (${line.requested} requested, ${line.available} available)`).join(', ')}. Nothing was ordered.`,
      { lines },
    );
  }

  override combinedWith(other: DomainError): DomainError {
    return other instanceof InsufficientStock ? new InsufficientStock([...this.lines, ...other.lines]) : this;
  }
}

/** The price has changed since it was read. */
export class PriceChanged extends Conflict {
  static override readonly code = 'order.price_changed';
  constructor() {
    super('A price has just changed. Check the products, then repeat the request.');
  }

  /** A shortage takes precedence, because a changed price is only read again. */
  override combinedWith(other: DomainError): DomainError {
    return other instanceof PriceChanged ? this : other;
  }
}

export class StockBelowZero extends Conflict {
  static override readonly code = 'product.stock_below_zero';
  constructor(available: number) {
    super(`Only ${available} units are in stock. stockDelta cannot take more.`, { available });
  }
}

/** Not a failure: the stock is stored elsewhere by now, or must be merged first. The caller reads the product again. */
export class StockMoved extends Error {
  constructor() {
    super('The stock was split, merged or taken meanwhile');
  }
}

/** Whether stock could not be taken because the stock, the price or the sale status has changed. */
export function isLineRefusal(error: unknown): boolean {
  return [InsufficientStock, PriceChanged, ProductNotFound, StockMoved].some((refusal) => error instanceof refusal);
}
