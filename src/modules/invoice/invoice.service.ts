import { Injectable } from '@nestjs/common';
import type { OrderId, UserId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import type { Link } from '../../platform/storage/object-storage.service';
import { Transaction } from '../../platform/transaction/transaction';
import { OrderService } from '../order';
import { hasOrder, type InvoiceDocument, orderInvoiceIdOf } from './domain/invoice';
import { InvoiceDrafts } from './invoice-drafts.service';
import { InvoiceFiles } from './invoice-files.service';
import { InvoiceIssuer } from './invoice-issuer.service';
import { InvoiceRepository } from './invoice.repository';
import { ignoringInvoiced, InvoicedOrderRepository } from './invoiced-order.repository';
import { OrderSettlement } from './order-settlement.service';

/** An invoice or credit note with a link to its file. The link is missing until the file is stored. */
export type InvoiceView = InvoiceDocument & { readonly link?: Link };

/** A request is repeated if no invoice is there after this time. */
const REQUEST_MILLISECONDS = 30_000;

/** The invoices of customers: for one order on request, and for everything else once a month. */
@Injectable()
export class InvoiceService {
  constructor(
    private readonly invoices: InvoiceRepository,
    private readonly invoicedOrders: InvoicedOrderRepository,
    private readonly orders: OrderService,
    private readonly drafts: InvoiceDrafts,
    private readonly issuer: InvoiceIssuer,
    private readonly files: InvoiceFiles,
    private readonly settlement: OrderSettlement,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /**
   * The invoice of a delivered order, or undefined while it is made. Emits `invoice.requested`. `order.not_found`,
   * `invoice.order_not_delivered`.
   */
  async ofOrder(orderId: OrderId, caller: Caller): Promise<InvoiceView | undefined> {
    const order = await this.orders.getOwned(orderId, caller);
    const { userId } = this.drafts.deliveredOrderOf(order);
    const { invoiceId } = (await this.invoicedOrders.find(orderId)) ?? {};
    const invoice = invoiceId === undefined ? undefined : await this.invoices.find(invoiceId);
    if (invoice?.fileKey !== undefined && hasOrder(invoice, orderId)) return this.viewOf(invoice);
    await this.request(orderId, userId);
    return undefined;
  }

  /** A customer's invoices and credit notes. Of a financial year, credit notes come first; latest first in each. */
  async ofUser(userId: UserId, page: PageRequest): Promise<Page<InvoiceView>> {
    const { items, next } = await this.invoices.ofUser(userId, page);
    return { items: await Promise.all(items.map((invoice) => this.viewOf(invoice))), next };
  }

  /** Records that an order was delivered, so that the month's invoice includes it. Idempotent. */
  async addDelivered(orderId: OrderId): Promise<void> {
    const [order] = await this.drafts.deliveredOrders([orderId]);
    if (order) await ignoringInvoiced(this.invoicedOrders.add(order));
  }

  /** Issues the invoice of an order, unless the order is part of another one. Settles the order. Idempotent. */
  async issueForOrder(orderId: OrderId): Promise<void> {
    const [order] = await this.drafts.deliveredOrders([orderId]);
    if (!order) return;
    const invoiceId = orderInvoiceIdOf(orderId);
    const assigned = await this.invoicedOrders.assign(order, invoiceId);
    if (assigned) {
      await this.issuer.issue([await this.drafts.draftFor(order.userId, [assigned], { invoiceId, orderId })]);
    }
    const [failure] = await this.settlement.settle([await this.invoicedOrders.find(orderId)]);
    if (failure) throw failure;
  }

  private async request(orderId: OrderId, userId: UserId): Promise<void> {
    const now = this.clock.realNow();
    await ignoringInvoiced(
      this.transaction.commit(
        [this.invoicedOrders.recordRequest(orderId, now, now - REQUEST_MILLISECONDS)],
        [{ type: 'invoice.requested', orderId, userId }],
      ),
    );
  }

  private async viewOf(invoice: InvoiceDocument): Promise<InvoiceView> {
    return invoice.fileKey === undefined ? invoice : { ...invoice, link: await this.files.linkTo(invoice) };
  }
}
