import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { check, put, remove, update, type Write } from '../../platform/dynamo/write';
import type { LineAtPrice } from './domain/product';
import { StockMoved } from './domain/product.errors';
import type { StockShare } from './domain/stock-split';
import { stockShareTable } from './product.schema';

/** The shares of a split stock. A share is created once, and deleted when its units are moved back to the product. */
@Injectable()
export class StockShareRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(stockShareTable);
  }

  /** The units of each share of a split. Undefined for a share that is moved back. */
  async unitsOf(splitId: string, count: number, { consistent = true } = {}): Promise<(number | undefined)[]> {
    const reads = Array.from({ length: count }, (_, share) => this.readOf(splitId, share));
    return this.database.batchGet(reads, { consistent });
  }

  async unitsOfShare(splitId: string, share: number): Promise<number | undefined> {
    return this.database.get(this.readOf(splitId, share));
  }

  async find(shareId: string): Promise<StockShare | undefined> {
    return this.database.get(readItem<StockShare>(this.table, { shareId }));
  }

  /** A page of all shares. Scans the table: only for the reconciliation. */
  async scan(page: PageRequest): Promise<Page<StockShare>> {
    return this.database.scanPage<StockShare>(this.table, page);
  }

  private readOf(splitId: string, share: number): Read<number | undefined> {
    const read = readItem<StockShare>(this.table, { shareId: shareIdOf(splitId, share) });
    return { ...read, parse: (item) => (item as StockShare | undefined)?.stock };
  }

  add(splitId: string, share: number, fields: Omit<StockShare, 'shareId'>): Write {
    const item = { ...fields, shareId: shareIdOf(splitId, share) };
    return put(this.table, item, { condition: 'attribute_not_exists(shareId)' }, () => new StockMoved());
  }

  /** The write that takes a line from a share, if it has enough units at the given price and tax rate. */
  take(splitId: string, share: number, { qty, price, taxRate }: LineAtPrice): Write {
    const sameTaxRate = taxRate === undefined ? 'attribute_not_exists(taxRate)' : 'taxRate = :taxRate';
    return update(
      this.table,
      { shareId: shareIdOf(splitId, share) },
      { add: { stock: -qty } },
      {
        condition: `stock >= :qty AND price = :price AND ${sameTaxRate}`,
        values: { qty, price, ...(taxRate !== undefined && { taxRate }) },
      },
      () => new StockMoved(),
    );
  }

  /** The write that removes a share whose units another write of the transaction adds to the product. */
  removeUnchanged(splitId: string, share: number, units: number): Write {
    return remove(
      this.table,
      { shareId: shareIdOf(splitId, share) },
      { condition: 'stock = :units', values: { units } },
      () => new StockMoved(),
    );
  }

  /** The write that requires a share to be moved back. */
  requireMoved(splitId: string, share: number): Write {
    const key = { shareId: shareIdOf(splitId, share) };
    return check(this.table, key, { condition: 'attribute_not_exists(shareId)' }, () => new StockMoved());
  }
}

function shareIdOf(splitId: string, share: number): string {
  return `${splitId}#${share}`;
}
