import { Inject, Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { Calendar } from '../../kernel/calendar';
import type { OrderId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import type { Queue } from '../../platform/queue/declare-queue';
import { Publisher } from '../../platform/queue/publisher';
import { Transaction } from '../../platform/transaction/transaction';
import { type DeliveredOrder, type InvoiceDraft, type Month, monthEndedBy, monthInvoiceIdOf } from './domain/invoice';
import { AlreadyInvoiced, RunChanged } from './domain/invoice.errors';
import { InvoiceDrafts } from './invoice-drafts.service';
import { InvoiceFiles } from './invoice-files.service';
import { InvoiceIssuer } from './invoice-issuer.service';
import { InvoiceRunRepository } from './invoice-run.repository';
import { InvoiceRepository } from './invoice.repository';
import { INVOICE_QUEUE } from './invoice.settings';
import { InvoicedOrderRepository } from './invoiced-order.repository';

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
    for (const [userId, orderIds] of byCustomer) {
      const draft = await this.draftOf(month, userId, orderIds);
      if (draft) drafts.push(draft);
    }
    for (const invoice of await this.issuer.issue(drafts)) await this.files.store(invoice);
    await this.finishOrders([...byCustomer.values()].flat());
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
  ): Promise<{ byCustomer: Map<UserId, OrderId[]>; next?: UserId }> {
    const byCustomer = new Map<UserId, OrderId[]>();
    let lastSeen: UserId | undefined;
    let count = 0;
    const pages = iteratePages(PAGE_SIZE, (page) => this.invoicedOrders.pendingOfShard(shard, after, page));
    for await (const orders of pages) {
      for (const { userId, orderId, month: deliveredIn } of orders) {
        if (userId !== lastSeen && count === CUSTOMERS_AT_ONCE) return { byCustomer, next: lastSeen };
        if (userId !== lastSeen) count++;
        lastSeen = userId;
        if (deliveredIn <= month) byCustomer.set(userId, [...(byCustomer.get(userId) ?? []), orderId]);
      }
    }
    return { byCustomer };
  }

  /** Undefined if the month's invoice was issued before, or if other invoices have all the orders. */
  private async draftOf(month: Month, userId: UserId, orderIds: readonly OrderId[]): Promise<InvoiceDraft | undefined> {
    const invoiceId = monthInvoiceIdOf(month, userId);
    if (await this.invoices.find(invoiceId)) return undefined;
    const orders = await this.drafts.deliveredOrders(orderIds);
    const isAssigned = await concurrently(orders, (order) => this.isAssigned(order, invoiceId));
    const assigned = orders.filter((_, index) => isAssigned[index]);
    return assigned.length === 0 ? undefined : this.drafts.draftFor(userId, assigned, { invoiceId, month });
  }

  private async isAssigned(order: DeliveredOrder, invoiceId: string): Promise<boolean> {
    try {
      await this.transaction.commit([this.invoicedOrders.assign(order, invoiceId)]);
      return true;
    } catch (error) {
      if (error instanceof AlreadyInvoiced) return false;
      throw error;
    }
  }

  /** Orders whose invoice is issued are no longer pending. */
  private async finishOrders(orderIds: readonly OrderId[]): Promise<void> {
    await concurrently(orderIds, async (orderId) => {
      const { invoiceId } = (await this.invoicedOrders.find(orderId)) ?? {};
      if (invoiceId !== undefined && (await this.invoices.find(invoiceId))) await this.invoicedOrders.finish(orderId);
    });
  }
}

async function concurrently<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const limit = pLimit(WRITES_AT_ONCE);
  return Promise.all(items.map((item) => limit(() => work(item))));
}
