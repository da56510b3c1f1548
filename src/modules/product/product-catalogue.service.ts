import { Injectable } from '@nestjs/common';
import type { ProductId } from '../../kernel/ids';
import type { Line } from '../../kernel/lines';
import { Clock } from '../../platform/clock';
import type { Product } from './domain/product';
import { ProductRepository } from './product.repository';

/** Maximum age of the cached catalogue. */
const MAX_AGE_MILLISECONDS = 4_500;
/** A dairy sells a few hundred products. The cache leaves out products above this number. */
const MAX_PRODUCTS = 10_000;

/**
 * Caches the whole catalogue in memory for up to five seconds. Lists and details need no round trip, and orders take
 * their prices from here; the conditions of their writes check them. Changes by this process are visible at once.
 */
@Injectable()
export class ProductCatalogue {
  private products = new Map<ProductId, Product>();
  private loadedAt = -Infinity;
  private loading?: Promise<void>;
  private readonly changedWhileLoading = new Set<ProductId>();

  constructor(
    private readonly repository: ProductRepository,
    private readonly clock: Clock,
  ) {}

  /** All products, including withdrawn ones. */
  async all(): Promise<Iterable<Product>> {
    await this.ensureFresh();
    return this.products.values();
  }

  /** A product. Reads one that is not cached, because another task may have just added it. */
  async find(productId: ProductId): Promise<Product | undefined> {
    await this.ensureFresh();
    return this.products.get(productId) ?? (await this.repository.find(productId));
  }

  /** Products by id. Leaves out ids without a product. */
  async findAll(productIds: readonly ProductId[]): Promise<ReadonlyMap<ProductId, Product>> {
    await this.ensureFresh();
    const unknown = productIds.filter((productId) => !this.products.has(productId));
    const loaded = unknown.length > 0 ? await this.repository.findAll(unknown) : [];
    const found = new Map(loaded.map((product) => [product.productId, product]));
    for (const productId of productIds) {
      const product = this.products.get(productId);
      if (product) found.set(productId, product);
    }
    return found;
  }

  /** Caches a product that was just written. */
  put(product: Product): void {
    this.products.set(product.productId, product);
    this.markChanged(product.productId);
  }

  /** Adjusts the cached stock after this process took (-1) or returned (1) a line. */
  adjustStock({ productId, qty }: Line, direction: 1 | -1): void {
    const product = this.products.get(productId);
    if (product) this.products.set(productId, { ...product, stock: product.stock + direction * qty });
    this.markChanged(productId);
  }

  /** Reads products again, after their price or stock turned out to be different. */
  async refresh(productIds: readonly ProductId[]): Promise<void> {
    for (const product of await this.repository.findAll(productIds)) this.products.set(product.productId, product);
  }

  private markChanged(productId: ProductId): void {
    if (this.loading) this.changedWhileLoading.add(productId);
  }

  private async ensureFresh(): Promise<void> {
    if (this.clock.realNow() - this.loadedAt < MAX_AGE_MILLISECONDS) return;
    this.loading ??= this.load().finally(() => (this.loading = undefined));
    await this.loading;
  }

  private async load(): Promise<void> {
    const startedAt = this.clock.realNow();
    this.changedWhileLoading.clear();
    const loaded = await this.repository.findAll(await this.repository.listIds(MAX_PRODUCTS));
    this.products = new Map(loaded.map((product) => [product.productId, product]));
    // The read may have missed these changes, so read the products again.
    if (this.changedWhileLoading.size > 0) await this.refresh([...this.changedWhileLoading]);
    this.loadedAt = startedAt;
  }
}
