import { Inject, Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { Calendar } from '../../kernel/calendar';
import type { OrderId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import type { Queue } from '../../platform/queue/declare-queue';
import { Publisher } from '../../platform/queue/publisher';
import { Transaction } from '../../platform/transaction/transaction';
import { type Invoice, type InvoiceDraft, type Month, monthEndedBy, monthInvoiceIdOf } from './domain/invoice';
import { RunChanged } from './domain/invoice.errors';
import { CreditNotes } from './credit-notes.service';
import { InvoiceDrafts } from './invoice-drafts.service';
import { InvoiceFiles } from './invoice-files.service';
import { InvoiceIssuer } from './invoice-issuer.service';
import { InvoiceRunRepository } from './invoice-run.repository';
import { InvoiceRepository } from './invoice.repository';
import { INVOICE_QUEUE } from './invoice.settings';
import { type InvoicedOrder, InvoicedOrderRepository } from './invoiced-order.repository';

/** Work on one shard of a month, beginning after a customer. */
export interface ShardWork {
  readonly month: Month;
  readonly shard: number;
  readonly after?: UserId;
}

/** Customers of one message. Small, so that a message ends within its lease, and a crash repeats little. */
const CUSTOMERS_AT_ONCE = 20;
const PAGE_SIZE = 200;
const WRITES_AT_ONCE = 10;
/** A run without progress for so long has lost a message. */
const STALLED_MILLISECONDS = 15 * 60_000;

/**
 * Issues the invoices of a month once it has ended. Each message covers some customers of a shard and sends the next one,
 * so that a run continues after a crash. Deliveries that are recorded after the invoice of their month go into the next.
 */
@Injectable()
export class MonthlyInvoices {
  private readonly logger = new Logger(MonthlyInvoices.name);
  /** The last month whose run is known to be done, so that the scheduler reads nothing. */
  private doneMonth: Month = '';

  constructor(
    private readonly runs: InvoiceRunRepository,
    private readonly invoices: InvoiceRepository,
    private readonly invoicedOrders: InvoicedOrderRepository,
    private readonly drafts: InvoiceDrafts,
    private readonly issuer: InvoiceIssuer,
    private readonly files: InvoiceFiles,
    private readonly creditNotes: CreditNotes,
    private readonly transaction: Transaction,
    private readonly publisher: Publisher,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(INVOICE_QUEUE) private readonly queue: Queue,
  ) {}

  /** Starts the run of the month that has ended, or resumes it if it has stalled. */
  async ensureProgress(): Promise<void> {
    const month = monthEndedBy(this.calendar.dateOf(this.clock.now()));
    if (month <= this.doneMonth) return;
    const run = await this.runs.find(month);
    const now = this.clock.realNow();
    if (run && !run.openShards) this.doneMonth = month;
    else if (!run) await this.sendOnce(month, () => this.runs.start(month, this.clock.now(), now));
    else if (run.progressAt < now - STALLED_MILLISECONDS) {
      this.logger.warn({ month }, 'Invoice run stalled, resuming');
      await this.sendOnce(month, () => this.runs.resume(run, now));
    }
  }

  /** Issues the invoices of the next customers of a shard. */
  async issueNext({ month, shard, after }: ShardWork): Promise<void> {
    const { byCustomer, next } = await this.pendingOrders(month, shard, after);
    const drafts: InvoiceDraft[] = [];
    const issuedBefore: Invoice[] = [];
    const invoiced: OrderId[] = [];
    for (const [userId, orders] of byCustomer) {
      const prepared = await this.prepare(month, userId, orders);
      if (prepared.draft) drafts.push(prepared.draft);
      if (prepared.issued) issuedBefore.push(prepared.issued);
      invoiced.push(...prepared.invoiced);
    }
    const issued = await this.issuer.issue(drafts);
    const creditNotes = await this.creditNotes.creditRefunds(invoiced);
    // The files come last, so that no number waits for S3. A worker that crashed in between has left some out.
    await this.files.storeAll([...issuedBefore, ...issued, ...creditNotes]);
    await concurrently(invoiced, (orderId) => this.invoicedOrders.finish(orderId));
    if (next !== undefined) {
      await this.runs.recordProgress(month, this.clock.realNow());
      return this.send({ month, shard, after: next });
    }
    const run = await this.runs.finishShard(month, shard, this.clock.realNow());
    if (run && !run.openShards) this.logger.log({ month }, 'Invoice run finished');
  }

  private async sendOnce(month: Month, write: () => ReturnType<InvoiceRunRepository['start']>): Promise<void> {
    try {
      await this.transaction.commit([write()]);
    } catch (error) {
      if (error instanceof RunChanged) return;
      throw error;
    }
    const run = await this.runs.find(month);
    await Promise.all([...(run?.openShards ?? [])].map((shard) => this.send({ month, shard: Number(shard) })));
  }

  private async send(work: ShardWork): Promise<void> {
    await this.publisher.sendToQueue(this.queue.url, { kind: 'MONTH', ...work });
  }

  /** The pending orders of the next customers, and the last of them unless the shard ends there. */
  private async pendingOrders(
    month: Month,
    shard: number,
    after: UserId | undefined,
  ): Promise<{ byCustomer: Map<UserId, InvoicedOrder[]>; next?: UserId }> {
    const byCustomer = new Map<UserId, InvoicedOrder[]>();
    let last: UserId | undefined;
    let count = 0;
    const pages = iteratePages(PAGE_SIZE, (page) => this.invoicedOrders.pendingOfShard(shard, after, page));
    for await (const orders of pages) {
      for (const order of orders) {
        const { userId } = order;
        if (userId !== last && count === CUSTOMERS_AT_ONCE) return { byCustomer, next: last };
        if (userId !== last) count++;
        last = userId;
        if (order.month <= month) byCustomer.set(userId, [...(byCustomer.get(userId) ?? []), order]);
      }
    }
    return { byCustomer };
  }

  /** A customer's draft or issued invoice, and the orders that are part of an issued one once the draft is issued. */
  private async prepare(
    month: Month,
    userId: UserId,
    pending: readonly InvoicedOrder[],
  ): Promise<{ draft?: InvoiceDraft; issued?: Invoice; invoiced: OrderId[] }> {
    const invoiceId = monthInvoiceIdOf(month, userId);
    const isOurs = (order: InvoicedOrder) => order.invoiceId === invoiceId;
    const invoiced = await this.invoicedElsewhere(pending.filter((order) => order.invoiceId && !isOurs(order)));
    const issued = await this.invoices.find(invoiceId);
    if (issued) {
      return { issued, invoiced: [...invoiced, ...pending.filter(isOurs).map(({ orderId }) => orderId)] };
    }
    const candidates = pending.filter((order) => order.invoiceId === undefined || isOurs(order));
    const orders = await this.drafts.deliveredOrders(candidates.map(({ orderId }) => orderId));
    const found = await concurrently(orders, (order) => this.invoicedOrders.assign(order, invoiceId));
    const assigned = found.filter((order) => order !== undefined);
    if (assigned.length === 0) return { invoiced };
    const draft = await this.drafts.draftFor(userId, assigned, { invoiceId, month });
    return { draft, invoiced: [...invoiced, ...assigned.map(({ orderId }) => orderId)] };
  }

  /** The orders whose own invoice was issued by a worker that crashed before it took them off the list. */
  private async invoicedElsewhere(orders: readonly InvoicedOrder[]): Promise<OrderId[]> {
    const invoices = await this.invoices.findAll(orders.map(({ invoiceId = '' }) => invoiceId));
    return orders.flatMap(({ orderId }, index) => (invoices[index] ? [orderId] : []));
  }
}

async function concurrently<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const limit = pLimit(WRITES_AT_ONCE);
  return Promise.all(items.map((item) => limit(() => work(item))));
}
