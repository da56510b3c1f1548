import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../kernel/calendar';
import type { ProductId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import type { JobProgress } from '../../../platform/jobs/job-progress';
import { pendingSubscriptions, type ProductUnits, type Subscription, SubscriptionScan } from '../../subscription';
import { Availability, type AvailableProduct, type StockSnapshot } from '../domain/availability';
import type { RunContext } from '../domain/decide';
import { addDemand } from '../domain/pending-demand';
import { planBatch } from '../domain/plan-batch';
import type { ShardCounts } from '../domain/run';
import { MAX_SHORT, type ShortSubscription } from '../domain/preview';
import { newShardProgress, progressAfter, type ShardProgress } from '../domain/shard-progress';
import { deferralKeyOf, reservationFor, reservedStock } from '../domain/stock-reservation';
import { SnapshotReader } from '../placing/snapshot-reader';
import { RunSchedule } from '../run-schedule';

const DEFERRED_PAGE_SIZE = 200;

/** The outcomes of a dry run, and the units that would be ordered. */
export interface DryRunResult extends ShardCounts {
  readonly units: readonly ProductUnits[];
  /** The first subscriptions whose wallet does not cover their order. */
  readonly short: readonly ShortSubscription[];
}

/** Units by product. */
type Demand = Readonly<Record<ProductId, number>>;

/** A subscription that is decided after all others, oldest first, as in a run. */
type DeferredSubscription = Pick<Subscription, 'createdAt' | 'subscriptionId'>;

/** The state of a dry run. Memory holds pages of a few partitions, the products, and a line per deferred subscription. */
interface DryRunState {
  /** The stock of all requested products. */
  readonly stock: StockSnapshot;
  progress: ShardProgress;
  readonly deferred: DeferredSubscription[];
  readonly short: ShortSubscription[];
  /** The balances that customers with deferred subscriptions have left. */
  readonly balances: Map<UserId, MinorUnits>;
}

/** A run of a date, stage by stage and by the same rules, that writes nothing. */
@Injectable()
export class DryRun {
  constructor(
    private readonly scan: SubscriptionScan,
    private readonly snapshots: SnapshotReader,
    private readonly schedule: RunSchedule,
  ) {}

  /**
   * Uses current subscriptions, stock, prices and balances. Steps of progress: each partition twice, then the deferred
   * subscriptions.
   */
  async run(date: LocalDate, progress: JobProgress): Promise<DryRunResult> {
    progress.expectSteps(2 * this.scan.partitionCount + 1);
    const demand = await this.demandOn(this.schedule.runContext(date, 'DEFER'), progress);
    const lines = Object.keys(demand).map((productId) => ({ productId }));
    const state: DryRunState = {
      stock: await this.snapshots.stock(lines),
      progress: newShardProgress({ date, round: 1 }),
      deferred: [],
      short: [],
      balances: new Map(),
    };
    await this.placePartitions(state, this.schedule.runContext(date, 'DEFER'), demand, progress);
    await this.placeDeferred(state, this.schedule.runContext(date, 'PARTIAL'), progress);
    progress.completeStep();
    const { counts, faults, left } = state.progress;
    const units = Object.entries(left).map(([productId, taken]) => ({
      productId,
      name: nameOf(state, productId),
      units: -taken,
    }));
    return { counts, faults, units, short: state.short };
  }

  private async demandOn(context: RunContext, progress: JobProgress): Promise<Demand> {
    const demand: Record<ProductId, number> = {};
    const visit = (page: readonly Subscription[]) =>
      addDemand(pendingSubscriptions(page, context.date), context, demand);
    await this.scan.forEachPage(visit, progress);
    return demand;
  }

  /** Each partition may take all reserved stock, because together they need no more. */
  private async placePartitions(state: DryRunState, context: RunContext, demand: Demand, progress: JobProgress) {
    const reservations = Object.entries(demand).map(([productId, qty]) =>
      reservationFor(productId, qty, state.stock.get(productId)),
    );
    await this.scan.forEachPartition(async (pages) => {
      let availability = new Availability(reservedStock(reservations, demand), new Map());
      let lastUserId: UserId | undefined;
      for await (const page of pages) {
        // The subscriptions of one customer may span two pages. Their balance is then what the first page left.
        const carriedOver = new Map(lastUserId === undefined ? [] : [[lastUserId, availability.balanceOf(lastUserId)]]);
        availability = availability.withUpdates(await this.balancesOf(page, carriedOver));
        availability = this.decidePage(state, context, page, availability);
        lastUserId = page.at(-1)?.userId;
      }
    }, progress);
  }

  private async placeDeferred(state: DryRunState, context: RunContext, progress: JobProgress) {
    const { deferred, balances } = state;
    deferred.sort((one, other) => (deferralKeyOf(one) < deferralKeyOf(other) ? -1 : 1));
    let availability = new Availability(remainingStock(state), new Map());
    for (let first = 0; first < deferred.length; first += DEFERRED_PAGE_SIZE) {
      progress.throwIfStopped();
      const slice = deferred.slice(first, first + DEFERRED_PAGE_SIZE);
      const page = await this.snapshots.subscriptions(slice.map(({ subscriptionId }) => subscriptionId));
      availability = this.decidePage(
        state,
        context,
        page,
        availability.withUpdates(await this.balancesOf(page, balances)),
      );
    }
  }

  /** Decides in batches, as a run does. Returns what is available afterwards. */
  private decidePage(
    state: DryRunState,
    context: RunContext,
    page: readonly Subscription[],
    initial: Availability,
  ): Availability {
    const { deferred, balances, short } = state;
    const deferredUsers = new Set<UserId>();
    let availability = initial;
    for (let rest = pendingSubscriptions(page, context.date); rest.length > 0;) {
      const batch = planBatch(rest, context, availability, { deletesEarlierRecord: false });
      availability = batch.availability;
      state.progress = progressAfter(state.progress, batch.decisions);
      for (const decision of batch.decisions) {
        const { createdAt, subscriptionId, userId } = decision.subscription;
        if (decision.outcome === 'SHORT_BALANCE' && short.length < MAX_SHORT) {
          short.push({ subscriptionId, userId, amount: decision.amount });
        }
        if (decision.outcome !== 'DEFERRED') continue;
        deferred.push({ createdAt, subscriptionId });
        deferredUsers.add(userId);
      }
      rest = rest.slice(batch.decisions.length);
    }
    for (const { userId } of page) {
      if (deferredUsers.has(userId) || balances.has(userId)) balances.set(userId, availability.balanceOf(userId));
    }
    return availability;
  }

  /** The balances of all customers on a page: the known ones, and the stored ones of the others. */
  private async balancesOf(
    page: readonly Subscription[],
    known: ReadonlyMap<UserId, MinorUnits>,
  ): Promise<Map<UserId, MinorUnits>> {
    const userIds = [...new Set(page.map(({ userId }) => userId))];
    const unknown = userIds.filter((userId) => !known.has(userId));
    const read = new Map((await this.snapshots.wallets(unknown)).map(({ userId, balance }) => [userId, balance]));
    return new Map(userIds.map((userId) => [userId, known.get(userId) ?? read.get(userId) ?? 0]));
  }
}

/** The stock of all products, less what has been ordered so far. */
function remainingStock({ stock, progress }: DryRunState): Map<ProductId, AvailableProduct | 'WITHDRAWN'> {
  return new Map(
    [...stock].map(([productId, product]) => [
      productId,
      product === 'WITHDRAWN' ? product : { ...product, left: product.left + (progress.left[productId] ?? 0) },
    ]),
  );
}

function nameOf({ stock }: DryRunState, productId: ProductId): string {
  const product = stock.get(productId);
  return product && product !== 'WITHDRAWN' ? product.name : productId;
}
