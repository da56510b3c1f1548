import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { mapPage, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { readItem } from '../../platform/dynamo/read';
import { put, update, type Write } from '../../platform/dynamo/write';
import { sumByRate, sumOfAmounts, type TaxedAmount } from './domain/credit';
import { type Invoice, type InvoiceDocument, isInvoice } from './domain/invoice';
import { FileRecorded, SeriesMoved } from './domain/invoice.errors';
import type { Series } from './domain/series';
import { invoiceSeriesTable, invoiceTable } from './invoice.schema';

/** A financial year of invoices or of credit notes, and its last number. */
export interface InvoiceSeries {
  readonly series: Series;
  readonly last: number;
}

/** Issued invoices and credit notes, and the last number of each series. */
@Injectable()
export class InvoiceRepository {
  private readonly invoices: string;
  private readonly series: string;

  constructor(private readonly database: Database) {
    this.invoices = database.tableName(invoiceTable);
    this.series = database.tableName(invoiceSeriesTable);
  }

  async find(invoiceId: string): Promise<Invoice | undefined> {
    const stored = await this.database.get(readItem<Invoice>(this.invoices, { invoiceId }));
    return stored && withDefaults(stored);
  }

  /** Invoices or credit notes by id, in the order of the ids. Undefined where there is none. */
  async findAll<D extends InvoiceDocument = Invoice>(invoiceIds: readonly string[]): Promise<(D | undefined)[]> {
    const stored = await this.database.batchGet(
      invoiceIds.map((invoiceId) => readItem<D>(this.invoices, { invoiceId })),
    );
    return stored.map((document) => document && withDefaults(document));
  }

  /** All invoices and credit notes, in no particular order. For the reconciliation only. */
  async scan(page: PageRequest): Promise<Page<InvoiceDocument>> {
    return mapPage(await this.database.scanPage<InvoiceDocument>(this.invoices, page), withDefaults);
  }

  /** The numbers of all invoices and credit notes, in no particular order. For the reconciliation only. */
  async scanNumbers(page: PageRequest): Promise<Page<Pick<InvoiceDocument, 'number'>>> {
    return this.database.scanPage(this.invoices, page, {
      ProjectionExpression: '#number',
      ExpressionAttributeNames: { '#number': 'number' },
    });
  }

  /** All series, in no particular order. For the reconciliation only. */
  async scanSeries(page: PageRequest): Promise<Page<InvoiceSeries>> {
    return this.database.scanPage<InvoiceSeries>(this.series, page);
  }

  /** A customer's invoices and credit notes, by number, last first: in a financial year, credit notes come first. */
  async ofUser(userId: UserId, page: PageRequest): Promise<Page<InvoiceDocument>> {
    const keys = await this.database.queryPage<{ invoiceId: string }>(
      {
        TableName: this.invoices,
        IndexName: 'byUser',
        KeyConditionExpression: 'userId = :user',
        ExpressionAttributeValues: { ':user': userId },
        ScanIndexForward: false,
      },
      page,
    );
    const found = await this.findAll<InvoiceDocument>(keys.items.map(({ invoiceId }) => invoiceId));
    return { items: found.filter((document) => document !== undefined), next: keys.next };
  }

  /** The last number of a series; 0 if it has none. */
  async lastOf(series: Series): Promise<number> {
    return (await this.lastOfAll([series]))[0] ?? 0;
  }

  async lastOfAll(series: readonly Series[]): Promise<number[]> {
    const rows = await this.database.batchGet(
      series.map((one) => readItem<InvoiceSeries>(this.series, { series: one })),
    );
    return rows.map((row) => row?.last ?? 0);
  }

  /** Takes the next numbers of a series. `SeriesMoved` if its last number is no longer `seen`. */
  takeNumbers(series: Series, seen: number, count: number): Write {
    return update(
      this.series,
      { series },
      { add: { last: count } },
      seen === 0
        ? { condition: 'attribute_not_exists(#last)', names: { last: 'last' } }
        : { condition: '#last = :seen', names: { last: 'last' }, values: { seen } },
      () => new SeriesMoved(),
    );
  }

  /** `SeriesMoved` if there is an invoice or credit note with the id. */
  issue(document: InvoiceDocument): Write {
    return put(this.invoices, document, { condition: 'attribute_not_exists(invoiceId)' }, () => new SeriesMoved());
  }

  /** Counts a credit note of an invoice. `SeriesMoved` if the invoice has got another one since it was read. */
  addCredited({ invoiceId, credited, creditedByRate = [] }: Invoice, amounts: readonly TaxedAmount[]): Write {
    return update(
      this.invoices,
      { invoiceId },
      { add: { credited: sumOfAmounts(amounts) }, set: { creditedByRate: sumByRate([...creditedByRate, ...amounts]) } },
      credited === undefined
        ? { condition: 'attribute_exists(invoiceId) AND attribute_not_exists(credited)' }
        : { condition: 'credited = :seen', values: { seen: credited } },
      () => new SeriesMoved(),
    );
  }

  /** Records where the file is. `FileRecorded` if that was recorded before. */
  recordFile(invoiceId: string, fileKey: string): Write {
    return update(
      this.invoices,
      { invoiceId },
      { set: { fileKey } },
      { condition: 'attribute_exists(invoiceId) AND attribute_not_exists(fileKey)' },
      () => new FileRecorded(),
    );
  }
}

/** Invoices that earlier versions issued lack the orders and the refunds. */
function withDefaults<D extends InvoiceDocument>(document: D): D {
  if (!isInvoice(document)) return document;
  const { orderId, total } = document;
  const own = orderId === undefined ? [] : [{ orderId, amount: total }];
  const { orders = own, refunds = [] } = document as Partial<Invoice>;
  return { ...document, orders, refunds };
}
