import { Injectable } from '@nestjs/common';
import { iteratePages } from '../../../platform/dynamo/cursor';
import { Database } from '../../../platform/dynamo/database';
import type { Write } from '../../../platform/dynamo/write';
import { ShutdownSignal } from '../../../platform/shutdown/shutdown-signal';
import { Transaction } from '../../../platform/transaction/transaction';
import { type Subscription, SubscriptionScan } from '../../subscription';
import { Availability, reservedStock } from '../domain/availability';
import { newShardProgress, type Run, type RunAttempt, type ShardProgress } from '../domain/run';
import type { StockReservation } from '../domain/stock-reservation';
import { RunSchedule } from '../run-schedule';
import { RunRepository } from '../run.repository';
import { StockReservationRepository } from '../stock-reservation.repository';
import { BatchCommitter, type ShardSession } from './batch-committer';

const PAGE_SIZE = 300;
/** Those who wait stand in no shard: they are served by age, over all shards. */
const DEFERRED_SHARD = 'last';

/** Placing the orders of an evening: first of all whose products were set aside, then of those who wait. */
@Injectable()
export class PlaceOrdersStage {
  /** Every shard asks, and they do not change once orders are placed. */
  private reservationCache?: { readonly of: string; readonly allotments: Promise<readonly StockReservation[]> };

  constructor(
    private readonly repository: RunRepository,
    private readonly subscriptions: SubscriptionScan,
    private readonly reservations: StockReservationRepository,
    private readonly committer: BatchCommitter,
    private readonly schedule: RunSchedule,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly shutdown: ShutdownSignal,
  ) {}

  /**
   * Places the orders of a shard from what was set aside, and puts back what is left of that. What others have decided
   * is skipped: so it goes on where somebody has died, or has left. `ProgressMoved`, `RunMoved` when somebody else is at
   * it; `ShuttingDown`.
   */
  async placeShard(run: RunAttempt, shard: string): Promise<void> {
    const progress = await this.repository.placingProgressOf(run, shard);
    if (!progress) return;
    const reservations = await this.reservationsOf(run);
    const left = onlyReserved(progress.left, reservations);
    const session: ShardSession = {
      run,
      shard,
      context: this.schedule.runContext(run.date, 'WAIT'),
      progress: { ...progress, left },
      availability: new Availability(reservedStock(reservations, left), new Map()),
      wallets: new Map(),
      usesLiveStock: false,
      isLastPage: false,
    };
    const contended: Subscription[] = [];
    let cursor: string | undefined;
    do {
      this.shutdown.throwIfStarted();
      const page = await this.subscriptions.pageOfShard(shard, { limit: PAGE_SIZE, cursor });
      cursor = page.next;
      session.wallets = new Map();
      session.isLastPage = cursor === undefined && contended.length === 0;
      contended.push(...(await this.committer.commitAll(session, page.items)));
    } while (cursor);
    await this.committer.commitContended(session, contended);
    while (!session.progress.isDone) {
      await this.committer.finish(session, { ...session.progress, version: session.progress.version + 1 });
    }
  }

  /** Serves those who wait, oldest first, from the stock itself; answers with where that has led. `ShuttingDown`. */
  async placeDeferred(run: Run): Promise<ShardProgress> {
    const session: ShardSession = {
      run,
      shard: DEFERRED_SHARD,
      context: this.schedule.runContext(run.date, 'GO_WITHOUT'),
      progress: await this.deferredProgressOf(run),
      availability: new Availability(new Map(), new Map()),
      wallets: new Map(),
      usesLiveStock: true,
      isLastPage: false,
    };
    const contended: Subscription[] = [];
    for await (const deferred of iteratePages(PAGE_SIZE, (page) => this.reservations.listDeferred(run, page))) {
      this.shutdown.throwIfStarted();
      if (deferred.length > 0) await this.transaction.commit([this.repository.heartbeat(run)]);
      const reads = deferred.map(({ subscriptionId }) => this.subscriptions.readOf(subscriptionId));
      const subscriptions = (await this.database.batchGet(reads)).filter((one) => one !== undefined);
      session.wallets = new Map();
      contended.push(...(await this.committer.commitAll(session, subscriptions)));
    }
    await this.committer.commitContended(session, contended);
    return session.progress;
  }

  /** The write that ends the serving of those who wait, from where it has led. */
  finishDeferred(run: RunAttempt, progress: ShardProgress): Write {
    const finished = { ...progress, isDone: true, version: progress.version + 1 };
    return this.repository.saveProgress(run, DEFERRED_SHARD, progress, finished);
  }

  private async deferredProgressOf(run: RunAttempt): Promise<ShardProgress> {
    const stored = await this.repository.progressOf(run.date, DEFERRED_SHARD);
    if (stored?.round === run.round) return stored;
    const first = newShardProgress(run);
    await this.transaction.commit([this.repository.startProgress(run, DEFERRED_SHARD, first)]);
    return first;
  }

  private async reservationsOf(run: RunAttempt): Promise<readonly StockReservation[]> {
    const of = `${run.date}#${run.round}`;
    if (this.reservationCache?.of !== of) {
      const reservations = this.reservations.list(run);
      this.reservationCache = { of, allotments: reservations };
      reservations.catch(() => (this.reservationCache = undefined));
    }
    return this.reservationCache.allotments;
  }
}

/** Of what a shard has counted, what was set aside for it. */
function onlyReserved(left: ShardProgress['left'], reservations: readonly StockReservation[]): ShardProgress['left'] {
  const reservedIds = new Set(
    reservations.flatMap(({ state, productId }) => (state === 'ALLOTTED' ? [productId] : [])),
  );
  return Object.fromEntries(Object.entries(left).filter(([productId]) => reservedIds.has(productId)));
}
