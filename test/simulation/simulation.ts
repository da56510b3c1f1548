import { newUserId } from '../../src/modules/user/domain/ids';
import { newUser } from '../../src/modules/user/domain/user';
import { UserRepository } from '../../src/modules/user/user.repository';
import { Transaction } from '../../src/platform/transaction/transaction';
import { SeededRandom } from '../support/seeded-random';
import { ActionRunner } from './action-runner';
import { forEachConcurrently } from './concurrency';
import { CustomerActions, type OpenDates, SINGLE_PRODUCT } from './customer-actions';
import { type DeliveryCounts, DeliverySimulation } from './delivery-simulation';
import { dayAfter } from './reference-calendar';
import { type ModelCustomer, type ModelProduct, ReferenceModel } from './reference-model';
import { type DairyOptions, SimulatedDairy } from './simulated-dairy';
import { SimulationClient } from './simulation-client';
import { SimulationInvariants } from './simulation-invariants';

export interface SimulationOptions extends DairyOptions {
  readonly customers: number;
  readonly days: number;
}

/** The result of one delivery date. */
export interface DayResult extends DeliveryCounts {
  readonly date: string;
  readonly counts: Readonly<Record<string, number>>;
  /** Subscriptions for which the retry changed something. */
  readonly retried: number;
  readonly requestCount: number;
  readonly violations: readonly string[];
  /** Workers killed and faults injected since the simulation started. */
  readonly kills: number;
  readonly faults: number;
  readonly seconds: number;
}

/** Three days before the clocks go forward. */
const FIRST_DAY = '2026-03-26';
const DAYS_AHEAD = 30;
const COURIERS = 3;
/** Price, and average demand in units per day and customer. */
const PRODUCTS: readonly (readonly [productId: string, price: number, daily: number])[] = [
  ['MILK', 30, 0.4],
  ['CURD', 20, 0.4],
  ['GHEE', 55, 0.2],
  ['PANEER', 45, 0.3],
  ['BUTTER', 25, 0.3],
];

/** Simulates days of a dairy and its customers, with the program and with the reference model. */
export class Simulation {
  private readonly random: SeededRandom;
  private readonly client: SimulationClient;
  private readonly customerActions: CustomerActions;
  private readonly actionRunner: ActionRunner;
  private readonly deliveries: DeliverySimulation;
  private readonly invariants: SimulationInvariants;
  private readonly dates: readonly string[];

  private constructor(
    readonly dairy: SimulatedDairy,
    private readonly options: SimulationOptions,
    private readonly model = new ReferenceModel(),
  ) {
    this.random = new SeededRandom(options.seed);
    this.client = new SimulationClient(dairy.app);
    this.dates = Array.from({ length: options.days + DAYS_AHEAD }, (_, day) => dayAfter(FIRST_DAY, day));
    this.customerActions = new CustomerActions(this.random, this.model, this.dates);
    this.actionRunner = new ActionRunner(dairy.app, this.client);
    this.invariants = new SimulationInvariants(dairy, this.client, this.model);
    this.deliveries = new DeliverySimulation(this.random, this.model, this.client);
  }

  static async start(options: SimulationOptions): Promise<Simulation> {
    const simulation = new Simulation(await SimulatedDairy.start(options, FIRST_DAY), options);
    await simulation.prepare();
    return simulation;
  }

  async stop(): Promise<void> {
    await this.dairy.stop();
  }

  /** Simulates one day after the other and yields the result of each. */
  async *days(): AsyncGenerator<DayResult> {
    for (const today of this.dates.slice(0, this.options.days)) yield this.simulateDay(today);
  }

  /** The violations of a simulated date, including all differences from the model. */
  async violationsOf(date: string): Promise<string[]> {
    this.dairy.pauseFaults(true);
    return this.invariants.violationsOf(date);
  }

  /** From noon to noon: customers make changes, then tomorrow's orders are generated and delivered. */
  private async simulateDay(today: string): Promise<DayResult> {
    const startedAt = performance.now();
    const date = dayAfter(today);
    this.actionRunner.requestCount = 0;
    this.dairy.pauseFaults(false);
    await this.simulateNoon(today, date);
    await this.simulateEvening(today, date);
    const isOutage = this.random.chance(0.1);
    const retried = await (isOutage ? this.simulateOutage(date) : this.simulateNight(today, date));
    const [deliveryCounts] = await Promise.all([this.deliveries.run(date), this.dairy.killWorkers(1)]);
    await this.dairy.settled();
    const violations = await this.violationsOf(date);
    const counts: Record<string, number> = {};
    for (const { outcome } of this.model.outcomesOn(date).values()) counts[outcome] = (counts[outcome] ?? 0) + 1;
    return {
      date,
      counts,
      retried,
      ...deliveryCounts,
      requestCount: this.actionRunner.requestCount,
      violations,
      kills: this.dairy.kills,
      faults: this.dairy.faults,
      seconds: (performance.now() - startedAt) / 1_000,
    };
  }

