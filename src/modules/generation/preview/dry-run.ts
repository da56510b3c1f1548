import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../kernel/calendar';
import type { ProductId, SubscriptionId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import { Database } from '../../../platform/dynamo/database';
import { ProductService } from '../../product';
import { pendingSubscriptions, type ProductUnits, type Subscription, SubscriptionScan } from '../../subscription';
import { WalletService } from '../../wallet';
import { Availability, type AvailableProduct, liveStock, type StockSnapshot } from '../domain/availability';
import type { RunContext } from '../domain/decide';
import { addDemand } from '../domain/demand';
import { planBatch } from '../domain/plan-batch';
import { newShardProgress, type ShardProgress } from '../domain/run';
import { RunSchedule } from '../run-schedule';
import { progressAfter } from '../stages/decision-writer';

const DEFERRED_PAGE_SIZE = 200;

/** What an evening would come to: its outcomes, and the units that would be ordered. */
export interface DryRunResult extends Pick<ShardProgress, 'counts' | 'faults'> {
  readonly units: readonly ProductUnits[];
}

/** Somebody who waits until all others are served, as in the run in order of age. */
interface DeferredSubscription {
  readonly createdAt: string;
  readonly subscriptionId: SubscriptionId;
}

/** One rehearsal as it goes on. In memory are pages of a few shards, the products, and a line for each who waits. */
interface DryRunState {
  /** What is in stock of all products that are wanted. */
  readonly stock: StockSnapshot;
  progress: ShardProgress;
  readonly deferred: DeferredSubscription[];
  /** What those who wait have left in their wallets. */
  readonly balances: Map<UserId, MinorUnits>;
}

/** The evening of a date, stage by stage as the run goes through it and by the same rules, but nothing is written. */
@Injectable()
export class DryRun {
  constructor(
    private readonly scan: SubscriptionScan,
    private readonly products: ProductService,
    private readonly wallets: WalletService,
    private readonly schedule: RunSchedule,
    private readonly database: Database,
  ) {}

  /** From the subscriptions, stock, prices and balances of now. */
  async run(date: LocalDate): Promise<DryRunResult> {
    const demand = await this.demandOn(this.schedule.runContext(date, 'WAIT'));
    const lines = [...demand.keys()].map((productId) => ({ productId }));
    const state: DryRunState = {
      stock: liveStock(lines, await this.products.currentProductsOf(lines)),
      progress: newShardProgress({ date, round: 1 }),
      deferred: [],
      balances: new Map(),
    };
    await this.placeShards(state, this.schedule.runContext(date, 'WAIT'), demand);
    await this.placeDeferred(state, this.schedule.runContext(date, 'GO_WITHOUT'));
    const { counts, faults, left } = state.progress;
    const units = Object.entries(left).map(([productId, taken]) => ({
      productId,
      name: nameOf(state, productId),
      units: -taken,
    }));
    return { counts, faults, units };
  }

  private async demandOn(context: RunContext): Promise<Map<ProductId, number>> {
    const demand: Record<ProductId, number> = {};
    await this.scan.forEachPage((page) => addDemand(pendingSubscriptions(page, context.date), context, demand));
    return new Map(Object.entries(demand));
  }

  /** What is there for all who want it is on the shelf, as if it were set aside; who wants other things waits. */
  private async placeShards(state: DryRunState, context: RunContext, demand: ReadonlyMap<ProductId, number>) {
    const sufficient = new Map(
      [...state.stock].filter(
        ([productId, product]) => product === 'WITHDRAWN' || product.left >= (demand.get(productId) ?? 0),
      ),
    );
    await this.scan.forEachShard(async (pages) => {
      let availability = new Availability(sufficient, new Map());
      let lastUserId: UserId | undefined;
      for await (const page of pages) {
        // Whoever's subscriptions go on from the page before has paid for those.
        const carriedOver = new Map(lastUserId === undefined ? [] : [[lastUserId, availability.balanceOf(lastUserId)]]);
        availability = availability.withUpdates(await this.balancesOf(page, carriedOver));
        availability = this.decidePage(state, context, page, availability);
        lastUserId = page.at(-1)?.userId;
      }
    });
  }

  private async placeDeferred(state: DryRunState, context: RunContext) {
    const { deferred, balances } = state;
    deferred.sort((one, other) => (deferralKey(one) < deferralKey(other) ? -1 : 1));
    let availability = new Availability(remainingStock(state), new Map());
    for (let first = 0; first < deferred.length; first += DEFERRED_PAGE_SIZE) {
      const slice = deferred.slice(first, first + DEFERRED_PAGE_SIZE);
      const found = await this.database.batchGet(slice.map((one) => this.scan.readOf(one.subscriptionId)));
      const page = found.filter((one) => one !== undefined);
      availability = this.decidePage(
        state,
        context,
        page,
        availability.withUpdates(await this.balancesOf(page, balances)),
      );
    }
  }

  /** Decides in batches as the run does; answers with what there is afterwards. */
  private decidePage(
    state: DryRunState,
    context: RunContext,
    page: readonly Subscription[],
    initial: Availability,
  ): Availability {
    const { deferred, balances } = state;
    const deferredUsers = new Set<UserId>();
    const options = { usesLiveStock: context.shortage === 'GO_WITHOUT', clearsFailureRecord: false };
    let availability = initial;
    for (let rest = pendingSubscriptions(page, context.date); rest.length > 0;) {
      const batch = planBatch(rest, context, availability, options);
      availability = batch.availability;
      state.progress = progressAfter(state.progress, batch.decisions);
      for (const { subscription, outcome } of batch.decisions) {
        if (outcome !== 'WAITING') continue;
        const { createdAt, subscriptionId, userId } = subscription;
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

  /** What is in the wallets of all whose subscriptions are on a page, where it is not known better. */
  private async balancesOf(
    page: readonly Subscription[],
    known: ReadonlyMap<UserId, MinorUnits>,
  ): Promise<Map<UserId, MinorUnits>> {
    const userIds = [...new Set(page.map(({ userId }) => userId))];
    const unknown = userIds.filter((userId) => !known.has(userId));
    const wallets = await this.database.batchGet(unknown.map((userId) => this.wallets.readOf(userId)));
    const read = new Map(wallets.map(({ userId, balance }) => [userId, balance]));
    return new Map(userIds.map((userId) => [userId, known.get(userId) ?? read.get(userId) ?? 0]));
  }
}

/** What is left of all products when some is ordered. */
function remainingStock({ stock, progress }: DryRunState): Map<ProductId, AvailableProduct | 'WITHDRAWN'> {
  return new Map(
    [...stock].map(([productId, product]) => [
      productId,
      product === 'WITHDRAWN' ? product : { ...product, left: product.left + (progress.left[productId] ?? 0) },
    ]),
  );
}

function deferralKey({ createdAt, subscriptionId }: DeferredSubscription): string {
  return `${createdAt}#${subscriptionId}`;
}

function nameOf({ stock }: DryRunState, productId: ProductId): string {
  const product = stock.get(productId);
  return product && product !== 'WITHDRAWN' ? product.name : productId;
}
