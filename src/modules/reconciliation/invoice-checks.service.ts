import { Injectable } from '@nestjs/common';
import { iteratePages } from '../../platform/dynamo/cursor';
import {
  type CountedSeries,
  type CreditNote,
  type Invoice,
  InvoiceAudit,
  type InvoiceDocument,
  isInvoice,
} from '../invoice';
import { type Order, OrderQueryService } from '../order';
import { type Check, mapLimited } from './check';
import {
  creditNoteViolations,
  deliveredOrderViolations,
  invoiceNotices,
  invoiceViolations,
  numberViolations,
  seriesViolations,
} from './domain/invoice-invariants';
import type { Violation } from './domain/violation';

/** Small, because the invoice of a month names up to a hundred orders. */
const PAGE_SIZE = 25;

/** The checks of invoices, credit notes and their numbers. */
@Injectable()
export class InvoiceChecks {
  constructor(
    private readonly invoices: InvoiceAudit,
    private readonly orders: OrderQueryService,
  ) {}

  readonly document: Check<InvoiceDocument> = {
    pages: () => iteratePages(PAGE_SIZE, (page) => this.invoices.scan(page)),
    reload: async ({ invoiceId }) => (await this.invoices.findAll<InvoiceDocument>([invoiceId]))[0],
    violationsOf: async (documents) => {
      const places = documents.map(({ number }) => this.invoices.placeOf(number));
      const lasts = await this.invoices.lastOf(places.map(({ series }) => series));
      return mapLimited([...documents.keys()], async (index) => {
        const document = documents[index] as InvoiceDocument;
        return [
          ...numberViolations(document, places[index]?.position ?? 0, lasts[index] ?? 0),
          ...(isInvoice(document) ? await this.ofInvoice(document) : await this.ofCreditNote(document)),
        ];
      });
    },
    noticesOf: (documents) => Promise.resolve(documents.filter(isInvoice).flatMap(invoiceNotices)),
  };

  readonly series: Check<CountedSeries> = {
    pages: (progress) => this.invoices.countedSeries(progress),
    reload: (series, progress) => this.invoices.recount(series, progress),
    violationsOf: (all) => Promise.resolve(all.map(seriesViolations)),
  };

  /** Whether delivered orders are on the invoices that they must be on. */
  async violationsOfOrders(orders: readonly Order[]): Promise<Violation[][]> {
    const delivered = orders.filter(({ status }) => status === 'DELIVERED');
    if (delivered.length === 0) return orders.map(() => []);
    const rows = await this.invoices.invoicedOrdersOf(delivered.map(({ orderId }) => orderId));
    const invoiceIds = [...new Set(rows.flatMap((row) => row?.invoiceId ?? []))];
    const invoices = new Map((await this.invoices.findAll(invoiceIds)).map((invoice) => [invoice?.invoiceId, invoice]));
    const closed = await this.invoices.closedMonths();
    const found = new Map(
      delivered.map((order, index) => {
        const row = rows[index];
        const month = this.invoices.deliveryMonthOf(order);
        const isIssued = closed !== undefined && month !== undefined && month < closed.issuedTo;
        // An order that was delivered before this version is invoiced only on request.
        const isMonthClosed = isIssued && (row?.month !== undefined || month > closed.recordedAfter);
        const invoice = row?.invoiceId === undefined ? undefined : invoices.get(row.invoiceId);
        return [order.orderId, deliveredOrderViolations({ order, row, invoice, isMonthClosed })];
      }),
    );
    return orders.map(({ orderId }) => found.get(orderId) ?? []);
  }

  private async ofInvoice(invoice: Invoice): Promise<Violation[]> {
    const orderIds = invoice.orders.map(({ orderId }) => orderId);
    const [orders, rows] = await Promise.all([
      this.orders.findByIds(orderIds),
      this.invoices.invoicedOrdersOf(orderIds),
    ]);
    const expectedTaxes = this.invoices.expectedTaxesOf(invoice);
    const ownRows = rows.filter((row) => row?.invoiceId === invoice.invoiceId);
    const credits = await this.invoices.creditsOf(ownRows.filter((row) => row !== undefined));
    return invoiceViolations({ invoice, expectedTaxes, orders, rows, credits });
  }

  private async ofCreditNote(creditNote: CreditNote): Promise<Violation[]> {
    const [[invoice], [row]] = await Promise.all([
      this.invoices.findAll([creditNote.ofInvoice.invoiceId]),
      this.invoices.invoicedOrdersOf([creditNote.orderId]),
    ]);
    return creditNoteViolations({ creditNote, invoice, row });
  }
}
