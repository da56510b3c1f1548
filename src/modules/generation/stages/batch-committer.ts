import { Injectable, Logger } from '@nestjs/common';
import type { DomainEvent } from '../../../events/event-map';
import type { ProductId, UserId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import { isOutage } from '../../../platform/aws-errors';
import { Database } from '../../../platform/dynamo/database';
import type { Write } from '../../../platform/dynamo/write';
import { Unavailable } from '../../../platform/errors';
import { ShuttingDown } from '../../../platform/shutdown/shutdown-signal';
import { Metrics } from '../../../platform/telemetry/metrics';
import { Transaction } from '../../../platform/transaction/transaction';
import { isLineRefusal, type LineAtPrice, ProductService } from '../../product';
import {
  type PendingSubscription,
  pendingSubscriptions,
  type Subscription,
  SubscriptionConflict,
  SubscriptionScan,
} from '../../subscription';
import { InsufficientBalance, type Wallet, WalletChanged, WalletService } from '../../wallet';
import { type Availability, liveStock } from '../domain/availability';
import { type Decision, type RunContext, undecidable } from '../domain/decide';
import { RunConflict, ShardProgressConflict } from '../domain/generation.errors';
import { type Batch, planBatch } from '../domain/plan-batch';
import { type RunAttempt, type ShardProgress, unusedStock } from '../domain/run';
import { RunRepository } from '../run.repository';
import { DecisionWriter, progressAfter } from './decision-writer';

/** Somebody's turn at a shard, from what is stored of it. It moves with every batch. */
export interface ShardSession {
  readonly run: RunAttempt;
  readonly shard: string;
  readonly context: RunContext;
  /** As it is stored. */
  progress: ShardProgress;
  availability: Availability;
  wallets: Map<UserId, Wallet>;
  /** Whether orders take from the stock itself, or from what was set aside. */
  readonly usesLiveStock: boolean;
  /** Whether nothing follows what is decided now: then the shard may end with it. */
  isLastPage: boolean;
}

/** How often a batch is decided anew before it is taken apart, and a single subscription before it is left for the end. */
const MAX_ATTEMPTS = 4;
const MAX_RETURNED_PRODUCTS = 90;
/** Of the hundred of a transaction, beside progress, events and the run. */
const MAX_WRITES = 97;

/** Decides subscriptions in batches, each one transaction: what has changed is decided anew, what is bad costs itself. */
@Injectable()
export class BatchCommitter {
  private readonly logger = new Logger(BatchCommitter.name);

  constructor(
    private readonly repository: RunRepository,
    private readonly subscriptions: SubscriptionScan,
    private readonly writer: DecisionWriter,
    private readonly products: ProductService,
    private readonly wallets: WalletService,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Decides some subscriptions, in their order, and moves the turn on. Answers with those that did not hold still, for
   * the caller to come back to. `ProgressMoved` when somebody else is at this shard.
   */
  async commitAll(session: ShardSession, candidates: readonly Subscription[]): Promise<Subscription[]> {
    let queue = await this.load(session, candidates);
    const contended: Subscription[] = [];
    // So many are decided one by one, since together they were refused.
    let oneByOne = 0;
    let attempt = 1;
    while (queue.length > 0) {
      const options = { usesLiveStock: session.usesLiveStock, clearsFailureRecord: mayHaveFailureRecords(session) };
      const batch = planBatch(oneByOne > 0 ? queue.slice(0, 1) : queue, session.context, session.availability, options);
      const consumed = batch.decisions.length;
      const isLastBatch = session.isLastPage && contended.length === 0 && consumed === queue.length;
      const refusal = await this.tryCommit(session, batch, isLastBatch);
      if (refusal && isConflict(refusal) && attempt < MAX_ATTEMPTS) {
        const stale = queue.slice(0, consumed).map(({ subscription }) => subscription);
        queue = [...(await this.reload(session, stale)), ...queue.slice(consumed)];
        attempt++;
        continue;
      }
      attempt = 1;
      if (refusal && consumed > 1) {
        oneByOne = consumed;
        continue;
      }
      const [{ subscription: first }] = queue as [PendingSubscription];
      if (refusal && isConflict(refusal)) {
        this.logger.warn({ err: refusal, subscriptionId: first.subscriptionId }, 'A subscription does not hold still');
        contended.push(first);
      } else if (refusal) await this.recordFailure(session, first, refusal);
      queue = queue.slice(consumed);
      oneByOne = Math.max(0, oneByOne - consumed);
    }
    return contended;
  }

  /** Decides those that did not hold still, now that all others are decided; what still does not is a fault. */
  async commitContended(session: ShardSession, contended: readonly Subscription[]): Promise<void> {
    if (contended.length === 0) return;
    const fresh = (await this.reload(session, contended)).map(({ subscription }) => subscription);
    const stillContended = await this.commitAll(session, fresh);
    for (const one of stillContended) await this.recordFailure(session, one, new Error('It does not hold still'));
  }

  /** Why a batch was not taken, where that is for what is in it; undefined when it was. */
  private async tryCommit(session: ShardSession, batch: Batch, isLastBatch: boolean): Promise<Error | undefined> {
    try {
      await this.commit(session, batch, isLastBatch);
      return undefined;
    } catch (error) {
      if (isTransient(error) || !(error instanceof Error)) throw error;
      return error;
    }
  }

  private async commit(
    session: ShardSession,
    { decisions, availability, clearsFailureRecord }: Batch,
    isLastBatch = false,
  ): Promise<void> {
    if (decisions.length === 0) return;
    const next = progressAfter(session.progress, decisions);
    const { writes, events } = this.writer.prepare(
      session.run,
      session.context,
      decisions,
      session.wallets,
      clearsFailureRecord,
    );
    if (session.usesLiveStock) {
      const stockWrites = stockTakenBy(decisions).map((line) => this.products.takeStock(line));
      await this.saveProgress(session, { ...next, left: {} }, [...writes, ...stockWrites], events);
    } else if (isLastBatch && fitsInTransaction(writes, next)) await this.finish(session, next, writes, events);
    else await this.saveProgress(session, next, writes, events);
    session.availability = availability;
    for (const [userId, wallet] of session.wallets) {
      const balance = availability.balanceOf(userId);
      if (balance !== wallet.balance) session.wallets.set(userId, { ...wallet, balance });
    }
  }

  /** Puts back what is left of what was set aside for a shard, and is done with it. */
  async finish(
    session: ShardSession,
    next: ShardProgress,
    writes: readonly Write[] = [],
    events: readonly DomainEvent[] = [],
  ) {
    const returned = unusedStock(next).slice(0, MAX_RETURNED_PRODUCTS);
    const left = Object.fromEntries(
      unusedStock(next)
        .slice(returned.length)
        .map(({ productId, qty }) => [productId, qty]),
    );
    const isDone = Object.keys(left).length === 0;
    const progress = { ...next, left, isDone };
    const runWrites = isDone ? [this.repository.shardPlaced(session.run, progress)] : [];
    const stockWrites = returned.map((line) => this.products.returnStock(line));
    await this.saveProgress(session, progress, [...runWrites, ...writes, ...stockWrites], events);
  }

  private async saveProgress(
    session: ShardSession,
    progress: ShardProgress,
    writes: readonly Write[],
    events: readonly DomainEvent[],
  ) {
    await this.transaction.commit(
      [this.repository.saveProgress(session.run, session.shard, session.progress, progress), ...writes],
      events,
    );
    session.progress = progress;
  }

  private async recordFailure(session: ShardSession, subscription: Subscription, error: unknown): Promise<void> {
    const { subscriptionId } = subscription;
    this.logger.error({ err: error, subscriptionId }, 'A subscription cannot be decided');
    this.metrics.record('GenerationFault', 1, { subscriptionId });
    const decisions = [undecidable(subscription, error)];
    const { availability } = session;
    await this.commit(session, { subscriptions: [], decisions, availability, clearsFailureRecord: false });
  }

  /** The subscriptions as they are now; those that are decided meanwhile, or no longer due, are left out. */
  private async reload(session: ShardSession, stale: readonly Subscription[]): Promise<PendingSubscription[]> {
    const reads = stale.map(({ subscriptionId }) => this.subscriptions.readOf(subscriptionId));
    const fresh = (await this.database.batchGet(reads)).filter((one) => one !== undefined);
    return this.load(session, fresh);
  }

  /** What is pending of some subscriptions, with the wallets that pay read, and the stock where orders take from it. */
  private async load(session: ShardSession, subscriptions: readonly Subscription[]): Promise<PendingSubscription[]> {
    const pending = pendingSubscriptions(subscriptions, session.context.date);
    const payers = new Set<UserId>();
    const requested: Line[] = [];
    for (const { subscription, pending: occurrence } of pending) {
      if (occurrence.outcome !== 'DUE') continue;
      if (occurrence.terms.paymentMethod === 'WALLET') payers.add(subscription.userId);
      if (session.usesLiveStock) requested.push(...occurrence.items);
    }
    const userIds = [...payers];
    const [wallets, products] = await Promise.all([
      this.database.batchGet(userIds.map((userId) => this.wallets.readOf(userId))),
      requested.length > 0 ? this.products.currentProductsOf(requested) : undefined,
    ]);
    for (const wallet of wallets) session.wallets.set(wallet.userId, wallet);
    const balances = new Map([...session.wallets.values()].map(({ userId, balance }) => [userId, balance]));
    session.availability = session.availability.withUpdates(balances, products && liveStock(requested, products));
    return pending;
  }
}

/** Whether some may have a record of not being decided: in this round, or in one before. */
function mayHaveFailureRecords({ run, progress }: ShardSession): boolean {
  return run.round > 1 || progress.faults > 0;
}

/** Whether a shard can end with the last of its batches. */
function fitsInTransaction(writes: readonly Write[], progress: ShardProgress): boolean {
  return writes.length + unusedStock(progress).length <= MAX_WRITES;
}

/** What some decisions take together, a line a product. */
function stockTakenBy(decisions: readonly Decision[]): LineAtPrice[] {
  const lines = new Map<ProductId, LineAtPrice>();
  for (const decision of decisions) {
    if (decision.outcome !== 'ORDERED') continue;
    for (const { productId, qty, price } of decision.items) {
      lines.set(productId, { productId, qty: qty + (lines.get(productId)?.qty ?? 0), price });
    }
  }
  return [...lines.values()];
}

/** Something was not as it was read: decide anew. */
function isConflict(error: Error): boolean {
  const conflicts = [SubscriptionConflict, WalletChanged, InsufficientBalance];
  return conflicts.some((conflict) => error instanceof conflict) || isLineRefusal(error);
}

/** It is not for what was to be written that it failed: somebody else is at it, or something does not answer. */
export function isTransient(error: unknown): boolean {
  const transientErrors = [ShardProgressConflict, RunConflict, ShuttingDown, Unavailable];
  return transientErrors.some((transient) => error instanceof transient) || isOutage(error);
}
