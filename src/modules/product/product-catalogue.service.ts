import { Injectable, Logger } from '@nestjs/common';
import { newEventId, type ProductId } from '../../kernel/ids';
import type { Line } from '../../kernel/lines';
import { Clock } from '../../platform/clock';
import { runInContext } from '../../platform/request-context';
import { ShutdownSignal } from '../../platform/shutdown/shutdown-signal';
import type { Product } from './domain/product';
import { type StockPlace, withUnits } from './domain/stock-split';
import { ProductRepository } from './product.repository';

/** Age at which a used catalogue is read again. The read itself takes less than a second. */
const RELOAD_AFTER_MILLISECONDS = 4_000;
/** Age up to which the catalogue is served after a pause in which nothing was read. */
const MAX_AGE_MILLISECONDS = 5_000;
/** Age up to which it is served while it cannot be read. */
const MAX_AGE_IN_OUTAGE_MILLISECONDS = 30_000;
/** The catalogue is no longer read again when no request has used it for this time. */
const IDLE_AFTER_MILLISECONDS = 60_000;
/** Eventually consistent reads show a change of this process within this time, usually within a fraction of it. */
const REPLICATION_MILLISECONDS = 5_000;
/** The same for changes of stock alone, which only the display shows. Shorter, because most orders change stock. */
const STOCK_REPLICATION_MILLISECONDS = 1_000;
/** A dairy sells a few hundred products. The cache leaves out products above this number. */
const MAX_PRODUCTS = 10_000;

/**
 * Keeps the whole catalogue in memory, at most five seconds old. It is read again in the background while requests use
 * it, so they never wait for that: only for the first read, or after a pause. Lists and details need no round trip, and
 * orders take their prices from here; the conditions of their writes check them. Changes by this process are visible at
 * once.
 */
@Injectable()
export class ProductCatalogue {
  private readonly logger = new Logger(ProductCatalogue.name);
  private products = new Map<ProductId, Product>();
  private loadedAt = -Infinity;
  private usedAt = -Infinity;
  private loading?: Promise<void>;
  private timer?: NodeJS.Timeout;
  /** When this process last took or returned stock of a product. */
  private readonly adjustedAt = new Map<ProductId, number>();
  /** When this process wrote or refreshed a product. */
  private readonly storedAt = new Map<ProductId, number>();

  constructor(
    private readonly repository: ProductRepository,
    private readonly clock: Clock,
    private readonly shutdown: ShutdownSignal,
  ) {
    shutdown.onStart(() => clearTimeout(this.timer));
  }

  /** All products, including withdrawn ones. */
  async all(): Promise<Iterable<Product>> {
    await this.ensureLoaded();
    return this.products.values();
  }

  /** A product. Reads one that is not cached, because another task may have just added it. */
  async find(productId: ProductId): Promise<Product | undefined> {
    await this.ensureLoaded();
    return this.products.get(productId) ?? (await this.repository.find(productId));
  }

  /** Products by id. Leaves out ids without a product. */
  async findAll(productIds: readonly ProductId[]): Promise<ReadonlyMap<ProductId, Product>> {
    await this.ensureLoaded();
    const unknown = productIds.filter((productId) => !this.products.has(productId));
    const loaded = unknown.length > 0 ? await this.repository.findAll(unknown) : [];
    const found = new Map(loaded.map((product) => [product.productId, product]));
    for (const productId of productIds) {
      const product = this.products.get(productId);
      if (product) found.set(productId, product);
    }
    return found;
  }

  /** The product as it is cached, without a read. */
  cached(productId: ProductId): Product | undefined {
    return this.products.get(productId);
  }

  /** Caches a product that was just written or read consistently. */
  put(product: Product): void {
    this.products.set(product.productId, product);
    this.storedAt.set(product.productId, this.clock.realNow());
  }

  /** Adjusts the cached stock after this process took (-1) or returned (1) a line. */
  adjustStock({ productId, qty }: Line, direction: 1 | -1, place: StockPlace = 'own'): void {
    const product = this.products.get(productId);
    if (product) {
      const { stock, split } = product;
      const units = direction * qty;
      this.products.set(productId, {
        ...product,
        stock: stock + units,
        split: split && withUnits(split, place, units),
      });
    }
    this.adjustedAt.set(productId, this.clock.realNow());
  }

  /** Reads products again, after their price or stock turned out to be different. */
  async refresh(productIds: readonly ProductId[]): Promise<void> {
    for (const product of await this.repository.findAll(productIds)) this.put(product);
  }

  get isLoading(): boolean {
    return this.loading !== undefined;
  }

  private async ensureLoaded(): Promise<void> {
    this.usedAt = this.clock.realNow();
    const isKept = this.timer !== undefined || this.isLoading;
    const maxAge = isKept ? MAX_AGE_IN_OUTAGE_MILLISECONDS : MAX_AGE_MILLISECONDS;
    if (this.usedAt - this.loadedAt >= maxAge) await this.reload();
    else if (!isKept) this.scheduleReload();
  }

  private reload(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
      this.scheduleReload();
    });
    return this.loading;
  }

  private scheduleReload(): void {
    if (this.shutdown.hasStarted) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.reloadIfUsed(), RELOAD_AFTER_MILLISECONDS).unref();
  }

  /** What the timer does: reads the catalogue again, unless no request has used it for a minute. */
  reloadIfUsed(): void {
    this.timer = undefined;
    if (this.clock.realNow() - this.usedAt > IDLE_AFTER_MILLISECONDS) return;
    // The timer was set in a request, which these reads do not belong to.
    runInContext({ requestId: newEventId(), background: true }, () => this.reload()).catch((error: unknown) =>
      this.logger.warn({ err: error }, 'Catalogue not read, serving an older one'),
    );
  }

  private async load(): Promise<void> {
    const startedAt = this.clock.realNow();
    const loaded = await this.repository.scanAll(MAX_PRODUCTS);
    const products = new Map(loaded.map((product) => [product.productId, product]));
    for (const [productId, product] of this.recentlyStored(startedAt)) {
      if (!((products.get(productId)?.version ?? 0) > product.version)) products.set(productId, product);
    }
    this.products = products;
    // The read may have missed these changes of stock, so read the products again.
    const adjusted = this.recentlyAdjusted(startedAt);
    if (adjusted.length > 0) await this.refresh(adjusted);
    this.loadedAt = startedAt;
  }

  /** The products whose changes of stock an eventually consistent read since then may miss. */
  private recentlyAdjusted(startedAt: number): ProductId[] {
    for (const [productId, time] of this.adjustedAt) {
      if (time < startedAt - STOCK_REPLICATION_MILLISECONDS) this.adjustedAt.delete(productId);
    }
    return [...this.adjustedAt.keys()];
  }

  /** The products that an eventually consistent read since then may show as they were before. */
  private recentlyStored(startedAt: number): [ProductId, Product][] {
    return [...this.storedAt].flatMap(([productId, time]): [ProductId, Product][] => {
      const product = this.products.get(productId);
      if (product && time >= startedAt - REPLICATION_MILLISECONDS) return [[productId, product]];
      this.storedAt.delete(productId);
      return [];
    });
  }
}
