import { Injectable } from '@nestjs/common';
import type { LocalDate, LocalTime } from '../../kernel/calendar';
import type { ProductId } from '../../kernel/ids';
import { iteratePages } from '../../platform/dynamo/cursor';
import { Unavailable } from '../../platform/errors';
import { ShutdownSignal } from '../../platform/shutdown/shutdown-signal';
import { Transaction } from '../../platform/transaction/transaction';
import { isLineRefusal, ProductService } from '../product';
import { allotmentOf } from './allotment';
import { AllotmentRepository } from './allotment.repository';
import { dueOn, type Evening } from './decision';
import { begun, type Progress, type Round } from './generation';
import { RunMoved } from './generation.errors';
import { GenerationRepository } from './generation.repository';
import { GenerationTimes } from './generation.times';
import type { Subscription } from './subscription';
import { SubscriptionRepository } from './subscription.repository';

const SUBSCRIPTIONS_A_PAGE = 1_000;
/** Two writes a product, and a transaction has room for a hundred. */
const PRODUCTS_AT_ONCE = 45;
const ATTEMPTS = 10;

/** What an evening needs of every product, and setting that aside, so that orders never meet on one bottle of milk. */
@Injectable()
export class DemandCount {
  constructor(
    private readonly repository: GenerationRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly allotments: AllotmentRepository,
    private readonly products: ProductService,
    private readonly times: GenerationTimes,
    private readonly transaction: Transaction,
    private readonly ending: ShutdownSignal,
  ) {}

  /**
   * Counts what a shard will need. One that needs nothing, and has nothing to record, is done with that. `ProgressMoved`
   * when somebody has counted it; `ShuttingDown`.
   */
  async count(round: Round, shard: string): Promise<void> {
    const { left, hasWork } = await this.demandOf(round.date, shard);
    await this.transaction.commit([
      this.repository.firstStep(round, shard, { ...begun(round), left, isDone: !hasWork }),
      this.repository.counted(round, hasWork),
    ]);
  }

  /** Sets aside what all shards need, product by product: all that is wanted of it, or nothing when there is too little. */
  async allot(run: Round): Promise<void> {
    const demand = await this.demandOfAll(run);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const known = new Set((await this.allotments.of(run)).map(({ productId }) => productId));
      const next = [...demand].filter(([productId]) => !known.has(productId)).slice(0, PRODUCTS_AT_ONCE);
      if (next.length === 0) return;
      if (await this.tryToAllot(run, next)) attempt = 0;
    }
    throw new Unavailable('The stock does not hold still long enough to be set aside.');
  }

  /** False when stock, price or a colleague was different by the time it was written. */
  private async tryToAllot(run: Round, demand: readonly (readonly [ProductId, number])[]): Promise<boolean> {
    const lines = demand.map(([productId, qty]) => ({ productId, qty }));
    const products = await this.products.currentProductsOf(lines);
    const allotments = lines.map(({ productId, qty }) => allotmentOf(productId, qty, products.get(productId)));
    const taken = allotments.filter((allotment) => allotment.state === 'ALLOTTED');
    try {
      await this.transaction.commit([
        ...allotments.map((allotment) => this.allotments.allot(run, allotment)),
        ...taken.map((allotment) => this.products.takeStock(allotment)),
      ]);
    } catch (error) {
      if (error instanceof RunMoved || isLineRefusal(error)) return false;
      throw error;
    }
    this.products.stockTaken(taken);
    return true;
  }

  private async demandOf(date: LocalDate, shard: string): Promise<Pick<Progress, 'left'> & { hasWork: boolean }> {
    const left: Record<ProductId, number> = {};
    const evening = this.times.evening(date, 'WAIT');
    let hasWork = false;
    for await (const found of iteratePages(SUBSCRIPTIONS_A_PAGE, (page) => this.subscriptions.ofShard(shard, page))) {
      this.ending.throwIfStarted();
      for (const subscription of found) hasWork = addDemand(subscription, evening, left) || hasWork;
    }
    return { left, hasWork };
  }

  private async demandOfAll(run: Round): Promise<Map<ProductId, number>> {
    const total = new Map<ProductId, number>();
    for (const progress of await this.repository.progressOfAll(run.date)) {
      if (progress?.round !== run.round) continue;
      for (const [productId, qty] of Object.entries(progress.left)) {
        total.set(productId, (total.get(productId) ?? 0) + qty);
      }
    }
    return total;
  }
}

/** Adds what a subscription will need, unless its slot has passed; true when anything is to be decided of it. */
export function addDemand(subscription: Subscription, evening: Evening, left: Record<ProductId, number>): boolean {
  const due = dueOn(subscription, evening.date);
  if (due === undefined) return false;
  if (due !== 'UNREADABLE' && due.outcome === 'DUE' && comesInTime(due.terms.deliverySlot, evening)) {
    for (const { productId, qty } of due.items) left[productId] = (left[productId] ?? 0) + qty;
  }
  return true;
}

function comesInTime(slot: LocalTime, { slotAt, now }: Evening): boolean {
  try {
    return slotAt(slot) >= now;
  } catch {
    // It cannot be read, and so it will not be decided.
    return false;
  }
}