  private async simulateNoon(today: string, firstOpenDate: string): Promise<void> {
    await this.dairy.moveClock(today, '12:00');
    for (const [productId, product] of this.model.products) await this.restockAtNoon(productId, product);
    const joinProbability = today === FIRST_DAY ? 0.7 : 0.15;
    const activeCustomers = this.model.customers.filter(
      ({ subscriptions }) => subscriptions.length > 0 || this.random.chance(joinProbability),
    );
    const actions = activeCustomers.map((customer) => [
      ...this.customerActions.accountActions(customer, { firstUndecidedDate: firstOpenDate, firstOpenDate }),
      ...this.customerActions.daytimeActions(customer, today, firstOpenDate),
    ]);
    await Promise.all([this.actionRunner.performAll(actions), this.dairy.killWorkers(1)]);
    await this.dairy.settled();
  }

  /** After the cutoff, and before generation has decided the date. */
  private async simulateEvening(today: string, date: string): Promise<void> {
    await this.dairy.moveClock(today, '21:01');
    const openDates: OpenDates = { firstUndecidedDate: date, firstOpenDate: dayAfter(date) };
    const actions = this.subscribers.map((customer) => this.customerActions.accountActions(customer, openDates));
    await this.actionRunner.performAll(actions);
    await this.dairy.settled();
  }

  private async simulateNight(today: string, date: string): Promise<number> {
    await this.dairy.advanceTo(today, '21:02');
    this.model.generate(date);
    await this.dairy.moveClock(today, '22:30');
    for (const [productId, product] of this.model.products) await this.restockAtNight(productId, product);
    const openDates: OpenDates = { firstUndecidedDate: dayAfter(date), firstOpenDate: dayAfter(date) };
    const actions = this.subscribers.map((customer) => [
      ...this.customerActions.nighttimeActions(customer, date),
      ...this.customerActions.accountActions(customer, openDates),
    ]);
    await this.actionRunner.performAll(actions);
    await this.dairy.settled();
    await this.dairy.advanceTo(date, '04:00');
    const retried = this.model.retry(date, '04:00');
    await this.dairy.moveClock(date, '05:00');
    return retried;
  }

  /** Nothing runs until 10:00; then only the later delivery slots can still be served. */
  private async simulateOutage(date: string): Promise<number> {
    await this.dairy.advanceTo(date, '10:00');
    this.model.generate(date, '10:00');
    return this.model.retry(date, '10:00');
  }

  private get subscribers(): ModelCustomer[] {
    return this.model.customers.filter(({ subscriptions }) => subscriptions.length > 0);
  }

  private async prepare(): Promise<void> {
    for (let courier = 1; courier <= COURIERS; courier++) {
      const profile = { userId: `U-COURIER-${courier}`, name: 'Ravi', email: `ravi${courier}@milkround.test` };
      await this.client.adminOrThrow('POST', '/admin/users', { ...profile, role: 'COURIER', password: newUserId() });
    }
    for (const [productId, price] of PRODUCTS) {
      const product = { productId, name: productId, price, stock: 0, category: 'Milk' };
      await this.client.adminOrThrow('POST', '/product/add', product);
      this.model.products.set(productId, { price, stock: 0, isOnSale: true });
    }
    const single = { ...SINGLE_PRODUCT, name: SINGLE_PRODUCT.productId, stock: 1_000_000, category: 'Sweets' };
    await this.client.adminOrThrow('POST', '/product/add', single);
    for (let index = 1; index <= this.options.customers; index++) {
      const userId = `U-CUSTOMER-${index}`;
      const address = `${userId}'s home 1`;
      this.model.customers.push({
        userId,
        balance: 0,
        address,
        hasDelivery: false,
        isBlocked: false,
        subscriptions: [],
      });
    }
    await forEachConcurrently(this.model.customers, (customer) => this.createUser(customer));
  }

  /** Without a password, because hashing one takes long. */
  private async createUser({ userId, address }: ModelCustomer): Promise<void> {
    const { app } = this.dairy;
    const person = {
      userId,
      name: 'Asha',
      email: `${userId.toLowerCase()}@milkround.test`,
      address,
      emailVerified: true,
    };
    const user = newUser(person, 'CUSTOMER', app.clock.now());
    await app.get<Transaction>(Transaction).commit(app.get<UserRepository>(UserRepository).add(user, {}));
  }

  /** Fills the stock up to a random level. */
  private async restockAtNoon(productId: string, product: ModelProduct): Promise<void> {
    const requiredStock = this.share(productId, this.random.between(30, 140));
    await this.restock(productId, product, Math.max(0, requiredStock - product.stock));
  }

  /** A late supply, mostly too small for all. */
  private async restockAtNight(productId: string, product: ModelProduct): Promise<void> {
    if (this.random.chance(0.6))
      await this.restock(productId, product, this.share(productId, this.random.between(10, 60)));
  }

  /** A percentage of what all customers need on a day, in units. */
  private share(productId: string, percent: number): number {
    const daily = PRODUCTS.find(([name]) => name === productId)?.[2] ?? 0;
    return Math.ceil((daily * this.options.customers * percent) / 100);
  }

  /** Adds stock; sometimes changes the price, or withdraws the product for some days. */
  private async restock(productId: string, product: ModelProduct, qty: number): Promise<void> {
    const { random } = this;
    product.stock += qty;
    if (random.chance(0.1)) product.price += random.between(1, 3);
    if (productId !== 'MILK') product.isOnSale = random.chance(product.isOnSale ? 0.95 : 0.5);
    const { price, stock, isOnSale: active } = product;
    await this.client.adminOrThrow('PATCH', '/product/update', { productId, price, stock, active });
    this.invariants.recordRestock(productId, qty);
  }
}
