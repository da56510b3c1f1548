import type { SeededRandom } from '../support/seeded-random';
import {
  type CalendarFrequency,
  type CalendarTerms,
  dayAfter,
  type Line,
  ReferenceCalendar,
} from './reference-calendar';
import type { ModelCustomer, ModelSubscription, ReferenceModel } from './reference-model';

/** A request of a customer, or of an admin about them, and the response it must get. */
export interface CustomerAction {
  readonly customer: ModelCustomer;
  /** Default: CUSTOMER. */
  readonly role?: 'ADMIN';
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: object;
  /** The subscription that the request changes or creates. */
  readonly subscription?: ModelSubscription;
  /** The HTTP status, or the error code. */
  readonly expected: 200 | 201 | string;
  /** The request places an order. It is then paid by card and cancelled, and its refund fails. */
  readonly refundFails?: true;
}

/** On sale for single orders only, and never scarce. */
export const SINGLE_PRODUCT = { productId: 'KULFI', price: 15 } as const;

const SLOTS = ['03:30', '05:30', '06:30', '07:15', '11:00', '17:30'];
const FREQUENCIES: readonly CalendarFrequency[] = [
  'DAILY',
  'DAILY',
  'ALTERNATE_DAYS',
  { everyNDays: 3 },
  { weekdays: { MON: 1, WED: 1, FRI: 2, SUN: 1 } },
  { weekdays: { TUE: 2, SAT: 3, SUN: 1 } },
];
const MAX_SUBSCRIPTIONS = 3;
const CASH_LIMIT = 'payment.cod_limit';
const HOMES = 3;

/** The first dates that an action at some moment can affect. */
export interface OpenDates {
  /** The first date that generation has not decided. Its cutoff may have passed. */
  readonly firstUndecidedDate: string;
  /** The first date that customers can still change. */
  readonly firstOpenDate: string;
}

/**
 * Chooses random actions of customers and applies them to the reference model at once, before the program gets the
 * requests. So the same seed gives the same actions, whatever the timing.
 */
export class CustomerActions {
  constructor(
    private readonly random: SeededRandom,
    private readonly model: ReferenceModel,
    private readonly dates: readonly string[],
  ) {}

  /** An admin blocks or unblocks the customer, or the customer moves. */
  accountActions(customer: ModelCustomer, { firstUndecidedDate, firstOpenDate }: OpenDates): CustomerAction[] {
    const { random, model } = this;
    const { userId, isBlocked } = customer;
    if (random.chance(isBlocked ? 0.3 : 0.08)) {
      if (isBlocked) model.unblock(customer, firstOpenDate);
      else model.block(customer, firstUndecidedDate);
      const body = { blocked: customer.isBlocked };
      return [{ customer, role: 'ADMIN', method: 'PATCH', path: `/admin/users/${userId}`, body, expected: 200 }];
    }
    if (isBlocked || !random.chance(0.15)) return [];
    model.move(customer, `${userId}'s home ${random.between(1, HOMES)}`, firstOpenDate);
    const body = { address: customer.address };
    return [{ customer, method: 'PATCH', path: '/user/profile', body, expected: 200 }];
  }

  /** Actions before the cutoff; `firstOpenDate` is the first date that can still be changed. */
  daytimeActions(customer: ModelCustomer, today: string, firstOpenDate: string): CustomerAction[] {
    const { random } = this;
    const actions: CustomerAction[] = [];
    if (customer.isBlocked) return actions;
    const { length: count } = customer.subscriptions;
    if (count === 0 || (count < MAX_SUBSCRIPTIONS && random.chance(0.02))) {
      actions.push(this.subscribe(customer, today, firstOpenDate));
    }
    for (const subscription of customer.subscriptions) {
      if (subscription.createdOn === today || !subscription.calendar.canChange(firstOpenDate)) continue;
      if (random.chance(0.25)) actions.push(...this.change(subscription, firstOpenDate));
    }
    if (customer.balance < 100 && random.chance(0.5)) actions.push(this.topUp(customer));
    if (random.chance(0.1)) actions.push(this.cancelWithFailingRefund(customer, today));
    return actions;
  }

