import { Inject, Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { Calendar } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import type { Queue } from '../../platform/queue/declare-queue';
import { Publisher } from '../../platform/queue/publisher';
import { Transaction } from '../../platform/transaction/transaction';
import { type InvoiceDraft, type Month, monthEndedBy, monthInvoiceIdOf } from './domain/invoice';
import { RunChanged } from './domain/invoice.errors';
import { InvoiceDrafts } from './invoice-drafts.service';
import { InvoiceIssuer } from './invoice-issuer.service';
import { InvoiceRunRepository } from './invoice-run.repository';
import { InvoiceRepository } from './invoice.repository';
import { INVOICE_QUEUE } from './invoice.settings';
import { type InvoicedOrder, InvoicedOrderRepository } from './invoiced-order.repository';
import { OrderSettlement } from './order-settlement.service';

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
  /** Its run and all older ones are known to be done, so that the scheduler reads nothing. */
  private doneMonth: Month = '';

  constructor(
    private readonly runs: InvoiceRunRepository,
    private readonly invoices: InvoiceRepository,
    private readonly invoicedOrders: InvoicedOrderRepository,
    private readonly drafts: InvoiceDrafts,
    private readonly issuer: InvoiceIssuer,
    private readonly settlement: OrderSettlement,
    private readonly transaction: Transaction,
    private readonly publisher: Publisher,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(INVOICE_QUEUE) private readonly queue: Queue,
  ) {}

  /** Starts the run of the month that has ended, and resumes runs that have stalled, those of older months included. */
  async ensureProgress(): Promise<void> {
    const month = monthEndedBy(this.calendar.dateOf(this.clock.now()));
    if (month <= this.doneMonth) return;
    const runs = await this.runs.all();
    const now = this.clock.realNow();
    const open = runs.filter(({ openShards }) => openShards !== undefined);
    for (const run of open) {
      if (run.progressAt >= now - STALLED_MILLISECONDS) continue;
      this.logger.warn({ month: run.month }, 'Invoice run stalled, resuming');
      await this.sendOnce(run.month, () => this.runs.resume(run, now));
    }
    const isStarted = runs.some((run) => run.month === month);
    if (!isStarted) await this.sendOnce(month, () => this.runs.start(month, this.clock.now(), now));
    else if (open.length === 0) this.doneMonth = month;
  }

  /** Issues the invoices of the next customers of a shard. */
  async issueNext({ month, shard, after }: ShardWork): Promise<void> {
    const { orders, next } = await this.pendingOrders(month, shard, after);
    await this.issuer.issue(await this.draftsOf(month, orders));
    // Other workers may have issued an invoice meanwhile or before, and without an order that is recorded late.
    await this.settlement.settle(await this.invoicedOrders.findAll(orders.map(({ orderId }) => orderId)));
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

  /** The pending orders of the next customers, and the last of these unless the shard ends there. */
  private async pendingOrders(
    month: Month,
    shard: number,
    after: UserId | undefined,
  ): Promise<{ orders: InvoicedOrder[]; next?: UserId }> {
    const orders: InvoicedOrder[] = [];
    let last: UserId | undefined;
    let count = 0;
    const pages = iteratePages(PAGE_SIZE, (page) => this.invoicedOrders.pendingOfShard(shard, after, page));
    for await (const page of pages) {
      for (const order of page) {
        const { userId } = order;
        if (userId !== last && count === CUSTOMERS_AT_ONCE) return { orders, next: last };
        if (userId !== last) count++;
        last = userId;
        if (order.month <= month) orders.push(order);
      }
    }
    return { orders };
  }

  private async draftsOf(month: Month, orders: readonly InvoicedOrder[]): Promise<InvoiceDraft[]> {
    const drafts: InvoiceDraft[] = [];
    for (const [userId, pending] of Map.groupBy(orders, (order) => order.userId)) {
      const draft = await this.draftOf(month, userId, pending);
      if (draft) drafts.push(draft);
    }
    return drafts;
  }

  /** The draft of a customer's invoice, unless it is issued or has no delivered order. */
  private async draftOf(
    month: Month,
    userId: UserId,
    pending: readonly InvoicedOrder[],
  ): Promise<InvoiceDraft | undefined> {
    const invoiceId = monthInvoiceIdOf(month, userId);
    if (await this.invoices.find(invoiceId)) return undefined;
    const candidates = pending.filter((order) => order.invoiceId === undefined || order.invoiceId === invoiceId);
    const orders = await this.drafts.onlyDelivered(candidates.map(({ orderId }) => orderId));
    const found = await pLimit(WRITES_AT_ONCE).map(orders, (order) => this.invoicedOrders.assign(order, invoiceId));
    const assigned = found.filter((order) => order !== undefined);
    return assigned.length === 0 ? undefined : this.drafts.draftFor(userId, assigned, { invoiceId, month });
  }
}
