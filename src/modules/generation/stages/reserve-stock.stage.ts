import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../kernel/calendar';
import type { ProductId } from '../../../kernel/ids';
import { iteratePages } from '../../../platform/dynamo/cursor';
import { Unavailable } from '../../../platform/errors';
import { ShutdownSignal } from '../../../platform/shutdown/shutdown-signal';
import { Transaction } from '../../../platform/transaction/transaction';
import { isLineRefusal, ProductService } from '../../product';
import { pendingSubscriptions, SubscriptionScan } from '../../subscription';
import { addDemand } from '../domain/demand';
import { RunConflict } from '../domain/generation.errors';
import { newShardProgress, type RunAttempt, type ShardProgress } from '../domain/run';
import { reservationFor } from '../domain/stock-reservation';
import { RunSchedule } from '../run-schedule';
import { RunRepository } from '../run.repository';
import { StockReservationRepository } from '../stock-reservation.repository';

const PAGE_SIZE = 1_000;
/** Two writes a product, and a transaction has room for a hundred. */
const PRODUCTS_PER_TRANSACTION = 45;
const MAX_ATTEMPTS = 10;

/** What an evening needs of every product, and setting that aside, so that orders never meet on one bottle of milk. */
@Injectable()
export class ReserveStockStage {
  constructor(
    private readonly repository: RunRepository,
    private readonly subscriptions: SubscriptionScan,
    private readonly reservations: StockReservationRepository,
    private readonly products: ProductService,
    private readonly schedule: RunSchedule,
    private readonly transaction: Transaction,
    private readonly shutdown: ShutdownSignal,
  ) {}

  /**
   * Counts what a shard will need. One that needs nothing, and has nothing to record, is done with that. `ProgressMoved`
   * when somebody has counted it; `ShuttingDown`.
   */
  async countDemand(attempt: RunAttempt, shard: string): Promise<void> {
    const { left, hasWork } = await this.demandOfShard(attempt.date, shard);
    await this.transaction.commit([
      this.repository.startProgress(attempt, shard, { ...newShardProgress(attempt), left, isDone: !hasWork }),
      this.repository.shardCounted(attempt, hasWork),
    ]);
  }

  /** Sets aside what all shards need, product by product: all that is wanted of it, or nothing when there is too little. */
  async reserve(run: RunAttempt): Promise<void> {
    const demand = await this.totalDemand(run);
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const reserved = new Set((await this.reservations.list(run)).map(({ productId }) => productId));
      const next = [...demand].filter(([productId]) => !reserved.has(productId)).slice(0, PRODUCTS_PER_TRANSACTION);
      if (next.length === 0) return;
      if (await this.tryReserve(run, next)) attempt = 0;
    }
    throw new Unavailable('The stock does not hold still long enough to be set aside.');
  }

  /** False when stock, price or a colleague was different by the time it was written. */
  private async tryReserve(run: RunAttempt, demand: readonly (readonly [ProductId, number])[]): Promise<boolean> {
    const lines = demand.map(([productId, qty]) => ({ productId, qty }));
    const products = await this.products.currentProductsOf(lines);
    const reservations = lines.map(({ productId, qty }) => reservationFor(productId, qty, products.get(productId)));
    const reserved = reservations.filter((reservation) => reservation.state === 'ALLOTTED');
    try {
      await this.transaction.commit([
        ...reservations.map((reservation) => this.reservations.reserve(run, reservation)),
        ...reserved.map((reservation) => this.products.takeStock(reservation)),
      ]);
    } catch (error) {
      if (error instanceof RunConflict || isLineRefusal(error)) return false;
      throw error;
    }
    return true;
  }

  private async demandOfShard(
    date: LocalDate,
    shard: string,
  ): Promise<Pick<ShardProgress, 'left'> & { hasWork: boolean }> {
    const left: Record<ProductId, number> = {};
    const context = this.schedule.runContext(date, 'WAIT');
    let hasWork = false;
    for await (const subscriptions of iteratePages(PAGE_SIZE, (page) => this.subscriptions.pageOfShard(shard, page))) {
      this.shutdown.throwIfStarted();
      const pending = pendingSubscriptions(subscriptions, date);
      addDemand(pending, context, left);
      hasWork ||= pending.length > 0;
    }
    return { left, hasWork };
  }

  private async totalDemand(run: RunAttempt): Promise<Map<ProductId, number>> {
    const total = new Map<ProductId, number>();
    for (const progress of await this.repository.progressOfAllShards(run.date)) {
      if (progress?.round !== run.round) continue;
      for (const [productId, qty] of Object.entries(progress.left)) {
        total.set(productId, (total.get(productId) ?? 0) + qty);
      }
    }
    return total;
  }
}
