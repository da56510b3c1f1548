import { Inject, Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import type { MinorUnits } from '../../kernel/money';
import { Clock } from '../../platform/clock';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import { Transaction } from '../../platform/transaction/transaction';
import { creditNoteIdOf, creditTaxesOf, openCreditOf, sumOfAmounts, type TaxedAmount } from './domain/credit';
import { type CreditNote, creditNoteFieldsOf, type DeliveredOrder, hasOrder, type Invoice } from './domain/invoice';
import { CreditExceedsInvoice, SeriesMoved } from './domain/invoice.errors';
import { creditNoteNumberOf, creditNoteSeriesOf } from './domain/series';
import { InvoiceDrafts } from './invoice-drafts.service';
import { InvoiceRepository } from './invoice.repository';
import { INVOICE_SETTINGS, type InvoiceSettings } from './invoice.settings';
import { type InvoicedOrder, InvoicedOrderRepository } from './invoiced-order.repository';

/** Issues credit notes, for what is refunded of an order after its invoice was issued. */
@Injectable()
export class CreditNoteIssuer {
  constructor(
    private readonly drafts: InvoiceDrafts,
    private readonly invoices: InvoiceRepository,
    private readonly invoicedOrders: InvoicedOrderRepository,
    private readonly transaction: Transaction,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(INVOICE_SETTINGS) private readonly settings: InvoiceSettings,
  ) {}

  /**
   * Credits what was refunded of an order and is not deducted from its invoice, if that is issued. Returns all credit
   * notes of the order. Idempotent. Emits `credit_note.issued`.
   */
  async creditOrder(row: InvoicedOrder): Promise<CreditNote[]> {
    return retryOnConflict(SeriesMoved, async (conflict) =>
      this.issueOpenCredit(conflict ? await this.invoicedOrders.find(row.orderId) : row),
    );
  }

  private async issueOpenCredit(row: InvoicedOrder | undefined): Promise<CreditNote[]> {
    if (!row?.refunded || row.invoiceId === undefined) return [];
    const { orderId, refunded, invoiceId, credits = [] } = row;
    const invoice = await this.invoices.find(invoiceId);
    if (!invoice || !hasOrder(invoice, orderId)) return [];
    const { refunded: reduction = 0 } = invoice.orders.find((one) => one.orderId === orderId) ?? {};
    const found = await this.invoices.findAll<CreditNote>(credits.map(({ creditNoteId }) => creditNoteId));
    const notes = found.filter((note) => note !== undefined);
    const [order] = await this.drafts.deliveredOrders([orderId]);
    if (!order) return notes;
    const amounts = openCreditOf({ items: order.items, refunded, reduction, credits });
    return amounts.length === 0 ? notes : [...notes, await this.issue({ ...row, refunded }, order, invoice, amounts)];
  }

  private async issue(
    row: InvoicedOrder & { readonly refunded: MinorUnits },
    { orderId, userId, date }: DeliveredOrder,
    invoice: Invoice,
    amounts: readonly TaxedAmount[],
  ): Promise<CreditNote> {
    const issuedAt = this.clock.now();
    const issuedOn = this.calendar.dateOf(issuedAt);
    const series = creditNoteSeriesOf(issuedOn, this.settings.financialYearMonth);
    const last = await this.invoices.lastOf(series);
    const { invoiceId, number, seller, buyer, currency, language, credited = 0, creditedByRate = [] } = invoice;
    const note: CreditNote = {
      kind: 'CREDIT_NOTE',
      invoiceId: creditNoteIdOf(orderId, row.refunded),
      number: creditNoteNumberOf(series, last + 1),
      ...{ userId, orderId, issuedAt, issuedOn, from: date, to: date, seller, buyer, currency, language },
      ofInvoice: { invoiceId, number, issuedOn: invoice.issuedOn },
      taxes: creditTaxesOf(amounts, creditedByRate),
      total: sumOfAmounts(amounts),
    };
    if (credited + note.total > invoice.total) throw new CreditExceedsInvoice(invoice, note.total);
    await this.transaction.commit(
      [
        this.invoices.takeNumbers(series, last, 1),
        this.invoices.issue(note),
        this.invoices.addCredited(invoice, amounts),
        this.invoicedOrders.addCredit(row, { creditNoteId: note.invoiceId, amounts }),
      ],
      [{ type: 'credit_note.issued', ...creditNoteFieldsOf(note) }],
    );
    return note;
  }
}
