import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import type { LocalDate } from '../../kernel/calendar';
import type { ProductId } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { readItem } from '../../platform/dynamo/read';
import { type Item, update, type Write } from '../../platform/dynamo/write';
import { analyticsDayTable, analyticsFigureTable } from './analytics.schema';
import { addTo, type Sums } from './domain/figures';
import type { DaySums } from './domain/report';

/** Each batch of events adds to one shard, chosen at random, so that two batches rarely change the same rows. */
export const FIGURE_SHARDS = 16;
/** Of the days that earlier versions counted. */
const EARLIER_SHARDS = 8;
/** Attributes of products begin with it, because a client may choose a product id that is an attribute. */
const PRODUCT = 'product:';
const KEYS_PER_READ = 100;
const READS_AT_ONCE = 8;

/** The row of what the wallets held before this version. */
const OPENING = { periodShard: 'opening', kind: 'WALLETS' };

type Kind = 'FIGURES' | 'PRODUCTS' | 'WALLETS';
type NumberRow = Readonly<Record<string, unknown>>;

interface RowKey {
  readonly table: string;
  readonly key: Item;
}

/** The figures of days and months, in shards. */
@Injectable()
export class FigureRepository {
  private readonly table: string;
  private readonly earlierTable: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(analyticsFigureTable);
    this.earlierTable = database.tableName(analyticsDayTable);
  }

  addFigures(date: LocalDate, shard: number, figures: Sums): Write {
    return update(this.table, keyOf(date, shard, 'FIGURES'), { add: figures });
  }

  addProducts(date: LocalDate, shard: number, products: ReadonlyMap<ProductId, number>): Write {
    const entries = [...products].map(
      ([productId, units], index) => [`p${index}`, PRODUCT + productId, units] as const,
    );
    return update(
      this.table,
      keyOf(date, shard, 'PRODUCTS'),
      { add: Object.fromEntries(entries.map(([placeholder, , units]) => [`#${placeholder}`, units])) },
      { names: Object.fromEntries(entries.map(([placeholder, name]) => [placeholder, name])) },
    );
  }

  /** `month` is `YYYY-MM`. */
  addToWallets(month: string, shard: number, walletChange: number): Write {
    return update(this.table, keyOf(month, shard, 'WALLETS'), { add: { walletChange } });
  }

  /** What the wallets held before the first movement that was counted. */
  async openingFloat(): Promise<number> {
    const row = await this.database.get(readItem<{ walletChange: number }>(this.table, OPENING));
    return row?.walletChange ?? 0;
  }

  async setOpeningFloat(walletChange: number): Promise<void> {
    await this.database.write(update(this.table, OPENING, { set: { walletChange } }));
  }

  /** What each of some dates adds up to, in the order of the dates. */
  async sumsOf(dates: readonly LocalDate[]): Promise<DaySums[]> {
    const [figures, products, earlier] = await Promise.all([
      this.readAll(this.keysOf(dates, 'FIGURES')),
      this.readAll(this.keysOf(dates, 'PRODUCTS')),
      this.readAll(this.earlierKeysOf(dates)),
    ]);
    return dates.map((_, index) => ({
      figures: Object.fromEntries(
        totalsOf([...rowsOf(figures, index, FIGURE_SHARDS), ...rowsOf(earlier, index, EARLIER_SHARDS)]),
      ),
      products: new Map(
        [...totalsOf(rowsOf(products, index, FIGURE_SHARDS))].flatMap(([name, units]) =>
          name.startsWith(PRODUCT) ? [[name.slice(PRODUCT.length), units]] : [],
        ),
      ),
    }));
  }

  /** By how much the wallets changed in some months, `YYYY-MM`. */
  async walletChangeOf(months: readonly string[], options = { consistent: false }): Promise<number> {
    return totalsOf(await this.readAll(this.keysOf(months, 'WALLETS'), options)).get('walletChange') ?? 0;
  }

  private keysOf(periods: readonly string[], kind: Kind): RowKey[] {
    return periods.flatMap((period) =>
      shards(FIGURE_SHARDS).map((shard) => ({ table: this.table, key: keyOf(period, shard, kind) })),
    );
  }

  private earlierKeysOf(dates: readonly LocalDate[]): RowKey[] {
    return dates.flatMap((date) =>
      shards(EARLIER_SHARDS).map((shard) => ({ table: this.earlierTable, key: { date, shard: String(shard) } })),
    );
  }

  private async readAll(keys: readonly RowKey[], options = { consistent: false }): Promise<(NumberRow | undefined)[]> {
    const limit = pLimit(READS_AT_ONCE);
    const chunks = Array.from({ length: Math.ceil(keys.length / KEYS_PER_READ) }, (_, index) =>
      keys.slice(index * KEYS_PER_READ, (index + 1) * KEYS_PER_READ),
    );
    const parts = await Promise.all(
      chunks.map((chunk) =>
        limit(() =>
          this.database.batchGet(
            chunk.map(({ table, key }) => readItem<NumberRow>(table, key)),
            options,
          ),
        ),
      ),
    );
    return parts.flat();
  }
}

function keyOf(period: string, shard: number, kind: Kind) {
  return { periodShard: `${period}#${shard}`, kind };
}

function shards(count: number): number[] {
  return Array.from({ length: count }, (_, shard) => shard);
}

/** The rows of one period. */
function rowsOf(rows: readonly (NumberRow | undefined)[], index: number, shardCount: number) {
  return rows.slice(index * shardCount, (index + 1) * shardCount);
}

function totalsOf(rows: readonly (NumberRow | undefined)[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const row of rows) {
    addTo(
      totals,
      Object.entries(row ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
    );
  }
  return totals;
}
