import { Injectable, Logger } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import type { ProductId, UserId } from '../../kernel/ids';
import { isOutage } from '../../platform/aws-errors';
import { Database } from '../../platform/dynamo/database';
import type { Write } from '../../platform/dynamo/write';
import { Unavailable } from '../../platform/errors';
import { ShuttingDown } from '../../platform/shutdown/shutdown-signal';
import { Metrics } from '../../platform/telemetry/metrics';
import { Transaction } from '../../platform/transaction/transaction';
import { isLineRefusal, type PricedLine, ProductService } from '../product';
import { InsufficientBalance, type Wallet, WalletChanged, WalletService } from '../wallet';
import { type Batch, draw, faulty } from './batch';
import { type Decision, dueOn, type Evening } from './decision';
import { leftovers, type Progress, type Round } from './generation';
import { advanced, DecisionRecords } from './generation.decisions';
import { ProgressMoved, RunMoved } from './generation.errors';
import { GenerationRepository } from './generation.repository';
import { type Means, shelfOfStock } from './means';
import type { Subscription } from './subscription';
import { SubscriptionChanged } from './subscription.errors';
import { SubscriptionRepository } from './subscription.repository';

/** Somebody's turn at a shard, from what is stored of it. It moves with every batch. */
export interface Turn {
  readonly run: Round;
  readonly shard: string;
  readonly evening: Evening;
  /** As it is stored. */
  progress: Progress;
  means: Means;
  wallets: Map<UserId, Wallet>;
  /** Whether orders take from the stock itself, or from what was set aside. */
  readonly takesStock: boolean;
  /** Whether nothing follows what is decided now: then the shard may end with it. */
  isEnding: boolean;
}

/** How often a batch is decided anew before it is taken apart, and a single subscription before it is left for the end. */
const ATTEMPTS = 4;
const RETURNED_AT_ONCE = 90;
/** Of the hundred of a transaction, beside progress, events and the run. */
const ROOM = 97;

/** Decides subscriptions in batches, each one transaction: what has changed is decided anew, what is bad costs itself. */
@Injectable()
export class DecisionBatches {
  private readonly logger = new Logger(DecisionBatches.name);

