import { subscriptionIdPrefixOf } from '../../src/modules/subscription/domain/ids';
import type { Line, ReferenceCalendar } from './reference-calendar';

/** Money in rupees here, whole ones. */
export interface ModelProduct {
  price: number;
  stock: number;
  isOnSale: boolean;
}

export interface Household {
  readonly userId: string;
  balance: number;
  readonly subscriptions: ModelSubscription[];
}

/** A subscription; its id is what the program has called it. */
export interface ModelSubscription {
  readonly household: Household;
  /** The how many-th of its household. */
  readonly index: number;
  readonly createdOn: string;
  readonly calendar: ReferenceCalendar;
  id?: string;
}

export interface PricedLine extends Line {
  readonly price: number;
}

/** What has become of a subscription on a date. */
export interface ModelOutcome {
  readonly outcome: string;
  readonly items: readonly PricedLine[];
  readonly missing: readonly Line[];
  readonly amount: number;
  /** Of the order, if there is one. */
  status?: string;
}

/** How a whole evening is decided by somebody with a pencil: one subscription after the other, by the book. */
export class ReferenceModel {
  readonly products = new Map<string, ModelProduct>();
  readonly households: Household[] = [];
  /** By date, what has become of every subscription there was. */
  readonly history = new Map<string, Map<ModelSubscription, ModelOutcome>>();

  get subscriptions(): ModelSubscription[] {
    return this.households.flatMap(({ subscriptions }) => subscriptions);
  }

  outcomesOn(date: string): Map<ModelSubscription, ModelOutcome> {
    return this.history.get(date) ?? new Map<ModelSubscription, ModelOutcome>();
  }

  /** The orders of a date are made when it is `time` on that date, or the evening before. */
  generate(date: string, time?: string): void {
    const decided = new Map<ModelSubscription, ModelOutcome>();
    this.history.set(date, decided);
    const due: { standing: ModelSubscription; items: Line[] }[] = [];
    for (const subscription of this.subscriptions) {
      const demand = subscription.calendar.occurrenceOn(date);
      const { deliverySlot } = subscription.calendar.termsOn(date);
      if (demand.outcome !== 'DUE') decided.set(subscription, withoutOrder(demand.outcome));
      else if (time !== undefined && deliverySlot < time)
        decided.set(subscription, withoutOrder('MISSED', demand.items));
      due.push(...(demand.outcome === 'DUE' ? [{ standing: subscription, items: demand.items }] : []));
    }
    const scarce = this.scarceProducts(due.flatMap(({ items }) => items));
    const isDeferred = ({ items }: { items: Line[] }) => items.some(({ productId }) => scarce.has(productId));
    const byAge = [...due].sort((one, other) => compare(ageOf(one.standing), ageOf(other.standing)));
    const inOrder = [...byAge.filter((one) => !isDeferred(one)), ...byAge.filter(isDeferred)];
    for (const { standing: subscription, items } of inOrder) {
      if (!decided.has(subscription)) decided.set(subscription, this.allocate(subscription, date, items));
    }
  }

  /** In the early morning those who were short of money are tried once more, unless it is too late to deliver. */
  retryUnpaid(date: string, time: string): void {
    const decided = this.outcomesOn(date);
    const unpaid = [...decided].filter(([, { outcome }]) => outcome === 'SHORT_BALANCE');
    unpaid.sort(([one], [other]) => compare(shardOrderOf(one), shardOrderOf(other)));
    for (const [subscription, { items, missing, amount }] of unpaid) {
      if (subscription.calendar.termsOn(date).deliverySlot < time) continue;
      const { balance } = subscription.household;
      const retried = this.allocate(subscription, date, items);
      const isStillUnpaid = retried.outcome === 'SHORT_BALANCE' || (retried.outcome !== 'ORDERED' && balance < amount);
      if (!isStillUnpaid) decided.set(subscription, { ...retried, missing: [...missing, ...retried.missing] });
    }
  }

  /** What an order has cost comes back. */
  refund({ household, calendar }: ModelSubscription, date: string, { amount }: ModelOutcome): void {
    if (calendar.termsOn(date).paymentMethod === 'WALLET') household.balance += amount;
  }

  restock(items: readonly Line[]): void {
    for (const { productId, qty } of items) this.product(productId).stock += qty;
  }

  product(productId: string): ModelProduct {
    return this.products.get(productId) as ModelProduct;
  }

  private allocate(
    { household, calendar }: ModelSubscription,
    date: string,
    demand: readonly (Line | PricedLine)[],
  ): ModelOutcome {
    const lines = demand.map((line) => ({ price: this.product(line.productId).price, ...line }));
    const isAvailable = ({ productId, qty }: Line) =>
      this.product(productId).isOnSale && this.product(productId).stock >= qty;
    const items = lines.filter(isAvailable);
    const missing = lines.filter((line) => !isAvailable(line)).map(({ productId, qty }) => ({ productId, qty }));
    if (items.length === 0) {
      const isSoldOut = missing.some(({ productId }) => this.product(productId).isOnSale);
      return withoutOrder(isSoldOut ? 'OUT_OF_STOCK' : 'PRODUCT_WITHDRAWN', missing);
    }
    const amount = items.reduce((sum, { price, qty }) => sum + price * qty, 0);
    const isByWallet = calendar.termsOn(date).paymentMethod === 'WALLET';
    if (isByWallet && household.balance < amount) return { outcome: 'SHORT_BALANCE', items, missing, amount };
    if (isByWallet) household.balance -= amount;
    for (const { productId, qty } of items) this.product(productId).stock -= qty;
    return { outcome: 'ORDERED', items, missing, amount, status: 'CONFIRMED' };
  }

  /** What is on sale and not there for all who want it. */
  private scarceProducts(lines: readonly Line[]): Set<string> {
    const demand = new Map<string, number>();
    for (const { productId, qty } of lines) demand.set(productId, (demand.get(productId) ?? 0) + qty);
    const isScarce = ([productId, qty]: [string, number]) =>
      this.product(productId).isOnSale && qty > this.product(productId).stock;
    return new Set([...demand].filter(isScarce).map(([productId]) => productId));
  }
}

function withoutOrder(outcome: string, missing: readonly Line[] = []): ModelOutcome {
  return { outcome, items: [], missing, amount: 0 };
}

/** Where a subscription stands among all: those of a household in the order in which they began. */
function shardOrderOf({ household, index }: ModelSubscription): string {
  return `${subscriptionIdPrefixOf(household.userId)} ${String(index).padStart(3, '0')}`;
}

function ageOf(subscription: ModelSubscription): string {
  return `${subscription.createdOn} ${shardOrderOf(subscription)}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
