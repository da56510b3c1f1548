import { subscriptionIdPrefixOf } from '../../src/modules/subscription/domain/ids';
import { dayAfter, type Line, type ReferenceCalendar } from './reference-calendar';

/** Amounts in the model are whole rupees. */
export interface ModelProduct {
  price: number;
  stock: number;
  isOnSale: boolean;
}

export interface ModelCustomer {
  readonly userId: string;
  balance: number;
  /** Whether an order was delivered to the customer. */
  hasDelivery: boolean;
  /** The address of the profile. */
  address: string;
  isBlocked: boolean;
  readonly subscriptions: ModelSubscription[];
}

/** A subscription; `id` is the one the program assigned. */
export interface ModelSubscription {
  readonly customer: ModelCustomer;
  /** Position among the customer's subscriptions. */
  readonly index: number;
  readonly createdOn: string;
  calendar: ReferenceCalendar;
  /** Whether it is delivered to the address of the profile, also after that changes. */
  followsProfile: boolean;
  id?: string;
}

export interface PricedLine extends Line {
  readonly price: number;
}

/** A line that could not be supplied, at the price of the evening. A product that was withdrawn then has none. */
export interface MissingLine extends Line {
  readonly price?: number;
}

/** The outcome of a subscription on a date. */
export interface ModelOutcome {
  readonly outcome: string;
  readonly items: readonly PricedLine[];
  readonly missing: readonly MissingLine[];
  readonly amount: number;
  /** The part of the amount for lines that the retry added to the order. */
  readonly addedAmount?: number;
  /** The status of the order, if there is one. */
  status?: string;
}

/** What the deliveries of one day can cost in cash: before the first delivery, and afterwards. */
export const CASH_LIMITS = { first: 150, later: 300 } as const;

/** The reference model of generation: decides one subscription after the other, in plain sequential code. */
export class ReferenceModel {
  readonly products = new Map<string, ModelProduct>();
  readonly customers: ModelCustomer[] = [];
  /** The outcome of every subscription, by date. */
  readonly history = new Map<string, Map<ModelSubscription, ModelOutcome>>();
  /** The subscriptions that needed a scarce product, oldest first, by date. */
  private readonly deferred = new Map<string, readonly ModelSubscription[]>();

  get subscriptions(): ModelSubscription[] {
    return this.customers.flatMap(({ subscriptions }) => subscriptions);
  }

  outcomesOn(date: string): Map<ModelSubscription, ModelOutcome> {
    return this.history.get(date) ?? new Map<ModelSubscription, ModelOutcome>();
  }

  /** Stops the deliveries of a customer from the first date that is not generated. */
  block(customer: ModelCustomer, firstUndecidedDate: string): void {
    customer.isBlocked = true;
    for (const { calendar } of customer.subscriptions) calendar.block(firstUndecidedDate);
  }

  unblock(customer: ModelCustomer, firstOpenDate: string): void {
    customer.isBlocked = false;
    for (const { calendar } of customer.subscriptions) calendar.unblock(firstOpenDate);
  }

  /** Changes the address of a customer's profile, and of the subscriptions that follow it. */
  move(customer: ModelCustomer, address: string, firstOpenDate: string): void {
    customer.address = address;
    for (const { calendar, followsProfile } of customer.subscriptions)
      if (followsProfile) calendar.moveTo(address, firstOpenDate);
  }

