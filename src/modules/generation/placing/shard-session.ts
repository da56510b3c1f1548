import type { UserId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import type { Transaction } from '../../../platform/transaction/transaction';
import { type PendingSubscription, pendingSubscriptions, type Subscription } from '../../subscription';
import type { Wallet } from '../../wallet';
import { Availability } from '../domain/availability';
import type { RunContext } from '../domain/decide';
import { type Batch, MAX_WRITES, planBatch } from '../domain/plan-batch';
import type { RunPass } from '../domain/run';
import { progressAfter, type ShardProgress, withNextVersion } from '../domain/shard-progress';
import type { ShardProgressRepository } from '../shard-progress.repository';
import type { Changes, DecisionWriter } from './decision-writer';
import type { SnapshotReader } from './snapshot-reader';
import type { StockSource } from './stock-source';

/** The services that every session uses. */
export interface SessionServices {
  readonly snapshots: SnapshotReader;
  readonly writer: DecisionWriter;
  readonly progressRepository: ShardProgressRepository;
  readonly transaction: Transaction;
}

/** The changes of the run, committed in the transaction that finishes the shard. */
export type OnFinish = (progress: ShardProgress) => Changes;

export interface SessionOptions {
  readonly pass: RunPass;
  readonly shard: string;
  readonly context: RunContext;
  readonly stock: StockSource;
  /** The progress as it is stored. */
  readonly progress: ShardProgress;
  readonly onFinish: OnFinish;
}

/** The next progress of a shard, and what is committed together with it. */
interface Step extends Changes {
  readonly progress: ShardProgress;
}

const NO_CHANGES: Changes = { writes: [], events: [] };

/**
 * One worker's work on one shard, from the stored progress to the end of the shard. Each commit is a transaction that
 * replaces the progress this session has read. If two workers work on one shard, the slower one gets a
 * `ShardProgressConflict`.
 */
export class ShardSession {
  private readonly pass: RunPass;
  private readonly context: RunContext;
  private readonly stock: StockSource;
  private current: ShardProgress;
  private availability = new Availability(new Map(), new Map());
  private readonly wallets = new Map<UserId, Wallet>();
  private readonly postponed: Subscription[] = [];

  constructor(
    private readonly services: SessionServices,
    private readonly options: SessionOptions,
  ) {
    ({ pass: this.pass, context: this.context, stock: this.stock, progress: this.current } = options);
  }

  /** The pending subscriptions of a page. Loads their wallets and stock, and discards the previous wallets. */
  async startPage(page: readonly Subscription[]): Promise<PendingSubscription[]> {
    this.wallets.clear();
    return this.load(page);
  }

  /** Reads stale subscriptions again, with their wallets and stock. */
  async reload(stale: readonly Subscription[]): Promise<PendingSubscription[]> {
    return this.load(await this.services.snapshots.subscriptions(stale.map(({ subscriptionId }) => subscriptionId)));
  }

  /** Decides as many subscriptions as fit into one transaction. Writes nothing. */
  plan(pending: readonly PendingSubscription[]): Batch {
    // Only an earlier pass, or an undecidable subscription, may have left a record that an order replaces.
    const deletesEarlierRecord = this.pass.round > 1 || this.current.faults > 0;
    return planBatch(pending, this.context, this.availability, { deletesEarlierRecord });
  }

  /**
   * Commits a batch. The last batch also finishes the shard, which saves a transaction, unless a subscription is
   * postponed or the transaction has no room. After a conflict or a failure, there may be no last batch. In all these
   * cases `finish()` finishes the shard.
   */
  async commit(batch: Batch, isLast = false): Promise<void> {
    const step = this.stepOf(batch);
    await this.save(isLast ? this.finishingIfItFits(step) : step);
    this.applyBalances(batch);
  }

  /** Postpones a subscription that keeps conflicting to the end of the shard. */
  postpone(subscription: Subscription): void {
    this.postponed.push(subscription);
  }

  /** Returns the postponed subscriptions and forgets them. */
  takePostponed(): readonly Subscription[] {
    return this.postponed.splice(0);
  }

  /** Finishes the shard: returns unused stock and updates the run. Does nothing if the last batch has finished it. */
  async finish(): Promise<void> {
    while (!this.current.isDone) {
      await this.save(this.finishing({ progress: withNextVersion(this.current), writes: [], events: [] }));
    }
  }

  private stepOf(batch: Batch): Step {
    const { decisions } = batch;
    const { progress, writes: stockWrites } = this.stock.take(decisions, progressAfter(this.current, decisions));
    const { writes, events } = this.services.writer.changesOf(this.pass, this.context, batch, this.wallets);
    return { progress, writes: [...writes, ...stockWrites], events };
  }

  private finishingIfItFits(step: Step): Step {
    if (this.postponed.length > 0) return step;
    const finished = this.finishing(step);
    return finished.progress.isDone && finished.writes.length <= MAX_WRITES ? finished : step;
  }

  /** Adds the end of the shard to a step. Not done if the unused stock does not fit into the transaction. */
  private finishing(step: Step): Step {
    const { progress, writes: stockWrites } = this.stock.release(step.progress);
    const { writes, events } = progress.isDone ? this.options.onFinish(progress) : NO_CHANGES;
    return { progress, writes: [...writes, ...step.writes, ...stockWrites], events: [...step.events, ...events] };
  }

  private async save({ progress, writes, events }: Step): Promise<void> {
    const progressWrite = this.services.progressRepository.save(this.pass, this.options.shard, this.current, progress);
    await this.services.transaction.commit([progressWrite, ...writes], events);
    this.current = progress;
  }

  private applyBalances({ availability, decisions }: Batch): void {
    this.availability = availability;
    for (const { subscription } of decisions) {
      const { userId } = subscription;
      const wallet = this.wallets.get(userId);
      if (wallet) this.wallets.set(userId, { ...wallet, balance: availability.balanceOf(userId) });
    }
  }

  private async load(subscriptions: readonly Subscription[]): Promise<PendingSubscription[]> {
    const pending = pendingSubscriptions(subscriptions, this.context.date);
    const payers = new Set<UserId>();
    const lines: Line[] = [];
    for (const { subscription, occurrence } of pending) {
      if (occurrence.outcome !== 'DUE') continue;
      if (occurrence.terms.paymentMethod === 'WALLET') payers.add(subscription.userId);
      lines.push(...occurrence.items);
    }
    const [wallets, stock] = await Promise.all([
      this.services.snapshots.wallets([...payers]),
      this.stock.available(lines, this.current),
    ]);
    for (const wallet of wallets) this.wallets.set(wallet.userId, wallet);
    const balances = new Map([...this.wallets.values()].map(({ userId, balance }) => [userId, balance]));
    this.availability = this.availability.withUpdates(balances, stock);
    return pending;
  }
}