  /** Actions after the cutoff: top-ups of customers who lack an order or a part of it, and changes that come too late. */
  nighttimeActions(customer: ModelCustomer, closedDate: string): CustomerAction[] {
    if (customer.isBlocked) return [];
    const outcomes = this.model.outcomesOn(closedDate);
    const isIncomplete = customer.subscriptions.some((subscription) => {
      const { outcome, missing } = outcomes.get(subscription) ?? {};
      return outcome === 'SHORT_BALANCE' || missing?.length;
    });
    if (isIncomplete && this.random.chance(0.5)) return [this.topUp(customer)];
    const subscription = this.random.oneOf(customer.subscriptions);
    if (!subscription?.calendar.canChange(dayAfter(closedDate)) || !this.random.chance(0.05)) return [];
    const isPause = this.random.chance(0.5);
    const body = isPause ? { from: closedDate } : { date: closedDate };
    const path = isPause ? '/subscription/pause' : '/subscription/skip';
    return [{ customer, subscription, method: 'POST', path, body, expected: 'subscription.cutoff_passed' }];
  }

  private subscribe(customer: ModelCustomer, today: string, firstOpenDate: string): CustomerAction {
    const startDate = dayAfter(firstOpenDate, this.random.chance(0.7) ? 0 : this.random.between(1, 4));
    const terms = this.randomTerms();
    const followsProfile = this.random.chance(0.6);
    const address = followsProfile ? customer.address : ownAddressOf(customer);
    const calendar = new ReferenceCalendar(this.dates, startDate, terms, address);
    const endDate = this.random.chance(0.05) ? dayAfter(startDate, this.random.between(6, 12)) : undefined;
    if (endDate) calendar.endAfter(endDate, firstOpenDate);
    const body = { ...terms, startDate, endDate, ...(!followsProfile && { address }) };
    const action = { customer, method: 'POST', path: '/order/subscribe', body } as const;
    if (this.model.isOverCashLimit(customer, calendar, firstOpenDate)) return { ...action, expected: CASH_LIMIT };
    const subscription: ModelSubscription = {
      customer,
      index: customer.subscriptions.length,
      createdOn: today,
      calendar,
      followsProfile,
    };
    customer.subscriptions.push(subscription);
    return { ...action, subscription, expected: 201 };
  }

  private topUp(customer: ModelCustomer): CustomerAction {
    const amount = this.random.between(1, 6) * 100;
    customer.balance += amount;
    const body = { amount, paymentMethod: 'UPI' };
    return { customer, method: 'POST', path: '/wallet/topup', body, expected: 201 };
  }

  /** The money of a refund that fails is credited to the wallet. */
  private cancelWithFailingRefund(customer: ModelCustomer, today: string): CustomerAction {
    const { productId, price } = SINGLE_PRODUCT;
    customer.balance += price;
    const cartItems = [{ productId, qty: 1 }];
    const body = { cartItems, deliverySlot: `${today}T18:00:00Z`, address: `${customer.userId}'s door` };
    return { customer, method: 'POST', path: '/order/create', body, expected: 201, refundFails: true };
  }

