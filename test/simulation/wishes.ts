import type { Chance } from '../support/chance';
import type { Household, NaiveDairy, Standing } from './naive-dairy';
import { dayAfter, type Line, PaperCalendar, type Pattern, type Wish } from './paper-calendar';

/** Something somebody asks of the program, and how it must answer. */
export interface Deed {
  readonly who: Household;
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: object;
  /** Whose id goes with it, or who gets one by it. */
  readonly standing?: Standing;
  /** A status, or the code of a refusal. */
  readonly answer: 200 | 201 | string;
}

const SLOTS = ['03:30', '05:30', '06:30', '07:15', '11:00', '17:30'];
const PATTERNS: readonly Pattern[] = [
  'DAILY',
  'DAILY',
  'ALTERNATE_DAYS',
  { everyNDays: 3 },
  { weekdays: { MON: 1, WED: 1, FRI: 2, SUN: 1 } },
  { weekdays: { TUE: 2, SAT: 3, SUN: 1 } },
];
const SUBSCRIPTIONS_AT_MOST = 3;

/**
 * What people want of their dairy. Each wish is left to chance and written on paper at once; what the program makes of
 * it is asked afterwards. So the same seed brings the same wishes, however long anything takes.
 */
export class Wishes {
  constructor(
    private readonly chance: Chance,
    private readonly dairy: NaiveDairy,
    private readonly dates: readonly string[],
  ) {}

  /** What a household wishes in the course of a day; `open` is the first date that can be changed. */
  ofDay(who: Household, today: string, open: string): Deed[] {
    const { chance } = this;
    const deeds: Deed[] = [];
    const { length: count } = who.subscriptions;
    if (count === 0 || (count < SUBSCRIPTIONS_AT_MOST && chance.happens(0.02))) {
      deeds.push(this.subscribe(who, today, open));
    }
    for (const standing of who.subscriptions) {
      if (standing.createdOn === today || !standing.paper.isOpen(open)) continue;
      if (chance.happens(0.25)) deeds.push(...this.change(standing, open));
    }
    if (who.balance < 100 && chance.happens(0.5)) deeds.push(this.topUp(who));
    return deeds;
  }

  /** Those who were told that their money is short may top up; others come too late with their wishes. */
  ofNight(who: Household, closed: string): Deed[] {
    const became = this.dairy.on(closed);
    const isShort = who.subscriptions.some((standing) => became.get(standing)?.outcome === 'SHORT_BALANCE');
    if (isShort && this.chance.happens(0.5)) return [this.topUp(who)];
    const standing = this.chance.oneOf(who.subscriptions);
    if (!standing?.paper.isOpen(dayAfter(closed)) || !this.chance.happens(0.05)) return [];
    const isPause = this.chance.happens(0.5);
    const body = isPause ? { from: closed } : { date: closed };
    const path = isPause ? '/subscription/pause' : '/subscription/skip';
    return [{ who, standing, method: 'POST', path, body, answer: 'subscription.cutoff_passed' }];
  }

  private subscribe(who: Household, today: string, open: string): Deed {
    const startDate = dayAfter(open, this.chance.happens(0.7) ? 0 : this.chance.between(1, 4));
    const wish = this.wish();
    const paper = new PaperCalendar(this.dates, startDate, wish);
    const standing: Standing = { household: who, nth: who.subscriptions.length, createdOn: today, paper };
    who.subscriptions.push(standing);
    const endDate = this.chance.happens(0.05) ? dayAfter(startDate, this.chance.between(6, 12)) : undefined;
    if (endDate) paper.endAfter(endDate, open);
    const body = { ...wish, startDate, endDate, address: `${who.userId}'s door` };
    return { who, standing, method: 'POST', path: '/order/subscribe', body, answer: 201 };
  }

  private topUp(who: Household): Deed {
    const amount = this.chance.between(1, 6) * 100;
    who.balance += amount;
    const body = { amount, paymentMethod: 'UPI' };
    return { who, method: 'POST', path: '/wallet/topup', body, answer: 201 };
  }

  private change(standing: Standing, open: string): Deed[] {
    const { chance } = this;
    const { paper, household: who } = standing;
    const ask = (verb: string, body: object, answer: Deed['answer'] = 200): Deed[] => [
      { who, standing, method: 'POST', path: `/subscription/${verb}`, body, answer },
    ];
    const date = dayAfter(open, chance.between(0, 3));
    const wish = chance.between(1, 100);
    if (wish <= 25) return this.update(standing, open);
    if (wish <= 50) {
      if (paper.isPausedOn(open)) return [];
      const to = chance.happens(0.8) ? dayAfter(date, chance.between(0, 5)) : undefined;
      paper.pause(date, to);
      return ask('pause', { from: date, to });
    }
    if (wish <= 65) {
      if (!paper.isPausedOn(open)) return [];
      paper.resume(open);
      return ask('resume', {});
    }
    if (wish <= 80) {
      const { outcome } = paper.on(date);
      if (outcome === 'DUE') paper.instead(date, []);
      const isFine = outcome === 'DUE' || outcome === 'SKIPPED';
      return ask('skip', { date }, isFine ? 200 : 'subscription.date_not_due');
    }
    if (wish <= 90) {
      const items = this.items();
      const { outcome } = paper.on(date);
      const isFine = outcome !== 'PAUSED' && outcome !== 'ENDED' && date >= paper.startDate && !paper.isPausedOn(date);
      if (isFine) paper.instead(date, items);
      return ask('override', { date, items }, isFine ? 200 : 'subscription.date_not_due');
    }
    if (wish <= 97) {
      const isFine = paper.isExceptional(date);
      if (isFine) paper.asUsual(date);
      return ask('unskip', { date }, isFine ? 200 : 'subscription.not_skipped');
    }
    if (wish <= 99) return ask('pause', { from: dayAfter(open), to: open }, 'request.invalid');
    paper.cancel(open);
    return ask('cancel', {});
  }

  private update(standing: Standing, open: string): Deed[] {
    const { chance } = this;
    const { paper, household: who } = standing;
    const wish = this.wish();
    const change = chance.oneOf<Partial<Wish>>([
      { items: wish.items },
      { frequency: wish.frequency },
      { deliverySlot: wish.deliverySlot },
      { paymentMethod: wish.paymentMethod },
      wish,
    ]);
    paper.change(open, change);
    return [{ who, standing, method: 'PATCH', path: '/subscription/update', body: change, answer: 200 }];
  }

  private wish(): Wish {
    return {
      items: this.items(),
      frequency: this.chance.oneOf(PATTERNS),
      deliverySlot: this.chance.oneOf(SLOTS),
      paymentMethod: this.chance.happens(0.7) ? 'WALLET' : 'COD',
    };
  }

  private items(): Line[] {
    const onSale = [...this.dairy.goods].filter(([, { isOnSale }]) => isOnSale).map(([productId]) => productId);
    const count = this.chance.between(1, 3);
    const chosen = new Set(Array.from({ length: count }, () => this.chance.oneOf(onSale)));
    return [...chosen].map((productId) => ({ productId, qty: this.chance.between(1, 2) }));
  }
}
