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
} from './domain/product.errors';
import { productTable } from './product.schema';

const LISTING_SHARDS = 4;
const SCAN_SEGMENTS = 4;
/** Small enough for the event loop to serve requests between two pages. */
const PAGE_SIZE = 250;

/** Stores products and their stock. */
@Injectable()
export class ProductRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(productTable);
  }

  async find(productId: ProductId): Promise<Product | undefined> {
    return this.database.get(this.readOf(productId));
  }

  async findAll(productIds: readonly ProductId[]): Promise<Product[]> {
    const products = await this.database.batchGet(productIds.map((productId) => this.readOf(productId)));
    return products.filter((product) => product !== undefined);
  }

  private readOf(productId: ProductId): Read<Product | undefined> {
    return readItem<Product>(this.table, { productId });
  }

  /**
   * Up to `maxCount` products, including withdrawn ones, as an eventually consistent scan shows them. A page shares its
   * read units, so this costs an eighth of reading the products one by one.
   */
  async scanAll(maxCount: number): Promise<Product[]> {
    const segments = Array.from({ length: SCAN_SEGMENTS }, (_, segment) => this.scanSegment(segment));
    return (await Promise.all(segments)).flat().slice(0, maxCount);
  }

  private scanSegment(segment: number): Promise<Product[]> {
    const options = { ConsistentRead: false, Segment: segment, TotalSegments: SCAN_SEGMENTS };
    return collectAll(PAGE_SIZE, (page) => this.database.scanPage<Product>(this.table, page, options));
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
   * `product.stock_below_zero` if `stockDelta` would make the stock negative.
   */
  change(
    productId: ProductId,
    change: AttributeChanges,
    { expected, stockDelta = 0 }: { expected?: number; stockDelta?: number },
  ) {
    const conditions = [
      'attribute_exists(productId)',
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
        const product = old as Product | undefined;
        if (!product) return new ProductNotFound(productId);
        if (expected !== undefined && product.version !== expected) return new StaleVersion();
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
      (old) => refusalOf({ productId, qty }, old as Product | undefined) ?? new PriceChanged(),
    );
  }

  /** As `takeStock`, without a condition on the price: for lines that were priced before. */
  takeStockAtAnyPrice({ productId, qty }: Line): Write {
    return update(
      this.table,
      { productId },
      { add: { stock: -qty } },
      { condition: 'stock >= :qty AND active = :yes', values: { qty, yes: true } },
      (old) => refusalOf({ productId, qty }, old as Product | undefined) ?? new ProductNotFound(productId),
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
}

/** Why a line cannot be taken. Undefined if neither sale status nor stock is the reason. */
function refusalOf({ productId, qty }: Line, product: Product | undefined): Error | undefined {
  if (!product?.active) return new ProductNotFound(productId);
  if (product.stock >= qty) return undefined;
  return new InsufficientStock([{ productId, requested: qty, available: product.stock }]);
}
