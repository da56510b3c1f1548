import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/dynamo/database';
import { Transaction } from '../../platform/dynamo/transaction';
import type { ProductId } from '../../platform/ids';
import { type Line, ProductService } from '../product';
import { type Allotment, AllotmentRepository } from './allotment.repository';
import { Means, type Offer } from './decision';
import type { Progress, Run } from './generation';
import { DecisionBatches, type Turn } from './generation.batches';
import { untouched } from './generation.decisions';
import { GenerationRepository } from './generation.repository';
import { GenerationTimes } from './generation.times';
import type { Subscription } from './subscription';
import { SubscriptionRepository } from './subscription.repository';

const SUBSCRIPTIONS_A_PAGE = 200;
const RETURNED_AT_ONCE = 90;
/** Those who wait stand in no shard: they are served by age, over all shards. */
const LAST = 'last';

/** Placing the orders of an evening: first of all whose products were set aside, then of those who wait. */
@Injectable()
export class OrderPlacing {
  constructor(
    private readonly repository: GenerationRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly allotments: AllotmentRepository,
    private readonly batches: DecisionBatches,
    private readonly products: ProductService,
    private readonly times: GenerationTimes,
    private readonly database: Database,
    private readonly transaction: Transaction,
  ) {}

  /**
   * Places the orders of a shard from what was set aside, and puts back what is left of that. What others have decided
   * is skipped: so it goes on where somebody has died. `ProgressMoved`, `RunMoved` when somebody else is at it.
   */
  async placeShard(run: Run, shard: string): Promise<void> {
    const stored = await this.repository.progressOf(run.date, shard);
    if (stored?.round !== run.round || stored.isDone) return;
    const allotted = new Map((await this.allotments.of(run)).map((allotment) => [allotment.productId, allotment]));
    const left = Object.fromEntries(
      Object.entries(stored.left).filter(([productId]) => allotted.get(productId)?.state === 'ALLOTTED'),
    );
    const turn: Turn = {
      run,
      shard,
      evening: this.times.evening(run.date, 'WAIT'),
      stored,
      progress: { ...stored, left },
      means: new Means(shelfOf(allotted.values(), left), new Map()),
      wallets: new Map(),
      takesStock: false,
    };
    let cursor: string | undefined;
    do {
      const page = await this.subscriptions.ofShard(shard, { limit: SUBSCRIPTIONS_A_PAGE, cursor });
      turn.wallets = new Map();
      await this.batches.decideAll(turn, page.items);
      cursor = page.next;
    } while (cursor);
    await this.finish(turn);
  }

  /** Serves those who wait, oldest first, from the stock itself; answers with where that has led. */
  async placeWaiting(run: Run): Promise<{ stored?: Progress; progress: Progress }> {
    const stored = await this.repository.progressOf(run.date, LAST);
    const turn: Turn = {
      run,
      shard: LAST,
      evening: this.times.evening(run.date, 'GO_WITHOUT'),
      stored,
      progress: stored?.round === run.round ? stored : untouched(run, stored?.version),
      means: new Means(new Map(), new Map()),
      wallets: new Map(),
      takesStock: true,
    };
    let cursor: string | undefined;
    do {
      const page = await this.allotments.whoWaits(run, { limit: SUBSCRIPTIONS_A_PAGE, cursor });
      const reads = page.items.map(({ subscriptionId }) => this.subscriptions.readOf(subscriptionId));
      const waiting = (await this.database.batchGet(reads)).filter((one) => one !== undefined);
      turn.wallets = new Map();
      await this.batches.decideAll(turn, waiting as unknown as Subscription[]);
      cursor = page.next;
    } while (cursor);
    return turn;
  }

  /** The write that ends the serving of those who wait, from where it has led. */
  endWaiting(run: Run, { stored, progress }: Pick<Turn, 'stored' | 'progress'>) {
    return this.repository.advance(run.date, LAST, stored, {
      ...progress,
      isDone: true,
      version: progress.version + 1,
    });
  }

  private async finish(turn: Turn): Promise<void> {
    const { run, shard } = turn;
    for (;;) {
      const back = leftovers(turn.progress).slice(0, RETURNED_AT_ONCE);
      const left = { ...turn.progress.left };
      for (const { productId } of back) delete left[productId];
      const isDone = leftovers({ left }).length === 0;
      const progress = { ...turn.progress, left, isDone, version: turn.progress.version + 1 };
      await this.transaction.commit([
        this.repository.advance(run.date, shard, turn.stored, progress),
        isDone ? this.repository.placed(run, progress) : undefined,
        ...back.map((line) => this.products.returnStock(line)),
      ]);
      this.products.stockReturned(back);
      turn.stored = turn.progress = progress;
      if (isDone) return;
    }
  }
}

function leftovers({ left }: Pick<Progress, 'left'>): Line[] {
  return Object.entries(left).flatMap(([productId, qty]) => (qty > 0 ? [{ productId, qty }] : []));
}

/** What a shard can give: its part of what was set aside. What is scarce is not on it. */
function shelfOf(allotments: Iterable<Allotment>, left: Progress['left']): Map<ProductId, Offer | 'WITHDRAWN'> {
  const shelf = new Map<ProductId, Offer | 'WITHDRAWN'>();
  for (const allotment of allotments) {
    const { productId } = allotment;
    if (allotment.state === 'WITHDRAWN') shelf.set(productId, 'WITHDRAWN');
    if (allotment.state !== 'ALLOTTED') continue;
    const { name, price, unit } = allotment;
    shelf.set(productId, { name, price, unit, left: left[productId] ?? 0 });
  }
  return shelf;
}
