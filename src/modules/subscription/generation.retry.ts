import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { retryOnConflict, TooMuchContention } from '../../platform/dynamo/retry-on-conflict';
import type { Item } from '../../platform/dynamo/write';
import { ShutdownSignal } from '../../platform/shutdown/shutdown-signal';
import { Metrics } from '../../platform/telemetry/metrics';
import { Transaction } from '../../platform/transaction/transaction';
import { OrderService, subscriptionOrder } from '../order';
import { isLineRefusal, ProductService } from '../product';
import { InsufficientBalance, type Wallet, WalletChanged, WalletMovements, WalletService } from '../wallet';
import { serve } from './decision';
import type { Run } from './generation';
import { isPassing } from './generation.batches';
import { debitOf } from './generation.decisions';
import { RunMoved } from './generation.errors';
import { GenerationRepository } from './generation.repository';
import { Means, type Serving, shelfOfStock } from './means';
import { type OccurrenceRecord, OccurrenceRepository } from './occurrence.repository';
import { SHARDS } from './subscription.repository';

const RECORDS_A_PAGE = 100;

/** Stock or wallet were not as they were read. */
class Moved extends Error {}

type Ordered = Extract<Serving, { outcome: 'ORDERED' | 'SHORT_BALANCE' }>;

/** The last chance of those who were short of money the evening before. */
@Injectable()
export class BalanceRetry {
  private readonly logger = new Logger(BalanceRetry.name);

  constructor(
    private readonly repository: GenerationRepository,
    private readonly occurrences: OccurrenceRepository,
    private readonly orders: OrderService,
    private readonly products: ProductService,
    private readonly wallets: WalletService,
    private readonly movements: WalletMovements,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    private readonly ending: ShutdownSignal,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Tries all of a date once more: at the prices of the evening, from what is in stock now. Whoever is still short of
   * money, or whose slot has passed, gets nothing, for good. `ShuttingDown`.
   */
  async retryAll(run: Run): Promise<void> {
    for (const shard of SHARDS) {
      const short = iteratePages(RECORDS_A_PAGE, (page) => this.occurrences.short(run.date, shard, page));
      for await (const records of short) {
        this.ending.throwIfStarted();
        if (records.length > 0) await this.transaction.commit([this.repository.stillAt(run)]);
        for (const record of records) await this.retry(run, record);
      }
    }
  }

  /** What is bad, or does not hold still, costs itself: it stays short of money. */
  private async retry(run: Run, record: OccurrenceRecord): Promise<void> {
    try {
      await retryOnConflict(Moved, () => this.tryOnce(run, record));
    } catch (error) {
      // Somebody else has tried it meanwhile.
      if (error instanceof RunMoved) return;
      if (isPassing(error) && !(error instanceof TooMuchContention)) throw error;
      const { subscriptionId } = record;
      this.logger.error({ err: error, subscriptionId }, 'A subscription cannot be tried once more');
      this.metrics.record('GenerationFault', 1, { subscriptionId });
    }
  }

  private async tryOnce(run: Run, record: OccurrenceRecord): Promise<void> {
    const { userId, items = [], amount = 0, deliverySlot = '' } = record;
    const [walletItem, products] = await Promise.all([
      this.database.get<Item>(this.wallets.readOf(userId)),
      this.products.currentProductsOf(items),
    ]);
    const wallet = this.wallets.walletOf(userId, walletItem);
    const means = new Means(shelfOfStock(items, products), new Map([[userId, wallet.balance]]));
    const served = serve(items, { userId, paymentMethod: 'WALLET' }, means, 'GO_WITHOUT');
    try {
      const isLate = deliverySlot < this.clock.now();
      const isUnpaid = wallet.balance < amount && served.outcome !== 'ORDERED';
      if (isLate || isUnpaid || served.outcome === 'SHORT_BALANCE' || served.outcome === 'WAITING') {
        await this.transaction.commit([this.occurrences.closeShort(record)]);
      } else if (served.outcome === 'ORDERED') await this.order(run, record, served, wallet);
      else await this.giveUp(run, record, served.outcome);
    } catch (error) {
      const hasMoved = error instanceof WalletChanged || error instanceof InsufficientBalance || isLineRefusal(error);
      throw hasMoved ? new Moved() : error;
    }
  }

  private async order(run: Run, record: OccurrenceRecord, { items, missing }: Ordered, wallet: Wallet): Promise<void> {
    const { subscriptionId, userId, date, deliverySlot = '', address = '' } = record;
    const gone = [...(record.missing ?? []), ...missing];
    const order = subscriptionOrder(
      { subscriptionId, userId, date, items, missing: gone, deliverySlot, address, paymentMethod: 'WALLET' },
      this.clock.now(),
    );
    const { writes, events } = this.movements.postingOf(userId, [debitOf(order)], wallet);
    await this.transaction.commit(
      [
        this.occurrences.makeGood(record),
        this.repository.recount(run, 'ORDERED'),
        this.orders.createSubscriptionOrder(order),
        ...writes,
        ...items.map((item) => this.products.takeStockAtAnyPrice(item)),
      ],
      [{ type: 'subscription.orders_generated', date, orderIds: [order.orderId] }, ...events],
    );
    this.products.stockTaken(items);
  }

  /** By now there is nothing left of it. */
  private async giveUp(
    run: Run,
    record: OccurrenceRecord,
    outcome: 'OUT_OF_STOCK' | 'PRODUCT_WITHDRAWN',
  ): Promise<void> {
    const { subscriptionId, userId, date, items = [] } = record;
    const missing = [...(record.missing ?? []), ...items.map(({ productId, qty }) => ({ productId, qty }))];
    await this.transaction.commit(
      [this.occurrences.closeGone(record, { outcome, missing }), this.repository.recount(run, outcome)],
      [{ type: 'subscription.occurrence_skipped', subscriptionId, userId, date, reason: outcome }],
    );
  }
}
