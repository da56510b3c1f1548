import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock';
import { iteratePages } from '../../../platform/dynamo/cursor';
import { ShutdownSignal } from '../../../platform/shutdown/shutdown-signal';
import { Transaction } from '../../../platform/transaction/transaction';
import { sliceOf, SubscriptionScan } from '../../subscription';
import { resultOf, type Run, type RunPass, shardCountOf, type ShardWork } from '../domain/run';
import { newShardProgress, type ShardProgress } from '../domain/shard-progress';
import type { StockReservation } from '../domain/stock-reservation';
import { BatchCommitter } from '../placing/batch-committer';
import type { Changes } from '../placing/decision-writer';
import { ShardSessionFactory } from '../placing/shard-session-factory';
import { SnapshotReader } from '../placing/snapshot-reader';
import { RunRepository } from '../run.repository';
import { ShardProgressRepository } from '../shard-progress.repository';
import { StockReservationRepository } from '../stock-reservation.repository';

const PAGE_SIZE = 300;
/** Deferred subscriptions of all shards are decided together, oldest first, as an extra shard. */
const DEFERRED_SHARD = 'last';

/**
 * Places the orders of a run: each shard from its reserved stock, then the deferred subscriptions from the live stock.
 * A decided subscription is no longer pending, so a worker continues where another worker stopped.
 */
@Injectable()
export class PlaceOrdersStage {
  /** The reservations of a pass, which all its shards need. They do not change while orders are placed. */
  private cache?: { readonly passKey: string; readonly reservations: Promise<readonly StockReservation[]> };

  constructor(
    private readonly runs: RunRepository,
    private readonly progressRepository: ShardProgressRepository,
    private readonly reservations: StockReservationRepository,
    private readonly subscriptions: SubscriptionScan,
    private readonly snapshots: SnapshotReader,
    private readonly sessions: ShardSessionFactory,
    private readonly committer: BatchCommitter,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    private readonly shutdown: ShutdownSignal,
  ) {}

  /** Places the orders of a shard. `ShardProgressConflict`, `RunConflict` if another worker has it; `ShuttingDown`. */
  async placeShard(work: ShardWork): Promise<void> {
    const progress = await this.progressRepository.findPlacing(work);
    if (!progress) return;
    const reservations = await this.reservationsOf(work);
    const session = this.sessions.openReserved(work, work.shard, progress, reservations, (finished) => ({
      writes: [this.runs.shardPlaced(work, finished)],
      events: [],
    }));
    const slice = sliceOf(Number(work.shard), shardCountOf(work));
    let cursor: string | undefined;
    do {
      this.shutdown.throwIfStarted();
      const page = await this.subscriptions.pageOfSlice(slice, { limit: PAGE_SIZE, cursor });
      cursor = page.next;
      await this.committer.commitPage(session, page.items, cursor === undefined);
    } while (cursor);
    await this.committer.commitPostponed(session);
    await session.finish();
  }

  /** Places the orders of the deferred subscriptions, which completes the run. Errors as in `placeShard`. */
  async placeDeferred(run: Run): Promise<void> {
    const progress = await this.deferredProgressOf(run);
    const session = this.sessions.openLive(run, DEFERRED_SHARD, progress, (finished) =>
      this.completionOf(run, finished),
    );
    for await (const deferred of iteratePages(PAGE_SIZE, (page) => this.reservations.listDeferred(run, page))) {
      this.shutdown.throwIfStarted();
      if (deferred.length > 0) await this.transaction.commit([this.runs.heartbeat(run)]);
      const subscriptions = await this.snapshots.subscriptions(deferred.map(({ subscriptionId }) => subscriptionId));
      await this.committer.commitPage(session, subscriptions);
    }
    await this.committer.commitPostponed(session);
    await session.finish();
  }

  private completionOf(run: Run, deferred: ShardProgress): Changes {
    const result = resultOf(run, deferred);
    return {
      writes: [this.runs.complete(run, result, deferred, this.clock.now())],
      events: result.hasChanges
        ? [{ type: 'generation.completed', date: run.date, counts: result.counts, since: run.roundAt }]
        : [],
    };
  }

  private async deferredProgressOf(pass: RunPass): Promise<ShardProgress> {
    const stored = await this.progressRepository.find(pass.date, DEFERRED_SHARD);
    if (stored?.round === pass.round) return stored;
    const first = newShardProgress(pass);
    await this.transaction.commit([this.progressRepository.start(pass, DEFERRED_SHARD, first)]);
    return first;
  }

  private async reservationsOf(pass: RunPass): Promise<readonly StockReservation[]> {
    const passKey = `${pass.date}#${pass.round}`;
    if (this.cache?.passKey !== passKey) {
      const reservations = this.reservations.list(pass);
      this.cache = { passKey, reservations };
      reservations.catch(() => (this.cache = undefined));
    }
    return this.cache.reservations;
  }
}
