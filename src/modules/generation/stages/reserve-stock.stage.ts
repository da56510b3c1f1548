import { Injectable } from '@nestjs/common';
import type { ProductId } from '../../../kernel/ids';
import { iteratePages } from '../../../platform/dynamo/cursor';
import { retryOnConflict } from '../../../platform/dynamo/retry-on-conflict';
import { ShutdownSignal } from '../../../platform/shutdown/shutdown-signal';
import { Transaction } from '../../../platform/transaction/transaction';
import { isLineRefusal, ProductService } from '../../product';
import { pendingSubscriptions, sliceOf, SubscriptionScan } from '../../subscription';
import { RunConflict } from '../domain/generation.errors';
import { addDemand } from '../domain/pending-demand';
import { type Run, shardCountOf, type ShardWork } from '../domain/run';
import { newShardProgress } from '../domain/shard-progress';
import { reservationFor } from '../domain/stock-reservation';
import { SnapshotReader } from '../placing/snapshot-reader';
import { RunSchedule } from '../run-schedule';
import { RunRepository } from '../run.repository';
import { ShardProgressRepository } from '../shard-progress.repository';
import { StockReservationRepository } from '../stock-reservation.repository';

const PAGE_SIZE = 1_000;
/** Each product takes two writes, and DynamoDB allows 100 in a transaction. */
const PRODUCTS_PER_TRANSACTION = 45;

/** A stock or a price has changed since it was read, or another worker has reserved the product. */
class StockChanged extends Error {}

/** Adds up the demand of a run and reserves it, so that orders never compete for the stock of a product. */
@Injectable()
export class ReserveStockStage {
  constructor(
    private readonly runs: RunRepository,
    private readonly progressRepository: ShardProgressRepository,
    private readonly reservations: StockReservationRepository,
    private readonly subscriptions: SubscriptionScan,
    private readonly snapshots: SnapshotReader,
    private readonly products: ProductService,
    private readonly schedule: RunSchedule,
    private readonly transaction: Transaction,
    private readonly shutdown: ShutdownSignal,
  ) {}

  /**
   * Adds up the demand of a shard. A shard without pending subscriptions is finished immediately.
   * `ShardProgressConflict` if another worker has counted it; `ShuttingDown`.
   */
  async countDemand(work: ShardWork): Promise<void> {
    const { demand, hasWork } = await this.demandOfShard(work);
    await this.transaction.commit([
      this.progressRepository.start(work, work.shard, { ...newShardProgress(work), left: demand, isDone: !hasWork }),
      this.runs.shardCounted(work, hasWork),
    ]);
  }

  /**
   * Reserves the demand of all shards, product by product: all of it, or nothing when the stock does not cover it.
   * `service.unavailable` if stocks or prices keep changing.
   */
  async reserve(run: Run): Promise<void> {
    const demand = await this.totalDemand(run);
    let isComplete = false;
    while (!isComplete) isComplete = await retryOnConflict(StockChanged, () => this.reserveNext(run, demand));
  }

  /** Reserves the next products in one transaction; true when none are left. */
  private async reserveNext(run: Run, demand: ReadonlyMap<ProductId, number>): Promise<boolean> {
    const done = new Set((await this.reservations.list(run)).map(({ productId }) => productId));
    const next = [...demand].filter(([productId]) => !done.has(productId)).slice(0, PRODUCTS_PER_TRANSACTION);
    if (next.length === 0) return true;
    const lines = next.map(([productId]) => ({ productId }));
    const stock = await this.snapshots.stockToTake(lines);
    const reservations = next.map(([productId, qty]) => reservationFor(productId, qty, stock.get(productId)));
    const reserved = reservations.filter((reservation) => reservation.state === 'ALLOTTED');
    try {
      await this.transaction.commit([
        ...reservations.map((reservation) => this.reservations.reserve(run, reservation)),
        ...reserved.map((reservation) => this.products.takeStock(reservation)),
      ]);
    } catch (error) {
      throw error instanceof RunConflict || isLineRefusal(error) ? new StockChanged() : error;
    }
    return false;
  }

  private async demandOfShard(work: ShardWork) {
    const demand: Record<ProductId, number> = {};
    const context = this.schedule.runContext(work.date, 'DEFER');
    const slice = sliceOf(Number(work.shard), shardCountOf(work));
    let hasWork = false;
    for await (const page of iteratePages(PAGE_SIZE, (request) => this.subscriptions.pageOfSlice(slice, request))) {
      this.shutdown.throwIfStarted();
      const pending = pendingSubscriptions(page, work.date);
      addDemand(pending, context, demand);
      hasWork ||= pending.length > 0;
    }
    return { demand, hasWork };
  }

  private async totalDemand(run: Run): Promise<Map<ProductId, number>> {
    const total = new Map<ProductId, number>();
    for (const progress of await this.progressRepository.listAll(run)) {
      if (progress?.round !== run.round) continue;
      for (const [productId, qty] of Object.entries(progress.left)) {
        total.set(productId, (total.get(productId) ?? 0) + qty);
      }
    }
    return total;
  }
}
