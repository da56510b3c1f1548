import { addDays, type LocalDate } from '../../src/kernel/calendar';
import { subscriptionIdPrefixOf, subscriptionShardOf } from '../../src/modules/subscription/domain/ids';
import type { Subscription } from '../../src/modules/subscription/domain/subscription';
import type { LedgerEntry, Wallet } from '../../src/modules/wallet';
import { type CalendarFrequency, type CalendarTerms, ReferenceCalendar } from '../simulation/reference-calendar';
import {
  type Household,
  type ModelProduct,
  type ModelSubscription,
  ReferenceModel,
} from '../simulation/reference-model';
import type { SeededRandom } from '../support/seeded-random';

const CREATED_AT = '2026-01-05T04:30:00Z';
const DAYS_AROUND = 10;
const FREQUENCIES: readonly CalendarFrequency[] = [
  'DAILY',
  'DAILY',
  'DAILY',
  'ALTERNATE_DAYS',
  { everyNDays: 3 },
  { weekdays: { MON: 1, TUE: 1, WED: 2, THU: 1, FRI: 2, SAT: 1, SUN: 3 } },
];
const SLOTS = ['06:30', '07:15', '11:00'];
const PRODUCT_CHOICES = ['MILK', 'MILK', 'MILK', 'CURD', 'CURD', 'PANEER', 'GHEE', 'BUTTER'];
/** So many of what everybody wants, and there is ghee for one in ten. */
const AMPLE_STOCK = 1_000_000;

export interface CustomerRef {
  readonly userId: string;
  readonly subscriptionId: string;
}

type ScheduleChanges = Pick<Subscription, 'endDate' | 'pauses' | 'exceptions'>;

/**
 * Whom a dairy delivers to, left to chance: many have standing orders of all kinds, ghee is short, butter is no longer
 * made, and some wallets are empty. All begin long before an evening that is still to come, on paper and as stored.
 */
export class RandomCustomers {
  readonly model = new ReferenceModel();
  private readonly subscriptionItems: (Subscription & { readonly shard: string })[] = [];
  private readonly openingBalances: { readonly userId: string; readonly paise: number }[] = [];
  private readonly dates: readonly LocalDate[];

  constructor(
    private readonly random: SeededRandom,
    /** The first date that is not decided. */
    private readonly firstDate: LocalDate,
    subscriptions: number,
  ) {
    this.dates = Array.from({ length: 2 * DAYS_AROUND }, (_, day) => addDays(firstDate, day - DAYS_AROUND));
    const goods: [string, ModelProduct][] = [
      ['MILK', { price: 30, stock: AMPLE_STOCK, isOnSale: true }],
      ['CURD', { price: 20, stock: AMPLE_STOCK, isOnSale: true }],
      ['PANEER', { price: 45, stock: AMPLE_STOCK, isOnSale: true }],
      ['GHEE', { price: 55, stock: Math.floor(subscriptions / 10), isOnSale: true }],
      ['BUTTER', { price: 25, stock: AMPLE_STOCK, isOnSale: false }],
    ];
    for (const [productId, good] of goods) this.model.products.set(productId, good);
    while (this.model.subscriptions.length < subscriptions) this.addRandomCustomer();
  }

  /** What there is of every product to begin with. */
  get stock(): Record<string, number> {
    return Object.fromEntries([...this.model.products].map(([productId, { stock }]) => [productId, stock]));
  }

  /** Somebody more, who has milk every day from the evening on, and so much money. */
  addCustomer(balance: number, paymentMethod: CalendarTerms['paymentMethod']): CustomerRef {
    const household = this.addHousehold(balance);
    const items = [{ productId: 'MILK', qty: 1 }];
    const terms: CalendarTerms = { items, frequency: 'DAILY', deliverySlot: '06:30', paymentMethod };
    const { id: subscriptionId = '' } = this.addSubscription(household, this.firstDate, terms);
    return { userId: household.userId, subscriptionId };
  }

