import { Injectable } from '@nestjs/common';
import { iteratePages } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import type { Write } from '../../platform/dynamo/write';
import { ShutdownSignal } from '../../platform/shutdown/shutdown-signal';
import { Transaction } from '../../platform/transaction/transaction';
import type { Allotment } from './allotment';
import { AllotmentRepository } from './allotment.repository';
import { begun, type Progress, type Round, type Run } from './generation';
import { DecisionBatches, type Turn } from './generation.batches';
import { GenerationRepository } from './generation.repository';
import { GenerationTimes } from './generation.times';
import { Means, shelfOfAllotted } from './means';
import type { Subscription } from './subscription';
import { SubscriptionRepository } from './subscription.repository';

const SUBSCRIPTIONS_A_PAGE = 300;
/** Those who wait stand in no shard: they are served by age, over all shards. */
const LAST = 'last';

/** Placing the orders of an evening: first of all whose products were set aside, then of those who wait. */
@Injectable()
export class OrderPlacing {
  /** Every shard asks, and they do not change once orders are placed. */
  private setAside?: { readonly of: string; readonly allotments: Promise<readonly Allotment[]> };

  constructor(
    private readonly repository: GenerationRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly allotments: AllotmentRepository,
    private readonly batches: DecisionBatches,
    private readonly times: GenerationTimes,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly ending: ShutdownSignal,
  ) {}

  /**
   * Places the orders of a shard from what was set aside, and puts back what is left of that. What others have decided
   * is skipped: so it goes on where somebody has died, or has left. `ProgressMoved`, `RunMoved` when somebody else is at
   * it; `ShuttingDown`.
   */
  async placeShard(run: Round, shard: string): Promise<void> {
    const progress = await this.repository.placingOf(run, shard);
    if (!progress) return;
    const allotments = await this.allotmentsOf(run);
    const left = ofAllotted(progress.left, allotments);
    const turn: Turn = {
      run,
      shard,
      evening: this.times.evening(run.date, 'WAIT'),
      progress: { ...progress, left },
      means: new Means(shelfOfAllotted(allotments, left), new Map()),
      wallets: new Map(),
      takesStock: false,
      isEnding: false,
    };
    const restless: Subscription[] = [];
    let cursor: string | undefined;
    do {
      this.ending.throwIfStarted();
      const page = await this.subscriptions.ofShard(shard, { limit: SUBSCRIPTIONS_A_PAGE, cursor });
      cursor = page.next;
      turn.wallets = new Map();
      turn.isEnding = cursor === undefined && restless.length === 0;
      restless.push(...(await this.batches.decideAll(turn, page.items)));
    } while (cursor);
    await this.batches.decideRestless(turn, restless);
    while (!turn.progress.isDone) {
      await this.batches.end(turn, { ...turn.progress, version: turn.progress.version + 1 });
    }
  }

  /** Serves those who wait, oldest first, from the stock itself; answers with where that has led. `ShuttingDown`. */
  async placeWaiting(run: Run): Promise<Progress> {
    const turn: Turn = {
      run,
      shard: LAST,
      evening: this.times.evening(run.date, 'GO_WITHOUT'),
      progress: await this.lastOf(run),
      means: new Means(new Map(), new Map()),
      wallets: new Map(),
      takesStock: true,
      isEnding: false,
    };
    const restless: Subscription[] = [];
    for await (const places of iteratePages(SUBSCRIPTIONS_A_PAGE, (page) => this.allotments.whoWaits(run, page))) {
      this.ending.throwIfStarted();
      if (places.length > 0) await this.transaction.commit([this.repository.stillAt(run)]);
      const reads = places.map(({ subscriptionId }) => this.subscriptions.readOf(subscriptionId));
      const waiting = (await this.database.batchGet(reads)).filter((one) => one !== undefined);
      turn.wallets = new Map();
      restless.push(...(await this.batches.decideAll(turn, waiting as unknown as Subscription[])));
    }
    await this.batches.decideRestless(turn, restless);
    return turn.progress;
  }

  /** The write that ends the serving of those who wait, from where it has led. */
  endWaiting(run: Round, progress: Progress): Write {
    const ended = { ...progress, isDone: true, version: progress.version + 1 };
    return this.repository.nextStep(run, LAST, progress, ended);
  }

  private async lastOf(run: Round): Promise<Progress> {
    const stored = await this.repository.progressOf(run.date, LAST);
    if (stored?.round === run.round) return stored;
    const first = begun(run);
    await this.transaction.commit([this.repository.firstStep(run, LAST, first)]);
    return first;
  }

  private async allotmentsOf(run: Round): Promise<readonly Allotment[]> {
    const of = `${run.date}#${run.round}`;
    if (this.setAside?.of !== of) {
      const allotments = this.allotments.of(run);
      this.setAside = { of, allotments };
      allotments.catch(() => (this.setAside = undefined));
    }
    return this.setAside.allotments;
  }
}

/** Of what a shard has counted, what was set aside for it. */
function ofAllotted(left: Progress['left'], allotments: readonly Allotment[]): Progress['left'] {
  const allotted = new Set(allotments.flatMap(({ state, productId }) => (state === 'ALLOTTED' ? [productId] : [])));
  return Object.fromEntries(Object.entries(left).filter(([productId]) => allotted.has(productId)));
}
