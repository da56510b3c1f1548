import { Injectable } from '@nestjs/common';
import type { ProductId } from '../../kernel/ids';
import { type Line, sumEqualProducts } from '../../kernel/lines';
import { random } from '../../kernel/random';
import { Clock } from '../../platform/clock';
import { decodeCursor, encodeCursor, InvalidCursor, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import { setOrRemoved, type Write } from '../../platform/dynamo/write';
import { InvalidRequest } from '../../platform/errors';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { newProductId } from './domain/ids';
import {
  categoriesOf,
  type Category,
  comparatorFor,
  type LineAtPrice,
  matchesSearch,
  type Product,
  type ProductSearch,
  type SearchPosition,
} from './domain/product';
import { InsufficientStock, ProductNotFound, StockMoved } from './domain/product.errors';
import { choosePlace, type StockShare } from './domain/stock-split';
import { HotStock } from './hot-stock.service';
import { ProductCatalogue } from './product-catalogue.service';
import { ProductRepository } from './product.repository';
import { StockShareRepository } from './stock-share.repository';

export type NewProduct = Omit<Product, 'productId' | 'split' | 'active' | 'version' | 'createdAt'> & {
  readonly productId?: ProductId;
};

type EmptiableField = 'unit' | 'description' | 'imageUrl' | 'taxRate';

/** Changes to a product: omitted fields stay, null empties an optional field. */
export type ProductChange = Partial<Omit<Product, 'productId' | 'split' | 'version' | 'createdAt' | EmptiableField>> & {
  readonly [Field in EmptiableField]?: Product[Field] | null;
} & {
  readonly productId: ProductId;
  /** Quantity to add to the stock. Not together with `stock`. */
  readonly stockDelta?: number;
};

/** Finds and changes products and their stock. Amounts are in minor units. */
@Injectable()
export class ProductService {
  constructor(
    private readonly repository: ProductRepository,
    private readonly shares: StockShareRepository,
    private readonly catalogue: ProductCatalogue,
    private readonly hotStock: HotStock,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  /** Products that match a search, from a cache that is at most five seconds old. */
  async search(search: ProductSearch, { limit, cursor }: PageRequest): Promise<Page<Product>> {
    const compare = comparatorFor(search.sort ?? 'name');
    const after = decodeCursor(cursor);
    if (after && !isSearchPosition(after)) throw new InvalidCursor();

    const found = [...(await this.catalogue.all())].filter((product) => matchesSearch(product, search)).sort(compare);
    const rest = after ? found.filter((product) => compare(product, after) > 0) : found;
    const items = rest.slice(0, limit);
    const last = rest.length > limit ? items.at(-1) : undefined;
    return { items, next: encodeCursor(last && { productId: last.productId, name: last.name, price: last.price }) };
  }

  /** The categories of the products on sale, sorted by name, from the same cache. */
  async categories(): Promise<readonly Category[]> {
    return categoriesOf([...(await this.catalogue.all())].filter(({ active }) => active));
  }

  /** A product on sale. `product.not_found` if it does not exist or is withdrawn. */
  async get(productId: ProductId): Promise<Product> {
    const product = await this.catalogue.find(productId);
    if (!product?.active) throw new ProductNotFound(productId);
    return product;
  }

  /** A product as it is stored, on sale or withdrawn. `product.not_found`. */
  async current(productId: ProductId): Promise<Product> {
    const product = await this.repository.find(productId);
    if (!product) throw new ProductNotFound(productId);
    return product;
  }

  /** Adds a product. Emits `product.added`. `product.id_taken` if the id is taken. */
  async add(draft: NewProduct, idempotencyKey?: IdempotentRequest): Promise<Product> {
    return this.idempotency.run(idempotencyKey, async () => {
      const product: Product = {
        ...draft,
        productId: draft.productId ?? newProductId(),
        active: true,
        version: 1,
        createdAt: this.clock.now(),
      };
      const { productId, price, stock } = product;
      await this.transaction.commit(
        [this.idempotency.recordResponse(idempotencyKey, product), this.repository.add(product)],
        [{ type: 'product.added', productId, price, stock }],
      );
      this.catalogue.put(product);
      return product;
    });
  }

  /**
   * Changes a product. `active: false` withdraws it. A change of stock alone keeps the version. Emits
   * `product.updated`. `request.invalid`, `product.not_found`, `product.stock_below_zero`; `request.stale` if it is no
   * longer version `expected`.
   */
  async update(change: ProductChange, expected?: number, idempotencyKey?: IdempotentRequest): Promise<Product> {
    return this.idempotency.run(
      idempotencyKey,
      () => this.updateOnce(change, expected, idempotencyKey),
      (productId) => this.current(productId),
    );
  }

  private async updateOnce(
    { productId, stockDelta, ...fields }: ProductChange,
    expected?: number,
    idempotencyKey?: IdempotentRequest,
  ): Promise<Product> {
    if (fields.stock !== undefined && stockDelta !== undefined) {
      throw new InvalidRequest([{ field: 'stockDelta', message: 'send stock or stockDelta, not both' }]);
    }
    const changed = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    if (changed.length === 0 && stockDelta === undefined) {
      throw new InvalidRequest([
        { field: 'body', message: 'the request changes nothing: send name, price, stock or another field' },
      ]);
    }
    const isNewVersion = changed.some((name) => name !== 'stock');
    const add = { ...(stockDelta !== undefined && { stock: stockDelta }), ...(isNewVersion && { version: 1 }) };
    const { set, remove } = setOrRemoved(fields);
    const write = this.repository.change(productId, { set, remove, add }, { expected, stockDelta });
    const names = stockDelta === undefined ? changed : [...changed, 'stock'];
    await retryOnConflict(StockMoved, async (conflict) => {
      if (conflict) await this.hotStock.merge(productId);
      await this.transaction.commit(
        [this.idempotency.claim(idempotencyKey, productId), write],
        [{ type: 'product.updated', productId, changed: names }],
      );
    });
    const product = await this.current(productId);
    this.catalogue.put(product);
    if (idempotencyKey) await this.transaction.commit([this.idempotency.completeClaim(idempotencyKey, product)]);
    return product;
  }

  /** The products of some lines, including withdrawn ones, from the cache. Leaves out products that do not exist. */
  async cachedProductsOf(lines: readonly Pick<Line, 'productId'>[]): Promise<ReadonlyMap<ProductId, Product>> {
    return this.catalogue.findAll([...new Set(lines.map(({ productId }) => productId))]);
  }

  /** The same, read from the table. */
  async currentProductsOf(lines: readonly Pick<Line, 'productId'>[]): Promise<ReadonlyMap<ProductId, Product>> {
    const products = await this.repository.findAll([...new Set(lines.map(({ productId }) => productId))]);
    return new Map(products.map((product) => [product.productId, product]));
  }

  /** The same after split stock is merged: for callers that are about to take much stock. */
  async mergedProductsOf(lines: readonly Pick<Line, 'productId'>[]): Promise<ReadonlyMap<ProductId, Product>> {
    const products = await this.currentProductsOf(lines);
    const split = [...products.values()].filter((product) => product.split !== undefined);
    await Promise.all(split.map(({ productId }) => this.hotStock.merge(productId)));
    const merged = split.length === 0 ? products : await this.currentProductsOf(lines);
    // `takeStock` must know that no share is left.
    for (const product of merged.values()) this.catalogue.put(product);
    return merged;
  }

  /**
   * Finds out where the stock of some lines is stored, after `StockMoved`. Gathers it in the row if no place covers a line.
   * `order.insufficient_stock` if all places together do not.
   */
  async locateStock(requested: readonly Line[]): Promise<void> {
    const lines = sumEqualProducts(requested);
    await this.refreshProducts(lines);
    for (const { productId, product } of this.shortOf(lines)) {
      if (!product.split) continue;
      // The row of a stock that is almost sold out refuses the next orders without a read of the shares.
      if (product.stock < product.split.shares.length) await this.hotStock.merge(productId);
      // A read that overlaps with a transaction can miss units, so read them again.
      else await this.catalogue.refresh([productId]);
    }
    const short = this.shortOf(lines);
    if (short.length > 0) {
      throw new InsufficientStock(
        short.map(({ productId, qty, product }) => ({ productId, requested: qty, available: product.stock })),
      );
    }
    for (const { productId, qty } of lines) {
      const split = this.catalogue.cached(productId)?.split;
      if (split && choosePlace(split, qty, random) === undefined) await this.hotStock.gather({ productId, qty });
    }
  }

  /** The lines that the cached stock of a product on sale does not cover. */
  private shortOf(lines: readonly Line[]): (Line & { product: Product })[] {
    return lines.flatMap(({ productId, qty }) => {
      const product = this.catalogue.cached(productId);
      return product?.active && product.stock < qty ? [{ productId, qty, product }] : [];
    });
  }

  /** Refreshes the cached products of some lines, after a price or stock turned out to be different. */
  async refreshProducts(lines: readonly Pick<Line, 'productId'>[]): Promise<void> {
    await this.catalogue.refresh(lines.map(({ productId }) => productId));
  }

  /**
   * The write that takes a line from stock, at the given price. `product.price_changed` and stock errors; `StockMoved`
   * if the stock is split, and is stored elsewhere: then call `locateStock` and price the lines again.
   */
  takeStock(line: LineAtPrice): Write {
    const { productId, qty } = line;
    const split = this.catalogue.cached(productId)?.split;
    const place = (split && choosePlace(split, qty, random)) ?? 'own';
    const write =
      split && place !== 'own' ? this.shares.take(split.splitId, place, line) : this.repository.takeStock(line);
    return {
      ...write,
      afterCommit: () => this.catalogue.adjustStock(line, -1, place),
      onContention: place === 'own' ? () => this.hotStock.noteConflict(productId) : undefined,
    };
  }

  /** The same for a line that was priced before, at any current price. */
  takeStockAtAnyPrice(line: Line): Write {
    return { ...this.repository.takeStockAtAnyPrice(line), afterCommit: () => this.catalogue.adjustStock(line, -1) };
  }

  /** A page of the shares of all split stock. Only for the reconciliation. */
  scanShares(page: PageRequest): Promise<Page<StockShare>> {
    return this.shares.scan(page);
  }

  findShare(shareId: string): Promise<StockShare | undefined> {
    return this.shares.find(shareId);
  }

  /** The write that returns a line to stock. */
  returnStock(line: Line): Write {
    return { ...this.repository.returnStock(line), afterCommit: () => this.catalogue.adjustStock(line, 1) };
  }
}

/** Whether a cursor comes from a search. It holds the position of the last product of the previous page. */
function isSearchPosition(cursor: object): cursor is SearchPosition {
  const { productId, name, price } = cursor as Partial<SearchPosition>;
  return typeof productId === 'string' && typeof name === 'string' && typeof price === 'number';
}
