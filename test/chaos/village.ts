import { addDays, type LocalDate } from '../../src/kernel/calendar';
import { subscriptionIdPrefixOf, subscriptionShardOf } from '../../src/modules/subscription/domain/ids';
import type { Subscription } from '../../src/modules/subscription/domain/subscription';
import type { LedgerEntry, Wallet } from '../../src/modules/wallet';
import { type Good, type Household, NaiveDairy, type Standing } from '../simulation/naive-dairy';
import { PaperCalendar, type Pattern, type Wish } from '../simulation/paper-calendar';
import type { Chance } from '../support/chance';

const CREATED = '2026-01-05T04:30:00Z';
const LEAVES = 10;
const PATTERNS: readonly Pattern[] = [
  'DAILY',
  'DAILY',
  'DAILY',
  'ALTERNATE_DAYS',
  { everyNDays: 3 },
  { weekdays: { MON: 1, TUE: 1, WED: 2, THU: 1, FRI: 2, SAT: 1, SUN: 3 } },
];
const SLOTS = ['06:30', '07:15', '11:00'];
const WANTED = ['MILK', 'MILK', 'MILK', 'CURD', 'CURD', 'PANEER', 'GHEE', 'BUTTER'];
/** So many of what everybody wants, and there is ghee for one in ten. */
const PLENTY = 1_000_000;

export interface Neighbour {
  readonly userId: string;
  readonly subscriptionId: string;
}

type Exceptions = Pick<Subscription, 'endDate' | 'pauses' | 'exceptions'>;

/**
 * Whom a dairy delivers to, left to chance: many have standing orders of all kinds, ghee is short, butter is no longer
 * made, and some wallets are empty. All begin long before an evening that is still to come, on paper and as stored.
 */
export class Village {
  readonly paper = new NaiveDairy();
  private readonly stored: (Subscription & { readonly shard: string })[] = [];
  private readonly purses: { readonly userId: string; readonly paise: number }[] = [];
  private readonly dates: readonly LocalDate[];

  constructor(
    private readonly chance: Chance,
    /** The first date that is not decided. */
    private readonly first: LocalDate,
    subscriptions: number,
  ) {
    this.dates = Array.from({ length: 2 * LEAVES }, (_, day) => addDays(first, day - LEAVES));
    const goods: [string, Good][] = [
      ['MILK', { price: 30, stock: PLENTY, isOnSale: true }],
      ['CURD', { price: 20, stock: PLENTY, isOnSale: true }],
      ['PANEER', { price: 45, stock: PLENTY, isOnSale: true }],
      ['GHEE', { price: 55, stock: Math.floor(subscriptions / 10), isOnSale: true }],
      ['BUTTER', { price: 25, stock: PLENTY, isOnSale: false }],
    ];
    for (const [productId, good] of goods) this.paper.goods.set(productId, good);
    while (this.paper.standings.length < subscriptions) this.settle();
  }

  /** What there is of every product to begin with. */
  get stock(): Record<string, number> {
    return Object.fromEntries([...this.paper.goods].map(([productId, { stock }]) => [productId, stock]));
  }

  /** Somebody more, who has milk every day from the evening on, and so much money. */
  neighbour(balance: number, paymentMethod: Wish['paymentMethod']): Neighbour {
    const household = this.moveIn(balance);
    const items = [{ productId: 'MILK', qty: 1 }];
    const wish: Wish = { items, frequency: 'DAILY', deliverySlot: '06:30', paymentMethod };
    const { id: subscriptionId = '' } = this.subscribe(household, this.first, wish);
    return { userId: household.userId, subscriptionId };
  }

  /** All as the program stores it, by table. */
  get tables(): Record<string, readonly object[]> {
    const wallets = this.purses.map(({ userId, paise }): Wallet & { spare: number } => {
      return { userId, balance: paise, lowBalanceThreshold: 0, spare: paise, version: 1 };
    });
    const entries = this.purses.map(({ userId, paise }): LedgerEntry & { moment: string } => {
      const given = { type: 'ADJUSTMENT', amount: paise, reason: 'The old book', sourceId: 'OLD-BOOK' } as const;
      return { userId, entryId: 'ADJUSTMENT-OLD-BOOK', ...given, at: CREATED, moment: `${CREATED}#0` };
    });
    const products = [...this.paper.goods].map(([productId, { price, stock, isOnSale: active }]) => ({
      ...{ productId, name: productId, price: price * 100, stock, active, category: 'Milk', listing: '0' },
      ...{ version: 1, createdAt: CREATED },
    }));
    return { Products: products, Subscriptions: this.stored, Wallets: wallets, WalletLedger: entries };
  }

  private settle(): void {
    const { chance } = this;
    const household = this.moveIn(chance.happens(0.85) ? 10_000 : chance.between(0, 150));
    for (let count = chance.happens(0.2) ? 2 : 1; count > 0; count--) {
      this.subscribe(household, addDays(this.first, -chance.between(0, 6)), this.wish(), this.exceptions());
    }
  }

  private moveIn(balance: number): Household {
    const household = { userId: `U-HOUSE-${this.paper.households.length}`, balance, subscriptions: [] };
    this.paper.households.push(household);
    this.purses.push({ userId: household.userId, paise: balance * 100 });
    return household;
  }

  private subscribe(
    household: Household,
    startDate: LocalDate,
    wish: Wish,
    { endDate, pauses, exceptions }: Exceptions = { pauses: [], exceptions: [] },
  ): Standing {
    const nth = household.subscriptions.length;
    const id = subscriptionIdPrefixOf(household.userId) + String(nth).padStart(26, '0');
    const paper = new PaperCalendar(this.dates, startDate, wish);
    if (endDate !== undefined) paper.endAfter(endDate, startDate);
    for (const { from, to } of pauses) paper.pause(from, to);
    for (const { date, items } of exceptions) paper.instead(date, items);
    const standing: Standing = { household, nth, createdOn: CREATED, paper, id };
    household.subscriptions.push(standing);
    const { userId } = household;
    this.stored.push({
      shard: subscriptionShardOf(id),
      subscriptionId: id,
      userId,
      startDate,
      endDate,
      terms: [{ from: startDate, anchor: startDate, ...wish, address: `${userId}'s door` }],
      pauses,
      exceptions,
      generatedThrough: addDays(this.first, -1),
      createdAt: CREATED,
      version: 1,
    });
    return standing;
  }

  /** It is the last date of nearly all; some are away, do without, want something else, or have left just before. */
  private exceptions(): Exceptions {
    const { chance, first: date } = this;
    const wish = chance.between(1, 100);
    const usual = { endDate: date, pauses: [], exceptions: [] };
    if (wish <= 8) return { ...usual, pauses: [{ from: addDays(date, -1), to: addDays(date, 1) }] };
    if (wish <= 14) return { ...usual, exceptions: [{ date, items: [] }] };
    if (wish <= 20) return { ...usual, exceptions: [{ date, items: [{ productId: 'MILK', qty: 3 }] }] };
    return wish <= 97 ? usual : { ...usual, endDate: addDays(date, -1) };
  }

  private wish(): Wish {
    const { chance } = this;
    const products = new Set(Array.from({ length: chance.between(1, 3) }, () => chance.oneOf(WANTED)));
    return {
      items: [...products].map((productId) => ({ productId, qty: chance.between(1, 2) })),
      frequency: chance.oneOf(PATTERNS),
      deliverySlot: chance.oneOf(SLOTS),
      paymentMethod: chance.happens(0.6) ? 'WALLET' : 'COD',
    };
  }
}
