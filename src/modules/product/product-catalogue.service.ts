import { Injectable } from '@nestjs/common';
import type { ProductId } from '../../kernel/ids';
import type { Line } from '../../kernel/lines';
import { Clock } from '../../platform/clock';
import type { Product } from './domain/product';
import { ProductRepository } from './product.repository';

/** How old the catalogue may get before it is read again. */
const MAX_AGE_MILLISECONDS = 4_500;
/** A dairy sells a few hundred products; what is above this is left out rather than held. */
const MAX_PRODUCTS = 10_000;

/**
 * The dairy's whole catalogue in memory, at most five seconds old: it answers lists and details without a round trip,
 * and proposes prices to orders. It only proposes; the conditions of the write decide. What this process itself
 * changes is seen at once.
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

  /** All products, withdrawn ones too. */
  async all(): Promise<Iterable<Product>> {
    await this.ensureFresh();
    return this.products.values();
  }

  /** A product; one that the catalogue does not know may have been added elsewhere a moment ago, so it is read. */
  async find(productId: ProductId): Promise<Product | undefined> {
    await this.ensureFresh();
    return this.products.get(productId) ?? (await this.repository.find(productId));
  }

  /** Products of lines, by id; those that do not exist are missing. */
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

  /** Takes over a product as it was just written. */
  put(product: Product): void {
    this.products.set(product.productId, product);
    this.markChanged(product.productId);
  }

  /** Follows stock that this process has just taken (-1) or put back (1). */
  adjustStock({ productId, qty }: Line, direction: 1 | -1): void {
    const product = this.products.get(productId);
    if (product) this.products.set(productId, { ...product, stock: product.stock + direction * qty });
    this.markChanged(productId);
  }

  /** Reads products anew: their price or stock turned out to be different. */
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
    // Whether the read saw these changes cannot be known: read them once more.
    if (this.changedWhileLoading.size > 0) await this.refresh([...this.changedWhileLoading]);
    this.loadedAt = startedAt;
  }
}
