import { subscriptionIdPrefixOf } from '../../src/modules/subscription/domain/ids';
import type { Line, ReferenceCalendar } from './reference-calendar';

/** Amounts in the model are whole rupees. */
export interface ModelProduct {
  price: number;
  stock: number;
  isOnSale: boolean;
}

export interface ModelCustomer {
  readonly userId: string;
  balance: number;
  readonly subscriptions: ModelSubscription[];
}

/** A subscription; `id` is the one the program assigned. */
export interface ModelSubscription {
  readonly customer: ModelCustomer;
  /** Position among the customer's subscriptions. */
  readonly index: number;
  readonly createdOn: string;
  readonly calendar: ReferenceCalendar;
  id?: string;
}

export interface PricedLine extends Line {
  readonly price: number;
}

/** The outcome of a subscription on a date. */
export interface ModelOutcome {
  readonly outcome: string;
  readonly items: readonly PricedLine[];
  readonly missing: readonly Line[];
  readonly amount: number;
  /** The status of the order, if there is one. */
  status?: string;
}

/** The reference model of generation: decides one subscription after the other, in plain sequential code. */
export class ReferenceModel {
  readonly products = new Map<string, ModelProduct>();
  readonly customers: ModelCustomer[] = [];
  /** The outcome of every subscription, by date. */
  readonly history = new Map<string, Map<ModelSubscription, ModelOutcome>>();

  get subscriptions(): ModelSubscription[] {
    return this.customers.flatMap(({ subscriptions }) => subscriptions);
  }

  outcomesOn(date: string): Map<ModelSubscription, ModelOutcome> {
    return this.history.get(date) ?? new Map<ModelSubscription, ModelOutcome>();
  }

  /** Generates the orders of a date: at `time` on that date, or the evening before. */
  generate(date: string, time?: string): void {
    const decided = new Map<ModelSubscription, ModelOutcome>();
    this.history.set(date, decided);
    const due: { subscription: ModelSubscription; items: Line[] }[] = [];
    for (const subscription of this.subscriptions) {
      const demand = subscription.calendar.occurrenceOn(date);
      const { deliverySlot } = subscription.calendar.termsOn(date);
      if (demand.outcome !== 'DUE') decided.set(subscription, withoutOrder(demand.outcome));
      else if (time !== undefined && deliverySlot < time)
        decided.set(subscription, withoutOrder('MISSED', demand.items));
      due.push(...(demand.outcome === 'DUE' ? [{ subscription, items: demand.items }] : []));
    }
    const scarce = this.scarceProducts(due.flatMap(({ items }) => items));
    const isDeferred = ({ items }: { items: Line[] }) => items.some(({ productId }) => scarce.has(productId));
    const byAge = [...due].sort((one, other) => compare(ageOf(one.subscription), ageOf(other.subscription)));
    const inOrder = [...byAge.filter((one) => !isDeferred(one)), ...byAge.filter(isDeferred)];
    for (const { subscription, items } of inOrder) {
      if (!decided.has(subscription)) decided.set(subscription, this.allocate(subscription, date, items));
    }
  }

  /** Retries the orders that the balance did not cover, unless their delivery slot has passed. */
  retryUnpaid(date: string, time: string): void {
    const decided = this.outcomesOn(date);
    const unpaid = [...decided].filter(([, { outcome }]) => outcome === 'SHORT_BALANCE');
    unpaid.sort(([one], [other]) => compare(shardOrderOf(one), shardOrderOf(other)));
    for (const [subscription, { items, missing, amount }] of unpaid) {
      if (subscription.calendar.termsOn(date).deliverySlot < time) continue;
      const { balance } = subscription.customer;
      const retried = this.allocate(subscription, date, items);
      const isStillUnpaid = retried.outcome === 'SHORT_BALANCE' || (retried.outcome !== 'ORDERED' && balance < amount);
      if (!isStillUnpaid) decided.set(subscription, { ...retried, missing: [...missing, ...retried.missing] });
    }
  }

  /** Returns the amount of an order to the wallet. */
  refund({ customer, calendar }: ModelSubscription, date: string, { amount }: ModelOutcome): void {
    if (calendar.termsOn(date).paymentMethod === 'WALLET') customer.balance += amount;
  }

  restock(items: readonly Line[]): void {
    for (const { productId, qty } of items) this.product(productId).stock += qty;
  }

  product(productId: string): ModelProduct {
    return this.products.get(productId) as ModelProduct;
  }

  private allocate(
    { customer, calendar }: ModelSubscription,
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
    if (isByWallet && customer.balance < amount) return { outcome: 'SHORT_BALANCE', items, missing, amount };
    if (isByWallet) customer.balance -= amount;
    for (const { productId, qty } of items) this.product(productId).stock -= qty;
    return { outcome: 'ORDERED', items, missing, amount, status: 'CONFIRMED' };
  }

  /** Products on sale whose demand exceeds the stock. */
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

/** The sort key of a subscription in its shard; a customer's subscriptions are sorted by age. */
function shardOrderOf({ customer, index }: ModelSubscription): string {
  return `${subscriptionIdPrefixOf(customer.userId)} ${String(index).padStart(3, '0')}`;
}

function ageOf(subscription: ModelSubscription): string {
  return `${subscription.createdOn} ${shardOrderOf(subscription)}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