  private change(subscription: ModelSubscription, firstOpenDate: string): CustomerAction[] {
    const { random } = this;
    const { calendar, customer } = subscription;
    const post = (verb: string, body: object, expected: CustomerAction['expected'] = 200): CustomerAction[] => [
      { customer, subscription, method: 'POST', path: `/subscription/${verb}`, body, expected },
    ];
    const date = dayAfter(firstOpenDate, random.between(0, 3));
    const roll = random.between(1, 100);
    if (roll <= 5) return this.changeAddress(subscription, firstOpenDate);
    if (roll <= 25) return this.update(subscription, firstOpenDate);
    if (roll <= 50) {
      if (calendar.isPausedOn(firstOpenDate)) return [];
      const to = random.chance(0.8) ? dayAfter(date, random.between(0, 5)) : undefined;
      calendar.pause(date, to);
      return post('pause', { from: date, to });
    }
    if (roll <= 65) {
      if (!calendar.isPausedOn(firstOpenDate)) return [];
      calendar.resume(firstOpenDate);
      return post('resume', {});
    }
    if (roll <= 80) {
      const { outcome } = calendar.occurrenceOn(date);
      if (outcome === 'DUE') calendar.overrideDate(date, []);
      const isAccepted = outcome === 'DUE' || outcome === 'SKIPPED';
      return post('skip', { date }, isAccepted ? 200 : 'subscription.date_not_due');
    }
    if (roll <= 90) {
      const items = this.randomItems();
      const { outcome } = calendar.occurrenceOn(date);
      const isAccepted =
        outcome !== 'PAUSED' && outcome !== 'ENDED' && date >= calendar.startDate && !calendar.isPausedOn(date);
      if (!isAccepted) return post('override', { date, items }, 'subscription.date_not_due');
      const isAffordable = this.tryChange(subscription, firstOpenDate, (changed) => changed.overrideDate(date, items));
      return post('override', { date, items }, isAffordable ? 200 : CASH_LIMIT);
    }
    if (roll <= 97) {
      const isAccepted = calendar.hasOverride(date);
      if (isAccepted) calendar.clearOverride(date);
      return post('unskip', { date }, isAccepted ? 200 : 'subscription.not_skipped');
    }
    if (roll <= 99) return post('pause', { from: dayAfter(firstOpenDate), to: firstOpenDate }, 'request.invalid');
    calendar.cancel(firstOpenDate);
    return post('cancel', {});
  }

  private update(subscription: ModelSubscription, firstOpenDate: string): CustomerAction[] {
    const { random } = this;
    const { customer } = subscription;
    const terms = this.randomTerms();
    const change = random.oneOf<Partial<CalendarTerms>>([
      { items: terms.items },
      { frequency: terms.frequency },
      { deliverySlot: terms.deliverySlot },
      { paymentMethod: terms.paymentMethod },
      terms,
    ]);
    const isAffordable = this.tryChange(subscription, firstOpenDate, (changed) =>
      changed.changeTerms(firstOpenDate, change),
    );
    const expected = isAffordable ? 200 : CASH_LIMIT;
    return [{ customer, subscription, method: 'PATCH', path: '/subscription/update', body: change, expected }];
  }

  /** Applies a change unless it could cost more in cash than the customer may owe. */
  private tryChange(
    subscription: ModelSubscription,
    firstOpenDate: string,
    change: (calendar: ReferenceCalendar) => void,
  ): boolean {
    const changed = subscription.calendar.copy();
    change(changed);
    if (this.model.isOverCashLimit(subscription.customer, changed, firstOpenDate, subscription)) return false;
    subscription.calendar = changed;
    return true;
  }

  /** The subscription gets an address of its own, or follows the profile again. */
  private changeAddress(subscription: ModelSubscription, firstOpenDate: string): CustomerAction[] {
    const { calendar, customer } = subscription;
    subscription.followsProfile = !subscription.followsProfile;
    const address = subscription.followsProfile ? null : ownAddressOf(customer);
    calendar.moveTo(address ?? customer.address, firstOpenDate);
    const body = { address };
    return [{ customer, subscription, method: 'PATCH', path: '/subscription/update', body, expected: 200 }];
  }

  private randomTerms(): CalendarTerms {
    return {
      items: this.randomItems(),
      frequency: this.random.oneOf(FREQUENCIES),
      deliverySlot: this.random.oneOf(SLOTS),
      paymentMethod: this.random.chance(0.7) ? 'WALLET' : 'COD',
    };
  }

  private randomItems(): Line[] {
    const onSale = [...this.model.products].filter(([, { isOnSale }]) => isOnSale).map(([productId]) => productId);
    const count = this.random.between(1, 3);
    const chosen = new Set(Array.from({ length: count }, () => this.random.oneOf(onSale)));
    return [...chosen].map((productId) => ({ productId, qty: this.random.between(1, 2) }));
  }
}

function ownAddressOf({ userId }: ModelCustomer): string {
  return `${userId}'s office`;
}
