import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { readItem } from '../../platform/dynamo/read';
import { put, update, type Write } from '../../platform/dynamo/write';
import type { CreditNote, Invoice, InvoiceDocument } from './domain/invoice';
import { CreditExceedsInvoice, FileRecorded, SeriesMoved } from './domain/invoice.errors';
import type { Series } from './domain/series';
import { invoiceSeriesTable, invoiceTable } from './invoice.schema';

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
    return this.database.get(readItem<Invoice>(this.invoices, { invoiceId }));
  }

  /** Invoices by id, in the order of the ids. Undefined where there is none. */
  async findAll(invoiceIds: readonly string[]): Promise<(Invoice | undefined)[]> {
    return this.database.batchGet(invoiceIds.map((invoiceId) => readItem<Invoice>(this.invoices, { invoiceId })));
  }

  /** Credit notes by id, in the order of the ids. Undefined where there is none. */
  async findCreditNotes(creditNoteIds: readonly string[]): Promise<(CreditNote | undefined)[]> {
    return this.database.batchGet(creditNoteIds.map((invoiceId) => readItem<CreditNote>(this.invoices, { invoiceId })));
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
    const found = await this.database.batchGet(
      keys.items.map(({ invoiceId }) => readItem<InvoiceDocument>(this.invoices, { invoiceId })),
    );
    return { items: found.filter((document) => document !== undefined), next: keys.next };
  }

  /** The last number of a series; 0 if it has none. */
  async lastOf(series: Series): Promise<number> {
    const row = await this.database.get(readItem<{ last: number }>(this.series, { series }));
    return row?.last ?? 0;
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

  /** Counts a credit note. `CreditExceedsInvoice` if an invoice's credit notes would exceed its total. */
  addCredited(invoiceId: string, amount: MinorUnits, total: MinorUnits): Write {
    return update(
      this.invoices,
      { invoiceId },
      { add: { credited: amount } },
      {
        condition: '#total >= :amount AND (attribute_not_exists(credited) OR credited <= :most)',
        names: { total: 'total' },
        values: { amount, most: total - amount },
      },
      () => new CreditExceedsInvoice(),
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
