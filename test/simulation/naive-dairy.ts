import { subscriptionIdPrefixOf } from '../../src/modules/subscription/domain/ids';
import type { Line, PaperCalendar } from './paper-calendar';

/** Money in rupees here, whole ones. */
export interface Good {
  price: number;
  stock: number;
  isOnSale: boolean;
}

export interface Household {
  readonly userId: string;
  balance: number;
  readonly subscriptions: Standing[];
}

/** A subscription; its id is what the program has called it. */
export interface Standing {
  readonly household: Household;
  /** The how many-th of its household. */
  readonly nth: number;
  readonly createdOn: string;
  readonly paper: PaperCalendar;
  id?: string;
}

export interface Priced extends Line {
  readonly price: number;
}

/** What has become of a subscription on a date. */
export interface Became {
  readonly outcome: string;
  readonly items: readonly Priced[];
  readonly missing: readonly Line[];
  readonly amount: number;
  /** Of the order, if there is one. */
  status?: string;
}

/** How a whole evening is decided by somebody with a pencil: one subscription after the other, by the book. */
export class NaiveDairy {
  readonly goods = new Map<string, Good>();
  readonly households: Household[] = [];
  /** By date, what has become of every subscription there was. */
  readonly history = new Map<string, Map<Standing, Became>>();

  get standings(): Standing[] {
    return this.households.flatMap(({ subscriptions }) => subscriptions);
  }

  on(date: string): Map<Standing, Became> {
    return this.history.get(date) ?? new Map<Standing, Became>();
  }

  /** The orders of a date are made when it is `time` on that date, or the evening before. */
  evening(date: string, time?: string): void {
    const became = new Map<Standing, Became>();
    this.history.set(date, became);
    const due: { standing: Standing; items: Line[] }[] = [];
    for (const standing of this.standings) {
      const wanted = standing.paper.on(date);
      const { deliverySlot } = standing.paper.wishOn(date);
      if (wanted.outcome !== 'DUE') became.set(standing, nothing(wanted.outcome));
      else if (time !== undefined && deliverySlot < time) became.set(standing, nothing('MISSED', wanted.items));
      due.push(...(wanted.outcome === 'DUE' ? [{ standing, items: wanted.items }] : []));
    }
    const scarce = this.scarce(due.flatMap(({ items }) => items));
    const waits = ({ items }: { items: Line[] }) => items.some(({ productId }) => scarce.has(productId));
    const byAge = [...due].sort((one, other) => compare(age(one.standing), age(other.standing)));
    const inOrder = [...byAge.filter((one) => !waits(one)), ...byAge.filter(waits)];
    for (const { standing, items } of inOrder) {
      if (!became.has(standing)) became.set(standing, this.serve(standing, date, items));
    }
  }

  /** In the early morning those who were short of money are tried once more, unless it is too late to deliver. */
  retry(date: string, time: string): void {
    const became = this.on(date);
    const short = [...became].filter(([, { outcome }]) => outcome === 'SHORT_BALANCE');
    short.sort(([one], [other]) => compare(place(one), place(other)));
    for (const [standing, { items, missing, amount }] of short) {
      if (standing.paper.wishOn(date).deliverySlot < time) continue;
      const { balance } = standing.household;
      const again = this.serve(standing, date, items);
      const isMoney = again.outcome === 'SHORT_BALANCE' || (again.outcome !== 'ORDERED' && balance < amount);
      if (!isMoney) became.set(standing, { ...again, missing: [...missing, ...again.missing] });
    }
  }

  /** What an order has cost comes back. */
  refund({ household, paper }: Standing, date: string, { amount }: Became): void {
    if (paper.wishOn(date).paymentMethod === 'WALLET') household.balance += amount;
  }

  putBack(items: readonly Line[]): void {
    for (const { productId, qty } of items) this.good(productId).stock += qty;
  }

  good(productId: string): Good {
    return this.goods.get(productId) as Good;
  }

  private serve({ household, paper }: Standing, date: string, wanted: readonly (Line | Priced)[]): Became {
    const lines = wanted.map((line) => ({ price: this.good(line.productId).price, ...line }));
    const isThere = ({ productId, qty }: Line) => this.good(productId).isOnSale && this.good(productId).stock >= qty;
    const items = lines.filter(isThere);
    const missing = lines.filter((line) => !isThere(line)).map(({ productId, qty }) => ({ productId, qty }));
    if (items.length === 0) {
      const isSoldOut = missing.some(({ productId }) => this.good(productId).isOnSale);
      return nothing(isSoldOut ? 'OUT_OF_STOCK' : 'PRODUCT_WITHDRAWN', missing);
    }
    const amount = items.reduce((sum, { price, qty }) => sum + price * qty, 0);
    const isByWallet = paper.wishOn(date).paymentMethod === 'WALLET';
    if (isByWallet && household.balance < amount) return { outcome: 'SHORT_BALANCE', items, missing, amount };
    if (isByWallet) household.balance -= amount;
    for (const { productId, qty } of items) this.good(productId).stock -= qty;
    return { outcome: 'ORDERED', items, missing, amount, status: 'CONFIRMED' };
  }

  /** What is on sale and not there for all who want it. */
  private scarce(lines: readonly Line[]): Set<string> {
    const wanted = new Map<string, number>();
    for (const { productId, qty } of lines) wanted.set(productId, (wanted.get(productId) ?? 0) + qty);
    const isScarce = ([productId, qty]: [string, number]) =>
      this.good(productId).isOnSale && qty > this.good(productId).stock;
    return new Set([...wanted].filter(isScarce).map(([productId]) => productId));
  }
}

function nothing(outcome: string, missing: readonly Line[] = []): Became {
  return { outcome, items: [], missing, amount: 0 };
}

/** Where a subscription stands among all: those of a household in the order in which they began. */
function place({ household, nth }: Standing): string {
  return `${subscriptionIdPrefixOf(household.userId)} ${String(nth).padStart(3, '0')}`;
}

function age(standing: Standing): string {
  return `${standing.createdOn} ${place(standing)}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
