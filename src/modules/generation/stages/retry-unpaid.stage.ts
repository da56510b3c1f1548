import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock';
import { iteratePages } from '../../../platform/dynamo/cursor';
import { Database } from '../../../platform/dynamo/database';
import { retryOnConflict, TooMuchContention } from '../../../platform/dynamo/retry-on-conflict';
import { ShutdownSignal } from '../../../platform/shutdown/shutdown-signal';
import { Metrics } from '../../../platform/telemetry/metrics';
import { Transaction } from '../../../platform/transaction/transaction';
import { OrderService, subscriptionOrder } from '../../order';
import { isLineRefusal, ProductService } from '../../product';
import { SHARDS } from '../../subscription';
import { InsufficientBalance, type Wallet, WalletChanged, WalletMovements, WalletService } from '../../wallet';
import { type Allocation, Availability, liveStock } from '../domain/availability';
import { allocate } from '../domain/decide';
import { RunConflict } from '../domain/generation.errors';
import type { Run } from '../domain/run';
import { type OutcomeRecord, OutcomeRepository } from '../outcome.repository';
import { RunRepository } from '../run.repository';
import { isTransient } from './batch-committer';
import { debitOf } from './decision-writer';

const PAGE_SIZE = 100;

/** Stock or wallet were not as they were read. */
class RetryConflict extends Error {}

type PricedAllocation = Extract<Allocation, { outcome: 'ORDERED' | 'SHORT_BALANCE' }>;

/** The last chance of those who were short of money the evening before. */
@Injectable()
export class RetryUnpaidStage {
  private readonly logger = new Logger(RetryUnpaidStage.name);

  constructor(
    private readonly repository: RunRepository,
    private readonly outcomes: OutcomeRepository,
    private readonly orders: OrderService,
    private readonly products: ProductService,
    private readonly wallets: WalletService,
    private readonly movements: WalletMovements,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    private readonly shutdown: ShutdownSignal,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Tries all of a date once more: at the prices of the evening, from what is in stock now. Whoever is still short of
   * money, or whose slot has passed, gets nothing, for good. `ShuttingDown`.
   */
  async retryAll(run: Run): Promise<void> {
    for (const shard of SHARDS) {
      const unpaidPages = iteratePages(PAGE_SIZE, (page) => this.outcomes.listShortBalance(run.date, shard, page));
      for await (const records of unpaidPages) {
        this.shutdown.throwIfStarted();
        if (records.length > 0) await this.transaction.commit([this.repository.heartbeat(run)]);
        for (const record of records) await this.retry(run, record);
      }
    }
  }

  /** What is bad, or does not hold still, costs itself: it stays short of money. */
  private async retry(run: Run, record: OutcomeRecord): Promise<void> {
    try {
      await retryOnConflict(RetryConflict, () => this.attempt(run, record));
    } catch (error) {
      // Somebody else has tried it meanwhile.
      if (error instanceof RunConflict) return;
      if (isTransient(error) && !(error instanceof TooMuchContention)) throw error;
      const { subscriptionId } = record;
      this.logger.error({ err: error, subscriptionId }, 'A subscription cannot be tried once more');
      this.metrics.record('GenerationFault', 1, { subscriptionId });
    }
  }

  private async attempt(run: Run, record: OutcomeRecord): Promise<void> {
    const { userId, items = [], amount = 0, deliverySlot = '' } = record;
    const [wallet, products] = await Promise.all([
      this.database.get(this.wallets.readOf(userId)),
      this.products.currentProductsOf(items),
    ]);
    const availability = new Availability(liveStock(items, products), new Map([[userId, wallet.balance]]));
    const allocation = allocate(items, { userId, paymentMethod: 'WALLET' }, availability, 'GO_WITHOUT');
    try {
      const isLate = deliverySlot < this.clock.now();
      const isUnpaid = wallet.balance < amount && allocation.outcome !== 'ORDERED';
      if (isLate || isUnpaid || allocation.outcome === 'SHORT_BALANCE' || allocation.outcome === 'WAITING') {
        await this.transaction.commit([this.outcomes.finalizeShortBalance(record)]);
      } else if (allocation.outcome === 'ORDERED') await this.placeOrder(run, record, allocation, wallet);
      else await this.recordUnavailable(run, record, allocation.outcome);
    } catch (error) {
      const isConflict = error instanceof WalletChanged || error instanceof InsufficientBalance || isLineRefusal(error);
      throw isConflict ? new RetryConflict() : error;
    }
  }

  private async placeOrder(
    run: Run,
    record: OutcomeRecord,
    { items, missing }: PricedAllocation,
    wallet: Wallet,
  ): Promise<void> {
    const { subscriptionId, userId, date, deliverySlot = '', address = '' } = record;
    const allMissing = [...(record.missing ?? []), ...missing];
    const order = subscriptionOrder(
      { subscriptionId, userId, date, items, missing: allMissing, deliverySlot, address, paymentMethod: 'WALLET' },
      this.clock.now(),
    );
    const { writes, events } = this.movements.postingOf(userId, [debitOf(order)], wallet);
    await this.transaction.commit(
      [
        this.outcomes.replaceByOrder(record),
        this.repository.resolveShortBalance(run, 'ORDERED'),
        this.orders.createSubscriptionOrder(order),
        ...writes,
        ...items.map((item) => this.products.takeStockAtAnyPrice(item)),
      ],
      [{ type: 'subscription.orders_generated', date, orderIds: [order.orderId] }, ...events],
    );
  }

  /** By now there is nothing left of it. */
  private async recordUnavailable(
    run: Run,
    record: OutcomeRecord,
    outcome: 'OUT_OF_STOCK' | 'PRODUCT_WITHDRAWN',
  ): Promise<void> {
    const { subscriptionId, userId, date, items = [] } = record;
    const missing = [...(record.missing ?? []), ...items.map(({ productId, qty }) => ({ productId, qty }))];
    await this.transaction.commit(
      [
        this.outcomes.finalizeUnavailable(record, { outcome, missing }),
        this.repository.resolveShortBalance(run, outcome),
      ],
      [{ type: 'subscription.occurrence_skipped', subscriptionId, userId, date, reason: outcome }],
    );
  }
}
