import type { ProductId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import type { Write } from '../../../platform/dynamo/write';
import type { LineAtPrice, ProductService } from '../../product';
import type { StockSnapshot } from '../domain/availability';
import type { Decision } from '../domain/decide';
import { type ShardProgress, unusedStock } from '../domain/shard-progress';
import { reservedStock, type StockReservation } from '../domain/stock-reservation';
import type { SnapshotReader } from './snapshot-reader';

/** The progress of a shard and the writes that belong to it. */
export interface StockChange {
  readonly progress: ShardProgress;
  readonly writes: readonly Write[];
}

/** Where the orders of a shard take their stock from. */
export interface StockSource {
  /** The stock that is available for some lines. */
  available(lines: readonly Line[], progress: ShardProgress): Promise<StockSnapshot>;
  /** Takes the stock that decisions order. `progress` is the progress after these decisions. */
  take(decisions: readonly Decision[], progress: ShardProgress): StockChange;
  /** Returns unused stock. Sets `isDone` unless the rest needs another transaction. */
  release(progress: ShardProgress): StockChange;
}

/** Leaves room in the transaction for the progress, the run and the outbox row. */
const MAX_RETURNED_PRODUCTS = 90;

/** The stock that is reserved for the shard. The progress of the shard says how much of it is left. */
export class ReservedStock implements StockSource {
  constructor(
    private readonly products: ProductService,
    private readonly reservations: readonly StockReservation[],
  ) {}

  async available(_: readonly Line[], { left }: ShardProgress): Promise<StockSnapshot> {
    return Promise.resolve(reservedStock(this.reservations, left));
  }

  take(_: readonly Decision[], progress: ShardProgress): StockChange {
    return { progress, writes: [] };
  }

  release(progress: ShardProgress): StockChange {
    const unused = unusedStock(progress.left);
    const rest = unused.slice(MAX_RETURNED_PRODUCTS);
    return {
      progress: {
        ...progress,
        left: Object.fromEntries(rest.map(({ productId, qty }) => [productId, qty])),
        isDone: rest.length === 0,
      },
      writes: unused.slice(0, MAX_RETURNED_PRODUCTS).map((line) => this.products.returnStock(line)),
    };
  }
}

/** The stock as customers see it. A batch takes it in its own transaction, so nothing is left to return. */
export class LiveStock implements StockSource {
  constructor(
    private readonly products: ProductService,
    private readonly snapshots: SnapshotReader,
  ) {}

  async available(lines: readonly Line[]): Promise<StockSnapshot> {
    return this.snapshots.stockToTake(lines);
  }

  take(decisions: readonly Decision[], progress: ShardProgress): StockChange {
    const writes = orderedProducts(decisions).map((line) => this.products.takeStock(line));
    return { progress: { ...progress, left: {} }, writes };
  }

  release(progress: ShardProgress): StockChange {
    return { progress: { ...progress, isDone: true }, writes: [] };
  }
}

/** The total that the decisions order, one line per product. */
function orderedProducts(decisions: readonly Decision[]): LineAtPrice[] {
  const lines = new Map<ProductId, LineAtPrice>();
  for (const decision of decisions) {
    if (decision.outcome !== 'ORDERED') continue;
    for (const { productId, qty, price, taxRate } of decision.items) {
      lines.set(productId, { productId, qty: qty + (lines.get(productId)?.qty ?? 0), price, taxRate });
    }
  }
  return [...lines.values()];
}
