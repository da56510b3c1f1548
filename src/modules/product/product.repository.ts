import { Injectable } from '@nestjs/common';
import { type ProductId, shardOf } from '../../kernel/ids';
import type { Line } from '../../kernel/lines';
import { collectAll } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type AttributeChanges, put, update, type Write } from '../../platform/dynamo/write';
import { StaleVersion } from '../../platform/errors';
import type { LineAtPrice, Product } from './domain/product';
import {
  InsufficientStock,
  PriceChanged,
  ProductIdTaken,
  ProductNotFound,
  StockBelowZero,
  StockMoved,
} from './domain/product.errors';
import { totalOf } from './domain/stock-split';
import { productTable } from './product.schema';
import { StockShareRepository } from './stock-share.repository';

const LISTING_SHARDS = 4;
const SCAN_SEGMENTS = 4;
/** Small enough for the event loop to serve requests between two pages. */
const PAGE_SIZE = 250;

/** A product as it is stored. Its stock is without the shares of a split. */
export type StoredProduct = Omit<Product, 'split'> & {
  readonly splitId?: string;
  readonly splitShares?: number;
};

/** Stores products and their stock. */
@Injectable()
export class ProductRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly shares: StockShareRepository,
  ) {
    this.table = database.tableName(productTable);
  }

  async find(productId: ProductId): Promise<Product | undefined> {
    return (await this.findAll([productId]))[0];
  }

  async findAll(productIds: readonly ProductId[]): Promise<Product[]> {
    const stored = await this.database.batchGet(productIds.map((productId) => this.readOf(productId)));
    const products = await Promise.all(stored.map(async (product) => product && this.withCurrentShares(product)));
    return products.filter((product) => product !== undefined);
  }

  async findStored(productId: ProductId): Promise<StoredProduct | undefined> {
    return this.database.get(this.readOf(productId));
  }

  private readOf(productId: ProductId): Read<StoredProduct | undefined> {
    return readItem<StoredProduct>(this.table, { productId });
  }

  /**
   * Reads the shares before the product, because units move from the shares to the product and are taken from both. So
   * the sum is never below the stock at the moment when the product is read, and a shortage is a real one.
   */
  private async withCurrentShares(product: StoredProduct): Promise<Product | undefined> {
    const { splitId, splitShares = 0 } = product;
    if (splitId === undefined) return product;
    const shares = await this.shares.unitsOf(splitId, splitShares);
    const current = await this.findStored(product.productId);
    return current?.splitId === splitId ? withShares(current, shares) : current && this.withCurrentShares(current);
  }

  /**
   * Up to `maxCount` products, including withdrawn ones, as an eventually consistent scan shows them. A page shares its
   * read units, so this costs an eighth of reading the products one by one.
   */
  async scanAll(maxCount: number): Promise<Product[]> {
    const segments = Array.from({ length: SCAN_SEGMENTS }, (_, segment) => this.scanSegment(segment));
    const stored = (await Promise.all(segments)).flat().slice(0, maxCount);
    return Promise.all(
      stored.map(async (product) => {
        if (product.splitId === undefined) return product;
        const { splitId, splitShares = 0 } = product;
        return withShares(product, await this.shares.unitsOf(splitId, splitShares, { consistent: false }));
      }),
    );
  }

  private scanSegment(segment: number): Promise<StoredProduct[]> {
    const options = { ConsistentRead: false, Segment: segment, TotalSegments: SCAN_SEGMENTS };
    return collectAll(PAGE_SIZE, (page) => this.database.scanPage<StoredProduct>(this.table, page, options));
  }

  /** The write that adds a product. `product.id_taken` if the id is taken. */
  add(product: Product): Write {
    const listing = String(shardOf(product.productId, LISTING_SHARDS));
    return put(
      this.table,
      { ...product, listing },
      { condition: 'attribute_not_exists(productId)' },
      () => new ProductIdTaken(product.productId),
    );
  }

  /**
   * The write that changes a product. `product.not_found`; `request.stale` if it is no longer version `expected`;
   * `product.stock_below_zero` if `stockDelta` would make the stock negative. `StockMoved` while the stock is split: its
   * shares hold the price, so a product that is changed must be merged first.
   */
  change(
    productId: ProductId,
    change: AttributeChanges,
    { expected, stockDelta = 0 }: { expected?: number; stockDelta?: number },
  ) {
    const conditions = [
      'attribute_exists(productId)',
      'attribute_not_exists(splitId)',
      ...(expected === undefined ? [] : ['version = :expected']),
      ...(stockDelta < 0 ? ['stock >= :taken'] : []),
    ];
    return update(
      this.table,
      { productId },
      change,
      {
        condition: conditions.join(' AND '),
        values: {
          ...(expected !== undefined && { expected }),
          ...(stockDelta < 0 && { taken: -stockDelta }),
        },
      },
      (old) => {
        const product = old as StoredProduct | undefined;
        if (!product) return new ProductNotFound(productId);
        // A stale request is refused before it merges a hot product.
        if (expected !== undefined && product.version !== expected) return new StaleVersion();
        if (product.splitId !== undefined) return new StockMoved();
        return new StockBelowZero(product.stock);
      },
    );
  }

  /**
   * The write that takes a line from stock, if the product is on sale at the given price and tax rate and in sufficient
   * stock.
   */
  takeStock({ productId, qty, price, taxRate }: LineAtPrice): Write {
    const sameTaxRate = taxRate === undefined ? 'attribute_not_exists(taxRate)' : 'taxRate = :taxRate';
    return update(
      this.table,
      { productId },
      { add: { stock: -qty } },
      {
        condition: `stock >= :qty AND price = :price AND ${sameTaxRate} AND active = :yes`,
        values: { qty, price, yes: true, ...(taxRate !== undefined && { taxRate }) },
      },
      (old) => refusalOf({ productId, qty }, old as StoredProduct | undefined) ?? new PriceChanged(),
    );
  }

  /** As `takeStock`, without a condition on the price: for lines that were priced before. */
  takeStockAtAnyPrice({ productId, qty }: Line): Write {
    return update(
      this.table,
      { productId },
      { add: { stock: -qty } },
      { condition: 'stock >= :qty AND active = :yes', values: { qty, yes: true } },
      (old) => refusalOf({ productId, qty }, old as StoredProduct | undefined) ?? new ProductNotFound(productId),
    );
  }

  /** The write that returns a line to stock, even of a withdrawn product. */
  returnStock({ productId, qty }: Line): Write {
    return update(
      this.table,
      { productId },
      { add: { stock: qty } },
      { condition: 'attribute_exists(productId)' },
      () => new ProductNotFound(productId),
    );
  }

  /** The write that marks a product as split and takes the units of its shares. `StockMoved` if it has changed. */
  markSplit(
    { productId, version }: StoredProduct,
    splitId: string,
    { shares, unitsEach }: { shares: number; unitsEach: number },
  ): Write {
    return update(
      this.table,
      { productId },
      { set: { splitId, splitShares: shares }, add: { stock: -shares * unitsEach } },
      {
        condition: 'attribute_not_exists(splitId) AND version = :version AND stock >= :moved',
        values: { version, moved: shares * unitsEach },
      },
      () => new StockMoved(),
    );
  }

  /** The write that adds the units of removed shares to a split product. Ends the split if no share is left. */
  addMerged(productId: ProductId, splitId: string, units: number, { endsSplit = false } = {}): Write {
    return update(
      this.table,
      { productId },
      { add: { stock: units }, remove: endsSplit ? ['splitId', 'splitShares'] : [] },
      { condition: 'splitId = :splitId', values: { splitId } },
      () => new StockMoved(),
    );
  }
}

function withShares(product: StoredProduct, shares: readonly (number | undefined)[]): Product {
  const { splitId = '', splitShares: _, ...rest } = product;
  const split = { splitId, own: product.stock, shares };
  return { ...rest, stock: totalOf(split), split };
}

/** Why a line cannot be taken. Undefined if neither sale status nor stock is the reason. */
function refusalOf({ productId, qty }: Line, product: StoredProduct | undefined): Error | undefined {
  if (!product?.active) return new ProductNotFound(productId);
  if (product.stock >= qty) return undefined;
  if (product.splitId !== undefined) return new StockMoved();
  return new InsufficientStock([{ productId, requested: qty, available: product.stock }]);
}
