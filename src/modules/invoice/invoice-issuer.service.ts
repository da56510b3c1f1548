import { Inject, Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import { Transaction } from '../../platform/transaction/transaction';
import type { Invoice, InvoiceDraft } from './domain/invoice';
import { SeriesMoved } from './domain/invoice.errors';
import { invoiceNumberOf, seriesOf } from './domain/series';
import { InvoiceRepository } from './invoice.repository';
import { INVOICE_SETTINGS, type InvoiceSettings } from './invoice.settings';

/** The most invoices of one transaction, with the series and the outbox row. */
export const MAX_ISSUED_AT_ONCE = 40;

/**
 * Issues invoices. The numbers of a series have no gaps, because one transaction takes them and stores the invoices.
 * Workers that issue at the same time repeat the transaction of all but one.
 */
@Injectable()
export class InvoiceIssuer {
  constructor(
    private readonly repository: InvoiceRepository,
    private readonly transaction: Transaction,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(INVOICE_SETTINGS) private readonly settings: InvoiceSettings,
  ) {}

  /** Issues at most 40 drafts, except for those that were issued before. Returns all invoices. Emits `invoice.issued`. */
  async issue(drafts: readonly InvoiceDraft[]): Promise<Invoice[]> {
    return retryOnConflict(SeriesMoved, async () => {
      const issuedAt = this.clock.now();
      const issuedOn = this.calendar.dateOf(issuedAt);
      const series = seriesOf(issuedOn, this.settings.financialYearMonth);
      const [stored, last] = await Promise.all([
        this.repository.findAll(drafts.map(({ invoiceId }) => invoiceId)),
        this.repository.lastOf(series),
      ]);
      const missing = drafts.filter((_, index) => stored[index] === undefined);
      const issued = missing.map((draft, index) => ({
        ...draft,
        number: invoiceNumberOf(series, last + 1 + index),
        issuedAt,
        issuedOn,
      }));
      if (issued.length > 0) {
        await this.transaction.commit(
          [
            this.repository.takeNumbers(series, last, issued.length),
            ...issued.map((invoice) => this.repository.issue(invoice)),
          ],
          issued.map(({ invoiceId, userId, number, total }) => ({
            type: 'invoice.issued',
            ...{ invoiceId, userId, number, total },
          })),
        );
      }
      return [...stored.filter((invoice) => invoice !== undefined), ...issued];
    });
  }
}