  /** All as the program stores it, by table. */
  get tables(): Record<string, readonly object[]> {
    const wallets = this.openingBalances.map(({ userId, paise }): Wallet & { spare: number } => {
      return { userId, balance: paise, lowBalanceThreshold: 0, spare: paise, version: 1 };
    });
    const entries = this.openingBalances.map(({ userId, paise }): LedgerEntry & { moment: string } => {
      const given = { type: 'ADJUSTMENT', amount: paise, reason: 'The old book', sourceId: 'OLD-BOOK' } as const;
      return { userId, entryId: 'ADJUSTMENT-OLD-BOOK', ...given, at: CREATED_AT, moment: `${CREATED_AT}#0` };
    });
    const products = [...this.model.products].map(([productId, { price, stock, isOnSale: active }]) => ({
      ...{ productId, name: productId, price: price * 100, stock, active, category: 'Milk', listing: '0' },
      ...{ version: 1, createdAt: CREATED_AT },
    }));
    return { Products: products, Subscriptions: this.subscriptionItems, Wallets: wallets, WalletLedger: entries };
  }

  private addRandomCustomer(): void {
    const { random } = this;
    const household = this.addHousehold(random.chance(0.85) ? 10_000 : random.between(0, 150));
    for (let count = random.chance(0.2) ? 2 : 1; count > 0; count--) {
      this.addSubscription(
        household,
        addDays(this.firstDate, -random.between(0, 6)),
        this.randomTerms(),
        this.randomScheduleChanges(),
      );
    }
  }

  private addHousehold(balance: number): Household {
    const household = { userId: `U-HOUSE-${this.model.households.length}`, balance, subscriptions: [] };
    this.model.households.push(household);
    this.openingBalances.push({ userId: household.userId, paise: balance * 100 });
    return household;
  }

  private addSubscription(
    household: Household,
    startDate: LocalDate,
    terms: CalendarTerms,
    { endDate, pauses, exceptions }: ScheduleChanges = { pauses: [], exceptions: [] },
  ): ModelSubscription {
    const index = household.subscriptions.length;
    const id = subscriptionIdPrefixOf(household.userId) + String(index).padStart(26, '0');
    const calendar = new ReferenceCalendar(this.dates, startDate, terms);
    if (endDate !== undefined) calendar.endAfter(endDate, startDate);
    for (const { from, to } of pauses) calendar.pause(from, to);
    for (const { date, items } of exceptions) calendar.overrideDate(date, items);
    const subscription: ModelSubscription = { household, index, createdOn: CREATED_AT, calendar, id };
    household.subscriptions.push(subscription);
    const { userId } = household;
    this.subscriptionItems.push({
      shard: subscriptionShardOf(id),
      subscriptionId: id,
      userId,
      startDate,
      endDate,
      terms: [{ from: startDate, anchor: startDate, ...terms, address: `${userId}'s door` }],
      pauses,
      exceptions,
      generatedThrough: addDays(this.firstDate, -1),
      createdAt: CREATED_AT,
      version: 1,
    });
    return subscription;
  }

  /** It is the last date of nearly all; some are away, do without, want something else, or have left just before. */
  private randomScheduleChanges(): ScheduleChanges {
    const { random, firstDate: date } = this;
    const roll = random.between(1, 100);
    const usual = { endDate: date, pauses: [], exceptions: [] };
    if (roll <= 8) return { ...usual, pauses: [{ from: addDays(date, -1), to: addDays(date, 1) }] };
    if (roll <= 14) return { ...usual, exceptions: [{ date, items: [] }] };
    if (roll <= 20) return { ...usual, exceptions: [{ date, items: [{ productId: 'MILK', qty: 3 }] }] };
    return roll <= 97 ? usual : { ...usual, endDate: addDays(date, -1) };
  }

  private randomTerms(): CalendarTerms {
    const { random } = this;
    const products = new Set(Array.from({ length: random.between(1, 3) }, () => random.oneOf(PRODUCT_CHOICES)));
    return {
      items: [...products].map((productId) => ({ productId, qty: random.between(1, 2) })),
      frequency: random.oneOf(FREQUENCIES),
      deliverySlot: random.oneOf(SLOTS),
      paymentMethod: random.chance(0.6) ? 'WALLET' : 'COD',
    };
  }
}
