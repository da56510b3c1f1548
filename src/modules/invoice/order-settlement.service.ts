import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { isUnavailable } from '../../platform/aws-errors';
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
   * Settles the orders whose invoice is issued. They must be read after that. Others stay pending. If an order cannot be
   * credited, or a document cannot be rendered, that is logged, and only its orders stay pending, so that the next run tries
   * them again. Returns these errors. Idempotent. Emits `credit_note.issued`, `invoice.ready` and `credit_note.ready`.
   */
  async settle(rows: readonly (InvoicedOrder | undefined)[]): Promise<Error[]> {
    const orders = await this.onIssuedInvoices(rows.filter((row) => row !== undefined));
    const { credited, failures } = await this.credit(orders);
    const invoices = new Set(orders.map(({ invoice }) => invoice));
    // The files come last, so that no number waits for S3. A worker that crashed in between has left some out.
    const unstored = await this.files.storeAll([...invoices, ...credited.flatMap(({ creditNotes }) => creditNotes)]);
    const settled = credited.filter(
      ({ invoice, creditNotes }) => ![invoice, ...creditNotes].some(({ invoiceId }) => unstored.has(invoiceId)),
    );
    await pLimit(WRITES_AT_ONCE).map(settled, ({ row }) => this.invoicedOrders.finish(row));
    return [...failures, ...unstored.values()];
  }

  /** The orders whose refunds are credited, with all their credit notes. */
  private async credit(orders: readonly OrderOnInvoice[]) {
    const credited: (OrderOnInvoice & { readonly creditNotes: readonly CreditNote[] })[] = [];
    const failures: Error[] = [];
    for (const order of orders) {
      try {
        credited.push({ ...order, creditNotes: await this.issuer.creditOrder(order.row) });
      } catch (error) {
        if (isUnavailable(error)) throw error;
        this.logger.error({ err: error, orderId: order.row.orderId }, 'Refund of an order could not be credited');
        failures.push(error as Error);
      }
    }
    return { credited, failures };
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
