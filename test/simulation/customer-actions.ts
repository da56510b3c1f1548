import type { SeededRandom } from '../support/seeded-random';
import {
  type CalendarFrequency,
  type CalendarTerms,
  dayAfter,
  type Line,
  ReferenceCalendar,
} from './reference-calendar';
import type { Household, ModelSubscription, ReferenceModel } from './reference-model';

/** Something somebody asks of the program, and how it must answer. */
export interface CustomerAction {
  readonly household: Household;
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: object;
  /** Whose id goes with it, or who gets one by it. */
  readonly subscription?: ModelSubscription;
  /** A status, or the code of a refusal. */
  readonly expected: 200 | 201 | string;
}

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

/**
 * What people want of their dairy. Each wish is left to chance and written on paper at once; what the program makes of
 * it is asked afterwards. So the same seed brings the same wishes, however long anything takes.
 */
export class CustomerActions {
  constructor(
    private readonly random: SeededRandom,
    private readonly model: ReferenceModel,
    private readonly dates: readonly string[],
  ) {}

  /** What a household wishes in the course of a day; `open` is the first date that can be changed. */
  actionsOfDay(household: Household, today: string, open: string): CustomerAction[] {
    const { random } = this;
    const actions: CustomerAction[] = [];
    const { length: count } = household.subscriptions;
    if (count === 0 || (count < MAX_SUBSCRIPTIONS && random.chance(0.02))) {
      actions.push(this.subscribe(household, today, open));
    }
    for (const subscription of household.subscriptions) {
      if (subscription.createdOn === today || !subscription.calendar.canChange(open)) continue;
      if (random.chance(0.25)) actions.push(...this.change(subscription, open));
    }
    if (household.balance < 100 && random.chance(0.5)) actions.push(this.topUp(household));
    return actions;
  }

  /** Those who were told that their money is short may top up; others come too late with their wishes. */
  actionsOfNight(household: Household, closed: string): CustomerAction[] {
    const outcomes = this.model.outcomesOn(closed);
    const isShort = household.subscriptions.some(
      (subscription) => outcomes.get(subscription)?.outcome === 'SHORT_BALANCE',
    );
    if (isShort && this.random.chance(0.5)) return [this.topUp(household)];
    const subscription = this.random.oneOf(household.subscriptions);
    if (!subscription?.calendar.canChange(dayAfter(closed)) || !this.random.chance(0.05)) return [];
    const isPause = this.random.chance(0.5);
    const body = isPause ? { from: closed } : { date: closed };
    const path = isPause ? '/subscription/pause' : '/subscription/skip';
    return [{ household, subscription, method: 'POST', path, body, expected: 'subscription.cutoff_passed' }];
  }

  private subscribe(household: Household, today: string, open: string): CustomerAction {
    const startDate = dayAfter(open, this.random.chance(0.7) ? 0 : this.random.between(1, 4));
    const terms = this.randomTerms();
    const calendar = new ReferenceCalendar(this.dates, startDate, terms);
    const subscription: ModelSubscription = {
      household,
      index: household.subscriptions.length,
      createdOn: today,
      calendar,
    };
    household.subscriptions.push(subscription);
    const endDate = this.random.chance(0.05) ? dayAfter(startDate, this.random.between(6, 12)) : undefined;
    if (endDate) calendar.endAfter(endDate, open);
    const body = { ...terms, startDate, endDate, address: `${household.userId}'s door` };
    return { household, subscription, method: 'POST', path: '/order/subscribe', body, expected: 201 };
  }

  private topUp(household: Household): CustomerAction {
    const amount = this.random.between(1, 6) * 100;
    household.balance += amount;
    const body = { amount, paymentMethod: 'UPI' };
    return { household, method: 'POST', path: '/wallet/topup', body, expected: 201 };
  }

  private change(subscription: ModelSubscription, open: string): CustomerAction[] {
    const { random } = this;
    const { calendar, household } = subscription;
    const post = (verb: string, body: object, answer: CustomerAction['expected'] = 200): CustomerAction[] => [
      { household, subscription, method: 'POST', path: `/subscription/${verb}`, body, expected: answer },
    ];
    const date = dayAfter(open, random.between(0, 3));
    const roll = random.between(1, 100);
    if (roll <= 25) return this.update(subscription, open);
    if (roll <= 50) {
      if (calendar.isPausedOn(open)) return [];
      const to = random.chance(0.8) ? dayAfter(date, random.between(0, 5)) : undefined;
      calendar.pause(date, to);
      return post('pause', { from: date, to });
    }
    if (roll <= 65) {
      if (!calendar.isPausedOn(open)) return [];
      calendar.resume(open);
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
      if (isAccepted) calendar.overrideDate(date, items);
      return post('override', { date, items }, isAccepted ? 200 : 'subscription.date_not_due');
    }
    if (roll <= 97) {
      const isAccepted = calendar.hasOverride(date);
      if (isAccepted) calendar.clearOverride(date);
      return post('unskip', { date }, isAccepted ? 200 : 'subscription.not_skipped');
    }
    if (roll <= 99) return post('pause', { from: dayAfter(open), to: open }, 'request.invalid');
    calendar.cancel(open);
    return post('cancel', {});
  }

  private update(subscription: ModelSubscription, open: string): CustomerAction[] {
    const { random } = this;
    const { calendar, household } = subscription;
    const terms = this.randomTerms();
    const change = random.oneOf<Partial<CalendarTerms>>([
      { items: terms.items },
      { frequency: terms.frequency },
      { deliverySlot: terms.deliverySlot },
      { paymentMethod: terms.paymentMethod },
      terms,
    ]);
    calendar.changeTerms(open, change);
    return [{ household, subscription, method: 'PATCH', path: '/subscription/update', body: change, expected: 200 }];
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
