import { Inject, Injectable, Logger } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import type { OrderId, PaymentId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import { isOutage } from '../../platform/aws-errors';
import { Clock } from '../../platform/clock';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import { Unavailable } from '../../platform/errors';
import { Transaction } from '../../platform/transaction/transaction';
import { OrderQueryService } from '../order';
import { creditNoteIdOf, creditTaxesOf, openCreditOf, sumOfAmounts, type TaxedAmount } from './domain/credit';
import { type CreditNote, creditNoteFieldsOf, type DeliveredOrder, hasOrder, type Invoice } from './domain/invoice';
import { CreditExceedsInvoice, SeriesMoved } from './domain/invoice.errors';
import { creditNoteNumberOf, creditNoteSeriesOf } from './domain/series';
import { InvoiceDrafts } from './invoice-drafts.service';
import { InvoiceFiles } from './invoice-files.service';
import { InvoiceRepository } from './invoice.repository';
import { INVOICE_SETTINGS, type InvoiceSettings } from './invoice.settings';
import { type InvoicedOrder, InvoicedOrderRepository } from './invoiced-order.repository';

export interface OrderRefund {
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
  /** What was refunded of the payment in all. */
  readonly refunded: MinorUnits;
}

/**
 * Credit notes, for what is refunded of an order after its invoice was issued. A refund is recorded before the invoice is
 * looked for, and an invoice is issued before the refunds are looked for. So one of two workers finds the other's work.
 */
@Injectable()
export class CreditNotes {
  private readonly logger = new Logger(CreditNotes.name);

  constructor(
    private readonly orders: OrderQueryService,
    private readonly drafts: InvoiceDrafts,
    private readonly invoices: InvoiceRepository,
    private readonly invoicedOrders: InvoicedOrderRepository,
    private readonly files: InvoiceFiles,
    private readonly transaction: Transaction,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(INVOICE_SETTINGS) private readonly settings: InvoiceSettings,
  ) {}

  /**
   * Records a refund, and credits it if the order's invoice is issued. Idempotent. Emits `credit_note.issued` and
   * `credit_note.ready`.
   */
  async refund({ orderId, paymentId, refunded }: OrderRefund): Promise<void> {
    const [order] = await this.orders.findByIds([orderId]);
    // A second payment of an order is refunded too, and a cancelled order is on no invoice.
    if (order?.payment?.paymentId !== paymentId || order.status === 'CANCELLED') return;
    await this.invoicedOrders.recordRefunded(orderId, refunded);
    await this.files.storeAll(await this.creditOrder(await this.invoicedOrders.find(orderId)));
  }

  /**
   * Credits what was refunded of orders and is not deducted from their invoices. Returns the credit notes of the orders,
   * so that the caller stores their files. If a rule throws for an order, only that order is skipped, and the
   * reconciliation reports it. Idempotent. Emits `credit_note.issued`.
   */
  async creditRefunds(rows: readonly InvoicedOrder[]): Promise<CreditNote[]> {
    const notes: CreditNote[] = [];
    for (const row of rows) {
      try {
        notes.push(...(await this.creditOrder(row)));
      } catch (error) {
        if (error instanceof Unavailable || isOutage(error)) throw error;
        this.logger.error({ err: error, orderId: row.orderId }, 'Refund of an order could not be credited');
      }
    }
    return notes;
  }

  private async creditOrder(row: InvoicedOrder | undefined): Promise<CreditNote[]> {
    if (!row) return [];
    return retryOnConflict(SeriesMoved, async (conflict) =>
      this.issueOpenCredit(conflict ? await this.invoicedOrders.find(row.orderId) : row),
    );
  }

  /** Returns all credit notes of the order. */
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
    if (credited + note.total > invoice.total) throw new CreditExceedsInvoice();
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