  constructor(
    private readonly repository: GenerationRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly records: DecisionRecords,
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
  async decideAll(turn: Turn, found: readonly Subscription[]): Promise<Subscription[]> {
    let queue = found.filter((subscription) => dueOn(subscription, turn.evening.date) !== undefined);
    if (queue.length === 0) return [];
    await this.lookAtMeans(turn, queue);
    const restless: Subscription[] = [];
    // So many are decided one by one, since together they were refused.
    let alone = 0;
    let attempt = 1;
    while (queue.length > 0) {
      const extra = { takesStock: turn.takesStock, forgets: mayHaveFaults(turn) };
      const batch = draw(alone > 0 ? queue.slice(0, 1) : queue, turn.evening, turn.means, extra);
      const isEnd = turn.isEnding && restless.length === 0 && batch.seen === queue.length;
      const refusal = await this.refusalOf(turn, batch, isEnd);
      if (refusal && isChange(refusal) && attempt < ATTEMPTS) {
        queue = [...(await this.readAgain(turn, queue.slice(0, batch.seen))), ...queue.slice(batch.seen)];
        attempt++;
        continue;
      }
      attempt = 1;
      if (refusal && batch.seen > 1) {
        alone = batch.seen;
        continue;
      }
      const [first] = queue as [Subscription];
      if (refusal && isChange(refusal)) {
        this.logger.warn({ err: refusal, subscriptionId: first.subscriptionId }, 'A subscription does not hold still');
        restless.push(first);
      } else if (refusal) await this.recordFault(turn, first, refusal);
      queue = queue.slice(batch.seen);
      alone = Math.max(0, alone - batch.seen);
    }
    return restless;
  }

  /** Decides those that did not hold still, now that all others are decided; what still does not is a fault. */
  async decideRestless(turn: Turn, restless: readonly Subscription[]): Promise<void> {
    if (restless.length === 0) return;
    const still = await this.decideAll(turn, await this.readAgain(turn, restless));
    for (const one of still) await this.recordFault(turn, one, new Error('It does not hold still'));
  }

  /** Why a batch was not taken, where that is for what is in it; undefined when it was. */
  private async refusalOf(turn: Turn, batch: Batch, isEnd: boolean): Promise<Error | undefined> {
    try {
      await this.commit(turn, batch, isEnd);
      return undefined;
    } catch (error) {
      if (isPassing(error) || !(error instanceof Error)) throw error;
      return error;
    }
  }

  private async commit(turn: Turn, { decisions, means, forgets }: Batch, isEnd = false): Promise<void> {
    if (decisions.length === 0) return;
    const next = advanced(turn.progress, decisions);
    const { writes, events } = this.records.of(turn.run, turn.evening, decisions, turn.wallets, forgets);
    if (turn.takesStock) {
      const taken = takenBy(decisions);
      const takes = taken.map((line) => this.products.takeStock(line));
      await this.step(turn, { ...next, left: {} }, [...writes, ...takes], events);
      this.products.stockTaken(taken);
    } else if (isEnd && fits(writes, next)) await this.end(turn, next, writes, events);
    else await this.step(turn, next, writes, events);
    turn.means = means;
    for (const [userId, wallet] of turn.wallets) {
      const balance = means.balanceOf(userId);
      if (balance !== wallet.balance) turn.wallets.set(userId, { ...wallet, balance });
    }
  }

  /** Puts back what is left of what was set aside for a shard, and is done with it. */
  async end(turn: Turn, next: Progress, writes: readonly Write[] = [], events: readonly DomainEvent[] = []) {
    const back = leftovers(next).slice(0, RETURNED_AT_ONCE);
    const left = Object.fromEntries(
      leftovers(next)
        .slice(back.length)
        .map(({ productId, qty }) => [productId, qty]),
    );
    const isDone = Object.keys(left).length === 0;
    const progress = { ...next, left, isDone };
    const ends = isDone ? [this.repository.placed(turn.run, progress)] : [];
    const returns = back.map((line) => this.products.returnStock(line));
    await this.step(turn, progress, [...ends, ...writes, ...returns], events);
    this.products.stockReturned(back);
  }

  private async step(turn: Turn, progress: Progress, writes: readonly Write[], events: readonly DomainEvent[]) {
    await this.transaction.commit(
      [this.repository.nextStep(turn.run, turn.shard, turn.progress, progress), ...writes],
      events,
    );
    turn.progress = progress;
  }

  private async recordFault(turn: Turn, subscription: Subscription, error: unknown): Promise<void> {
    const { subscriptionId } = subscription;
    this.logger.error({ err: error, subscriptionId }, 'A subscription cannot be decided');
    this.metrics.record('GenerationFault', 1, { subscriptionId });
    const decisions = [faulty(subscription, error)];
    await this.commit(turn, { decisions, seen: 1, means: turn.means, forgets: false });
  }

  /** The subscriptions as they are now; those that are decided meanwhile, or no longer due, are left out. */
  private async readAgain(turn: Turn, changed: readonly Subscription[]): Promise<Subscription[]> {
    const reads = changed.map(({ subscriptionId }) => this.subscriptions.readOf(subscriptionId));
    const fresh = (await this.database.batchGet(reads)).filter((one) => one !== undefined);
    const still = (fresh as unknown as Subscription[]).filter((one) => dueOn(one, turn.evening.date) !== undefined);
    await this.lookAtMeans(turn, still);
    return still;
  }

  /** Reads the wallets that pay, and where orders take from the stock itself, the stock. */
  private async lookAtMeans(turn: Turn, subscriptions: readonly Subscription[]): Promise<void> {
    const { date } = turn.evening;
    const due = subscriptions.map((subscription) => ({ subscription, due: dueOn(subscription, date) }));
    const paying = due.filter(({ due: one }) => isDue(one) && one.terms.paymentMethod === 'WALLET');
    const payers = [...new Set(paying.map(({ subscription }) => subscription.userId))];
    const wanted = turn.takesStock ? due.flatMap(({ due: one }) => (isDue(one) ? one.items : [])) : [];
    const [items, products] = await Promise.all([
      this.database.batchGet(payers.map((userId) => this.wallets.readOf(userId))),
      wanted.length > 0 ? this.products.currentProductsOf(wanted) : undefined,
    ]);
    payers.forEach((userId, index) => turn.wallets.set(userId, this.wallets.walletOf(userId, items[index])));
    const balances = new Map([...turn.wallets.values()].map(({ userId, balance }) => [userId, balance]));
    turn.means = turn.means.with(balances, products && shelfOfStock(wanted, products));
  }
}

/** Whether some may have a record of not being decided: in this round, or in one before. */
function mayHaveFaults({ run, progress }: Turn): boolean {
  return run.round > 1 || progress.faults > 0;
}

function isDue(due: ReturnType<typeof dueOn>) {
  return typeof due === 'object' && due.outcome === 'DUE';
}

/** Whether a shard can end with the last of its batches. */
function fits(writes: readonly Write[], progress: Progress): boolean {
  return writes.length + leftovers(progress).length <= ROOM;
}

/** What some decisions take together, a line a product. */
function takenBy(decisions: readonly Decision[]): PricedLine[] {
  const lines = new Map<ProductId, PricedLine>();
  for (const decision of decisions) {
    if (decision.outcome !== 'ORDERED') continue;
    for (const { productId, qty, price } of decision.items) {
      lines.set(productId, { productId, qty: qty + (lines.get(productId)?.qty ?? 0), price });
    }
  }
  return [...lines.values()];
}

/** Something was not as it was read: decide anew. */
function isChange(error: Error): boolean {
  const changes = [SubscriptionChanged, WalletChanged, InsufficientBalance];
  return changes.some((change) => error instanceof change) || isLineRefusal(error);
}

/** It is not for what was to be written that it failed: somebody else is at it, or something does not answer. */
export function isPassing(error: unknown): boolean {
  const others = [ProgressMoved, RunMoved, ShuttingDown, Unavailable];
  return others.some((other) => error instanceof other) || isOutage(error);
}
