import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../kernel/calendar';
import type { ProductId, SubscriptionId, UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import { Database } from '../../platform/dynamo/database';
import { ProductService } from '../product';
import { WalletService } from '../wallet';
import { draw } from './batch';
import type { Evening } from './decision';
import { begun, type Progress } from './generation';
import { addDemand } from './generation.counting';
import { advanced } from './generation.decisions';
import { GenerationTimes } from './generation.times';
import { Means, type Offer, type Shelf, shelfOfStock } from './means';
import type { Units } from './preview';
import type { Subscription } from './subscription';
import { SubscriptionRepository } from './subscription.repository';
import { SubscriptionWalk } from './subscription.walk';

const WAITING_AT_ONCE = 200;

/** What an evening would come to: its outcomes, and the units that would be ordered. */
export interface Rehearsed extends Pick<Progress, 'counts' | 'faults'> {
  readonly units: readonly Units[];
}

/** Somebody who waits until all others are served, as in the run in order of age. */
interface Place {
  readonly createdAt: string;
  readonly subscriptionId: SubscriptionId;
}

/** One rehearsal as it goes on. In memory are pages of a few shards, the products, and a line for each who waits. */
interface Rehearsal {
  /** What is in stock of all products that are wanted. */
  readonly shelf: Shelf;
  progress: Progress;
  readonly waiting: Place[];
  /** What those who wait have left in their wallets. */
  readonly balances: Map<UserId, MinorUnits>;
}

/** The evening of a date, stage by stage as the run goes through it and by the same rules, but nothing is written. */
@Injectable()
export class EveningRehearsal {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly walk: SubscriptionWalk,
    private readonly products: ProductService,
    private readonly wallets: WalletService,
    private readonly times: GenerationTimes,
    private readonly database: Database,
  ) {}

  /** From the subscriptions, stock, prices and balances of now. */
  async of(date: LocalDate): Promise<Rehearsed> {
    const demand = await this.demandOn(this.times.evening(date, 'WAIT'));
    const lines = [...demand.keys()].map((productId) => ({ productId }));
    const rehearsal: Rehearsal = {
      shelf: shelfOfStock(lines, await this.products.currentProductsOf(lines)),
      progress: begun({ date, round: 1 }),
      waiting: [],
      balances: new Map(),
    };
    await this.placeShards(rehearsal, this.times.evening(date, 'WAIT'), demand);
    await this.placeWaiting(rehearsal, this.times.evening(date, 'GO_WITHOUT'));
    const { counts, faults, left } = rehearsal.progress;
    const units = Object.entries(left).map(([productId, taken]) => ({
      productId,
      name: nameOf(rehearsal, productId),
      units: -taken,
    }));
    return { counts, faults, units };
  }

  private async demandOn(evening: Evening): Promise<Map<ProductId, number>> {
    const demand: Record<ProductId, number> = {};
    await this.walk.pages((page) => page.forEach((subscription) => addDemand(subscription, evening, demand)));
    return new Map(Object.entries(demand));
  }

  /** What is there for all who want it is on the shelf, as if it were set aside; who wants other things waits. */
  private async placeShards(rehearsal: Rehearsal, evening: Evening, demand: ReadonlyMap<ProductId, number>) {
    const ample = new Map(
      [...rehearsal.shelf].filter(
        ([productId, offer]) => offer === 'WITHDRAWN' || offer.left >= (demand.get(productId) ?? 0),
      ),
    );
    await this.walk.shards(async (pages) => {
      let means = new Means(ample, new Map());
      let last: UserId | undefined;
      for await (const page of pages) {
        // Whoever's subscriptions go on from the page before has paid for those.
        const paid = new Map(last === undefined ? [] : [[last, means.balanceOf(last)]]);
        means = means.with(await this.balancesOf(page, paid));
        means = this.decide(rehearsal, evening, page, means);
        last = page.at(-1)?.userId;
      }
    });
  }

  private async placeWaiting(rehearsal: Rehearsal, evening: Evening) {
    const { waiting, balances } = rehearsal;
    waiting.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
    let means = new Means(leftOf(rehearsal), new Map());
    for (let first = 0; first < waiting.length; first += WAITING_AT_ONCE) {
      const places = waiting.slice(first, first + WAITING_AT_ONCE);
      const found = await this.database.batchGet(places.map((one) => this.subscriptions.readOf(one.subscriptionId)));
      const page = found.filter((one) => one !== undefined) as unknown as Subscription[];
      means = this.decide(rehearsal, evening, page, means.with(await this.balancesOf(page, balances)));
    }
  }

  /** Decides in batches as the run does; answers with what there is afterwards. */
  private decide(rehearsal: Rehearsal, evening: Evening, page: readonly Subscription[], before: Means): Means {
    const { waiting, balances } = rehearsal;
    const waits = new Set<UserId>();
    const extra = { takesStock: evening.shortage === 'GO_WITHOUT', forgets: false };
    let means = before;
    for (let rest = page; rest.length > 0;) {
      const batch = draw(rest, evening, means, extra);
      means = batch.means;
      rehearsal.progress = advanced(rehearsal.progress, batch.decisions);
      for (const { subscription, outcome } of batch.decisions) {
        if (outcome !== 'WAITING') continue;
        const { createdAt, subscriptionId, userId } = subscription;
        waiting.push({ createdAt, subscriptionId });
        waits.add(userId);
      }
      rest = rest.slice(batch.seen);
    }
    for (const { userId } of page) {
      if (waits.has(userId) || balances.has(userId)) balances.set(userId, means.balanceOf(userId));
    }
    return means;
  }

  /** What is in the wallets of all whose subscriptions are on a page, where it is not known better. */
  private async balancesOf(
    page: readonly Subscription[],
    known: ReadonlyMap<UserId, MinorUnits>,
  ): Promise<Map<UserId, MinorUnits>> {
    const people = [...new Set(page.map(({ userId }) => userId))];
    const unknown = people.filter((userId) => !known.has(userId));
    const items = await this.database.batchGet(unknown.map((userId) => this.wallets.readOf(userId)));
    const read = new Map(unknown.map((id, index) => [id, this.wallets.walletOf(id, items[index]).balance]));
    return new Map(people.map((userId) => [userId, known.get(userId) ?? read.get(userId) ?? 0]));
  }
}

/** What is left of all products when some is ordered. */
function leftOf({ shelf, progress }: Rehearsal): Map<ProductId, Offer | 'WITHDRAWN'> {
  return new Map(
    [...shelf].map(([productId, offer]) => [
      productId,
      offer === 'WITHDRAWN' ? offer : { ...offer, left: offer.left + (progress.left[productId] ?? 0) },
    ]),
  );
}

function placeOf({ createdAt, subscriptionId }: Place): string {
  return `${createdAt}#${subscriptionId}`;
}

function nameOf({ shelf }: Rehearsal, productId: ProductId): string {
  const offer = shelf.get(productId);
  return offer && offer !== 'WITHDRAWN' ? offer.name : productId;
}