  /**
   * Whether the deliveries of one day of all subscriptions could cost more in cash than the customer may owe, if
   * `calendar` is added or replaces that of a subscription. A cost that does not rise is accepted.
   */
  isOverCashLimit(
    customer: ModelCustomer,
    calendar: ReferenceCalendar,
    from: string,
    replaced?: ModelSubscription,
  ): boolean {
    const cost = this.highestCashCost(calendar, from);
    if (cost <= (replaced ? this.highestCashCost(replaced.calendar, from) : 0)) return false;
    const others = customer.subscriptions.filter(
      (other) => other !== replaced && other.calendar.isOpenOn(dayAfter(from, -1)),
    );
    const total = others.reduce((sum, other) => sum + this.highestCashCost(other.calendar, from), cost);
    return total > (customer.hasDelivery ? CASH_LIMITS.later : CASH_LIMITS.first);
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
      else due.push({ subscription, items: demand.items });
    }
    const scarce = this.scarceProducts(due.flatMap(({ items }) => items));
    const isDeferred = ({ items }: { items: Line[] }) => items.some(({ productId }) => scarce.has(productId));
    const byAge = [...due].sort((one, other) => compare(ageOf(one.subscription), ageOf(other.subscription)));
    const deferred = byAge.filter(isDeferred);
    this.deferred.set(
      date,
      deferred.map(({ subscription }) => subscription),
    );
    for (const { subscription, items } of [...byAge.filter((one) => !isDeferred(one)), ...deferred])
      decided.set(subscription, this.allocate(subscription, date, items));
  }

  /**
   * Retries what lacks stock or money, unless the delivery slot has passed by `time`: first the subscriptions that needed
   * a scarce product, then the others that the balance did not cover. Returns how many get another outcome, or more.
   */
  retry(date: string, time: string): number {
    const decided = this.outcomesOn(date);
    const deferred = this.deferred.get(date) ?? [];
    const unpaid = [...decided.keys()].filter(
      (subscription) => decided.get(subscription)?.outcome === 'SHORT_BALANCE' && !deferred.includes(subscription),
    );
    unpaid.sort((one, other) => compare(shardOrderOf(one), shardOrderOf(other)));
    let changes = 0;
    for (const subscription of [...deferred, ...unpaid]) {
      if (subscription.calendar.termsOn(date).deliverySlot < time) continue;
      const outcome = decided.get(subscription) as ModelOutcome;
      const retried = this.retryOne(subscription, date, outcome);
      if (retried !== outcome) changes++;
      decided.set(subscription, retried);
    }
    return changes;
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

  /** The most that one delivery from a date on can cost in cash, at the prices and of the products of today. */
  private highestCashCost(calendar: ReferenceCalendar, from: string): number {
    const { items, frequency, paymentMethod } = calendar.latestTerms;
    if (paymentMethod !== 'COD') return 0;
    const isWeekly = typeof frequency === 'object' && 'weekdays' in frequency;
    const factor = isWeekly ? Math.max(...Object.values(frequency.weekdays)) : 1;
    const onSale = (lines: readonly Line[]) => lines.filter(({ productId }) => this.product(productId).isOnSale);
    const costOf = (lines: readonly Line[]) =>
      totalOf(onSale(lines).map((line) => ({ ...line, price: this.product(line.productId).price })));
    return Math.max(costOf(items) * factor, ...calendar.overridesFrom(from).map(costOf));
  }

  private retryOne(subscription: ModelSubscription, date: string, outcome: ModelOutcome): ModelOutcome {
    if (outcome.outcome === 'ORDERED') return this.withMissingLines(subscription, date, outcome);
    const isRetried = outcome.outcome === 'SHORT_BALANCE' || outcome.outcome === 'OUT_OF_STOCK';
    return isRetried ? this.orderAfterAll(subscription, date, outcome) : outcome;
  }

  /** Adds the missing lines that can be supplied now to an order: all of them, or none if the wallet is too empty. */
  private withMissingLines(subscription: ModelSubscription, date: string, outcome: ModelOutcome): ModelOutcome {
    const added = outcome.missing.filter(hasPrice).filter((line) => this.isAvailable(line));
    const addedAmount = totalOf(added);
    if (added.length === 0 || subscription.customer.isBlocked) return outcome;
    if (!this.canPay(subscription, date, addedAmount)) return outcome;
    this.sell(subscription, date, added);
    return {
      ...outcome,
      items: [...outcome.items, ...added],
      missing: outcome.missing.filter((line) => !added.some(({ productId }) => productId === line.productId)),
      amount: outcome.amount + addedAmount,
      addedAmount,
    };
  }

  /** Tries to order everything, then only what was not missing in the evening. */
  private orderAfterAll(subscription: ModelSubscription, date: string, before: ModelOutcome): ModelOutcome {
    const { customer } = subscription;
    const everything = [...before.items, ...before.missing];
    for (const lines of [everything.filter(hasPrice), before.items]) {
      const items = lines.filter((line) => this.isAvailable(line));
      const amount = totalOf(items);
      if (items.length === 0 || !this.canPay(subscription, date, amount)) continue;
      if (customer.isBlocked) return withoutOrder('BLOCKED');
      this.sell(subscription, date, items);
      const missing = everything.filter((line) => !items.some(({ productId }) => productId === line.productId));
      return { outcome: 'ORDERED', items, missing, amount, status: 'CONFIRMED' };
    }
    // A customer who could have paid learns that the products are gone.
    const isGone = before.outcome === 'SHORT_BALANCE' && !before.items.some((line) => this.isAvailable(line));
    if (!isGone || customer.balance < before.amount) return before;
    return withoutOrder(this.reasonForNothing(before.items), everything);
  }

  private allocate(subscription: ModelSubscription, date: string, demand: readonly Line[]): ModelOutcome {
    const items: PricedLine[] = [];
    const missing: MissingLine[] = [];
    for (const line of demand) {
      const { price, isOnSale } = this.product(line.productId);
      if (this.isAvailable(line)) items.push({ ...line, price });
      else missing.push(isOnSale ? { ...line, price } : line);
    }
    if (items.length === 0) return withoutOrder(this.reasonForNothing(missing), missing);
    const amount = totalOf(items);
    if (!this.canPay(subscription, date, amount)) return { outcome: 'SHORT_BALANCE', items, missing, amount };
    this.sell(subscription, date, items);
    return { outcome: 'ORDERED', items, missing, amount, status: 'CONFIRMED' };
  }

  private isAvailable({ productId, qty }: Line): boolean {
    return this.product(productId).isOnSale && this.product(productId).stock >= qty;
  }

  private canPay({ customer, calendar }: ModelSubscription, date: string, amount: number): boolean {
    return calendar.termsOn(date).paymentMethod === 'COD' || customer.balance >= amount;
  }

  /** Takes the lines from stock, and their price from the wallet. */
  private sell({ customer, calendar }: ModelSubscription, date: string, lines: readonly PricedLine[]): void {
    for (const { productId, qty } of lines) this.product(productId).stock -= qty;
    if (calendar.termsOn(date).paymentMethod === 'WALLET') customer.balance -= totalOf(lines);
  }

  /** Why none of these lines can be supplied. */
  private reasonForNothing(lines: readonly Line[]): string {
    return lines.some(({ productId }) => this.product(productId).isOnSale) ? 'OUT_OF_STOCK' : 'PRODUCT_WITHDRAWN';
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

function withoutOrder(outcome: string, missing: readonly MissingLine[] = []): ModelOutcome {
  return { outcome, items: [], missing, amount: 0 };
}

function hasPrice(line: MissingLine): line is PricedLine {
  return line.price !== undefined;
}

function totalOf(lines: readonly PricedLine[]): number {
  return lines.reduce((sum, { price, qty }) => sum + price * qty, 0);
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
