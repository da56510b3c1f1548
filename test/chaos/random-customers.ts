import { addDays, type LocalDate } from '../../src/kernel/calendar';
import { subscriptionIdPrefixOf, subscriptionPartitionOf } from '../../src/modules/subscription/domain/ids';
import type { Subscription } from '../../src/modules/subscription/domain/subscription';
import type { LedgerEntry, Wallet } from '../../src/modules/wallet';
import { type CalendarFrequency, type CalendarTerms, ReferenceCalendar } from '../simulation/reference-calendar';
import {
  type ModelCustomer,
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
/** Enough for all customers; only ghee is scarce. */
const AMPLE_STOCK = 1_000_000;

export interface CustomerRef {
  readonly userId: string;
  readonly subscriptionId: string;
}

type ScheduleChanges = Pick<Subscription, 'endDate' | 'pauses' | 'exceptions'>;

/**
 * Random customers with subscriptions of all kinds, in the reference model and as the program stores them. Ghee is
 * scarce, butter is withdrawn, and some wallets hold too little. No date from `firstDate` on is generated yet.
 */
export class RandomCustomers {
  readonly model = new ReferenceModel();
  private readonly subscriptionItems: (Subscription & { readonly shard: string })[] = [];
  private readonly openingBalances: { readonly userId: string; readonly paise: number }[] = [];
  private readonly dates: readonly LocalDate[];

  constructor(
    private readonly random: SeededRandom,
    /** The first date that is not generated yet. */
    private readonly firstDate: LocalDate,
    subscriptions: number,
  ) {
    this.dates = Array.from({ length: 2 * DAYS_AROUND }, (_, day) => addDays(firstDate, day - DAYS_AROUND));
    const products: [string, ModelProduct][] = [
      ['MILK', { price: 30, stock: AMPLE_STOCK, isOnSale: true }],
      ['CURD', { price: 20, stock: AMPLE_STOCK, isOnSale: true }],
      ['PANEER', { price: 45, stock: AMPLE_STOCK, isOnSale: true }],
      ['GHEE', { price: 55, stock: Math.floor(subscriptions / 10), isOnSale: true }],
      ['BUTTER', { price: 25, stock: AMPLE_STOCK, isOnSale: false }],
    ];
    for (const [productId, product] of products) this.model.products.set(productId, product);
    while (this.model.subscriptions.length < subscriptions) this.addRandomCustomer();
  }

  /** The initial stock, by product. */
  get stock(): Record<string, number> {
    return Object.fromEntries([...this.model.products].map(([productId, { stock }]) => [productId, stock]));
  }

  /** Adds a customer with one MILK every day from the first date. */
  addCustomer(balance: number, paymentMethod: CalendarTerms['paymentMethod']): CustomerRef {
    const customer = this.addModelCustomer(balance);
    const items = [{ productId: 'MILK', qty: 1 }];
    const terms: CalendarTerms = { items, frequency: 'DAILY', deliverySlot: '06:30', paymentMethod };
    const { id: subscriptionId = '' } = this.addSubscription(customer, this.firstDate, terms);
    return { userId: customer.userId, subscriptionId };
  }

  /** The items as the program stores them, by table. */
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
    const customer = this.addModelCustomer(random.chance(0.85) ? 10_000 : random.between(0, 150));
    for (let count = random.chance(0.2) ? 2 : 1; count > 0; count--) {
      this.addSubscription(
        customer,
        addDays(this.firstDate, -random.between(0, 6)),
        this.randomTerms(),
        this.randomScheduleChanges(),
      );
    }
  }

  private addModelCustomer(balance: number): ModelCustomer {
    const userId = `U-CUSTOMER-${this.model.customers.length}`;
    const customer = {
      userId,
      balance,
      address: `${userId}'s door`,
      hasDelivery: false,
      isBlocked: false,
      subscriptions: [],
    };
    this.model.customers.push(customer);
    this.openingBalances.push({ userId: customer.userId, paise: balance * 100 });
    return customer;
  }

  private addSubscription(
    customer: ModelCustomer,
    startDate: LocalDate,
    terms: CalendarTerms,
    { endDate, pauses, exceptions }: ScheduleChanges = { pauses: [], exceptions: [] },
  ): ModelSubscription {
    const index = customer.subscriptions.length;
    const id = subscriptionIdPrefixOf(customer.userId) + String(index).padStart(26, '0');
    const calendar = new ReferenceCalendar(this.dates, startDate, terms, customer.address);
    if (endDate !== undefined) calendar.endAfter(endDate, startDate);
    for (const { from, to } of pauses) calendar.pause(from, to);
    for (const { date, items } of exceptions) calendar.overrideDate(date, items);
    const facts = { createdOn: CREATED_AT, calendar, followsProfile: false, id };
    const subscription: ModelSubscription = { customer, index, ...facts };
    customer.subscriptions.push(subscription);
    const { userId } = customer;
    this.subscriptionItems.push({
      shard: subscriptionPartitionOf(id),
      subscriptionId: id,
      userId,
      startDate,
      endDate,
      terms: [{ from: startDate, anchor: startDate, ...terms, address: customer.address }],
      pauses,
      exceptions,
      generatedThrough: addDays(startDate, -1),
      createdAt: CREATED_AT,
      version: 1,
    });
    return subscription;
  }

  /** Most subscriptions end on the first date; some are paused, skipped or overridden then, or ended the day before. */
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
