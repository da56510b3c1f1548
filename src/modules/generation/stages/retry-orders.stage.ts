import { Injectable, Logger } from '@nestjs/common';
import type { SubscriptionId, UserId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/dynamo/database';
import { iteratePages } from '../../../platform/dynamo/cursor';
import { retryOnConflict, TooMuchContention } from '../../../platform/dynamo/retry-on-conflict';
import { ShutdownSignal } from '../../../platform/shutdown/shutdown-signal';
import { Metrics } from '../../../platform/telemetry/metrics';
import { Transaction } from '../../../platform/transaction/transaction';
import { type Order, OrderService, subscriptionOrderIdOf } from '../../order';
import { CustomerBlocked, SUBSCRIPTION_PARTITIONS } from '../../subscription';
import type { Wallet } from '../../wallet';
import { Availability } from '../domain/availability';
import { canBeRecovered, decideAddition, decideRetry } from '../domain/decide-retry';
import { RetryConflict, RunConflict } from '../domain/generation.errors';
import { isRetryable, type OutcomeRecord } from '../domain/outcome-record';
import type { Run } from '../domain/run';
import { GENERATION_FAULT } from '../generation.metrics';
import { OutcomeRepository } from '../outcome.repository';
import { isConflict, isTransient } from '../placing/commit-errors';
import type { Changes } from '../placing/decision-writer';
import { RetryWriter } from '../placing/retry-writer';
import { SnapshotReader } from '../placing/snapshot-reader';
import { RunRepository } from '../run.repository';
import { StockReservationRepository } from '../stock-reservation.repository';

const PAGE_SIZE = 50;

/** What is retried for one subscription. */
interface Retry {
  readonly subscriptionId: SubscriptionId;
  readonly attempt: () => Promise<void>;
}

/**
 * In the early morning, tries again to place the orders that were not placed, or not in full. First those that lack
 * products, oldest subscription first, from stock that has come back. Then those that the wallet did not cover.
 */
@Injectable()
export class RetryOrdersStage {
  private readonly logger = new Logger(RetryOrdersStage.name);

  constructor(
    private readonly outcomes: OutcomeRepository,
    private readonly orders: OrderService,
    private readonly reservations: StockReservationRepository,
    private readonly runs: RunRepository,
    private readonly snapshots: SnapshotReader,
    private readonly writer: RetryWriter,
    private readonly transaction: Transaction,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly shutdown: ShutdownSignal,
    private readonly metrics: Metrics,
  ) {}

  /** Retries the subscriptions of a date, one by one: see `decideRetry` and `decideAddition`. `ShuttingDown`. */
  async retryAll(run: Run): Promise<void> {
    const { date } = run;
    for (let round = 1; round <= run.round; round++) {
      const deferredPages = iteratePages(PAGE_SIZE, (page) => this.reservations.listDeferred({ date, round }, page));
      for await (const deferred of deferredPages) {
        const ids = deferred.map(({ subscriptionId }) => subscriptionId);
        await this.retryPage(run, await this.incompleteOf(run, ids));
      }
    }
    for (const partition of SUBSCRIPTION_PARTITIONS) {
      const unpaidPages = iteratePages(PAGE_SIZE, (page) => this.outcomes.listShortBalance(date, partition, page));
      for await (const records of unpaidPages) {
        await this.retryPage(
          run,
          records.map((record) => this.recordRetry(run, record)),
        );
      }
    }
  }

  /** The subscriptions that got no order for lack of stock or money, or one that lacks products. */
  private async incompleteOf(run: Run, ids: readonly SubscriptionId[]): Promise<Retry[]> {
    const { date } = run;
    const [records, orders] = await Promise.all([
      this.database.batchGet(ids.map((id) => this.outcomes.readOf(id, date))),
      this.database.batchGet(ids.map((id) => this.orders.readOf(subscriptionOrderIdOf(id, date)))),
    ]);
    return ids.flatMap((subscriptionId, index) => {
      const [record, order] = [records[index], orders[index]];
      if (order) return isIncomplete(order) ? [{ subscriptionId, attempt: () => this.addLinesOnce(order) }] : [];
      return record && isRetryable(record) ? [this.recordRetry(run, record)] : [];
    });
  }

  private recordRetry(run: Run, record: OutcomeRecord): Retry {
    return { subscriptionId: record.subscriptionId, attempt: () => this.retryRecordOnce(run, record) };
  }

  private async retryPage(run: Run, retries: readonly Retry[]): Promise<void> {
    this.shutdown.throwIfStarted();
    if (retries.length > 0) await this.transaction.commit([this.runs.heartbeat(run)]);
    for (const retry of retries) await this.retry(retry);
  }

  /** If a subscription cannot be retried, it stays as it is. The others are still retried. */
  private async retry({ subscriptionId, attempt }: Retry): Promise<void> {
    try {
      await retryOnConflict(RetryConflict, attempt);
    } catch (error) {
      // Another worker has retried it.
      if (error instanceof RunConflict) return;
      // Contention concerns only this subscription or its products, so the others are still retried.
      if (isTransient(error) && !(error instanceof TooMuchContention)) throw error;
      this.logger.error({ err: error, subscriptionId }, 'Subscription could not be retried');
      this.metrics.record(GENERATION_FAULT, 1, { subscriptionId });
    }
  }

  private async retryRecordOnce(run: Run, record: OutcomeRecord): Promise<void> {
    const { userId, items = [], missing = [] } = record;
    const { wallet, availability } = await this.availabilityFor(userId, [...items, ...missing]);
    const now = this.clock.now();
    const decision = decideRetry(record, availability, now);
    try {
      await this.commit(this.writer.changesOf(run, record, decision, wallet, now));
    } catch (error) {
      if (!(error instanceof CustomerBlocked)) throw error;
      await this.commit(this.writer.blockedChangesOf(run, record));
    }
  }

  private async addLinesOnce({ orderId }: Order): Promise<void> {
    const order = await this.orders.get(orderId);
    if (!isIncomplete(order) || !canBeRecovered(order)) return;
    const { wallet, availability } = await this.availabilityFor(order.userId, order.missing ?? []);
    const addition = decideAddition(order, availability, this.clock.now());
    if (!addition) return;
    try {
      await this.commit(this.writer.additionChangesOf(order, addition, wallet));
    } catch (error) {
      if (!(error instanceof CustomerBlocked)) throw error;
    }
  }

  private async availabilityFor(
    userId: UserId,
    lines: readonly Line[],
  ): Promise<{ readonly wallet: Wallet; readonly availability: Availability }> {
    const [wallet, stock] = await Promise.all([this.snapshots.wallet(userId), this.snapshots.stockToTake(lines)]);
    return { wallet, availability: new Availability(stock, new Map([[userId, wallet.balance]])) };
  }

  private async commit({ writes, events }: Changes): Promise<void> {
    try {
      await this.transaction.commit(writes, events);
    } catch (error) {
      throw isConflict(error) ? new RetryConflict() : error;
    }
  }
}

/** Whether lines can still be added: some are missing, none were added, and the order is neither packed nor free. */
function isIncomplete({ status, amount, missing, addedAmount }: Order): boolean {
  return status === 'CONFIRMED' && amount > 0 && missing !== undefined && addedAmount === undefined;
}
