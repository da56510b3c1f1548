import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { isOutage } from '../../platform/aws-errors';
import { Unavailable } from '../../platform/errors';
import { type CreditNote, hasOrder, type Invoice } from './domain/invoice';
import { CreditNoteIssuer } from './credit-note-issuer.service';
import { InvoiceFiles } from './invoice-files.service';
import { InvoiceRepository } from './invoice.repository';
import { type InvoicedOrder, InvoicedOrderRepository } from './invoiced-order.repository';

/** An order, and the issued invoice that it is on. */
interface OrderOnInvoice {
  readonly row: InvoicedOrder;
  readonly invoice: Invoice;
}

const WRITES_AT_ONCE = 10;

/**
 * Completes orders whose invoice is issued, whichever worker issued it. An order is settled, and no longer pending, once
 * it is on its invoice, its refunds are credited, and the files are stored.
 */
@Injectable()
export class OrderSettlement {
  private readonly logger = new Logger(OrderSettlement.name);

  constructor(
    private readonly invoices: InvoiceRepository,
    private readonly invoicedOrders: InvoicedOrderRepository,
    private readonly issuer: CreditNoteIssuer,
    private readonly files: InvoiceFiles,
  ) {}

  /**
   * Settles the orders whose invoice is issued. They must be read after that. Others stay pending. If a rule throws for an
   * order, it is logged, and only that order stays pending, so that the next run tries it again. Returns these errors.
   * Idempotent. Emits `credit_note.issued`, `invoice.ready` and `credit_note.ready`.
   */
  async settle(rows: readonly (InvoicedOrder | undefined)[]): Promise<Error[]> {
    const orders = await this.onIssuedInvoices(rows.filter((row) => row !== undefined));
    const invoices = new Set(orders.map(({ invoice }) => invoice));
    const { credited, creditNotes, failures } = await this.credit(orders);
    // The files come last, so that no number waits for S3. A worker that crashed in between has left some out.
    await this.files.storeAll([...invoices, ...creditNotes]);
    await pLimit(WRITES_AT_ONCE).map(credited, (row) => this.invoicedOrders.finish(row));
    return failures;
  }

  private async credit(orders: readonly OrderOnInvoice[]) {
    const credited: InvoicedOrder[] = [];
    const creditNotes: CreditNote[] = [];
    const failures: Error[] = [];
    for (const { row } of orders) {
      try {
        creditNotes.push(...(await this.issuer.creditOrder(row)));
        credited.push(row);
      } catch (error) {
        if (error instanceof Unavailable || isOutage(error)) throw error;
        this.logger.error({ err: error, orderId: row.orderId }, 'Refund of an order could not be credited');
        failures.push(error as Error);
      }
    }
    return { credited, creditNotes, failures };
  }

  /** The orders that are on their issued invoice. Those that an issued invoice lacks are released from it. */
  private async onIssuedInvoices(rows: readonly InvoicedOrder[]): Promise<OrderOnInvoice[]> {
    const invoiceIds = [...new Set(rows.flatMap(({ invoiceId }) => invoiceId ?? []))];
    const found = await this.invoices.findAll(invoiceIds);
    const invoices = new Map(invoiceIds.map((invoiceId, index) => [invoiceId, found[index]]));
    const orders: OrderOnInvoice[] = [];
    for (const row of rows) {
      const { orderId, invoiceId } = row;
      const invoice = invoiceId === undefined ? undefined : invoices.get(invoiceId);
      if (!invoice) continue;
      if (hasOrder(invoice, orderId)) orders.push({ row, invoice });
      else {
        this.logger.warn({ orderId, invoiceId }, 'Order is not on its issued invoice, releasing it');
        await this.invoicedOrders.release(row);
      }
    }
    return orders;
  }
}
