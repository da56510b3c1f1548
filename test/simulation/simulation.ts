import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { Calendar } from '../../src/kernel/calendar';
import { PaymentSettlement } from '../../src/modules/payment/payment-settlement.service';
import { Scheduler } from '../../src/modules/scheduler';
import { newUserId } from '../../src/modules/user/domain/ids';
import { IdleMonitor } from '../../src/platform/idle-monitor';
import { SharedSettings } from '../../src/platform/shared-settings';
import { FixedBusinessClock } from '../support/fixed-business-clock';
import { SeededRandom } from '../support/seeded-random';
import { TestApp } from '../support/test-app';
import { type CustomerAction, CustomerActions } from './customer-actions';
import { type DeliveryCounts, DeliverySimulation } from './delivery-simulation';
import { RandomFaultProxy } from './random-fault-proxy';
import { dayAfter } from './reference-calendar';
import { type ModelProduct, ReferenceModel } from './reference-model';
import { SimulationClient, codeOf } from './simulation-client';
import { SimulationInvariants } from './simulation-invariants';
import { WorkerPool } from './worker-pool';

export interface SimulationOptions {
  readonly customers: number;
  readonly days: number;
  readonly seed: number;
  /** Whether the workers are processes that are killed now and then. */
  readonly crash?: boolean;
  /** Whether the database and the queues have bad days. */
  readonly faults?: boolean;
}

/** How a date has gone. */
export interface DayResult extends DeliveryCounts {
  readonly date: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly requestCount: number;
  readonly violations: readonly string[];
  /** How often a worker was killed, and something went wrong with the database and the queues, so far. */
  readonly kills: number;
  readonly troubles: number;
  readonly seconds: number;
}

/** Where the clocks go forward on the fourth day. */
const ZONE = 'Europe/Berlin';
const FIRST_DAY = '2026-03-26';
const DAYS_AHEAD = 30;
const CONCURRENCY = 12;
const COURIERS = 3;
/** The workers look at the clock every second. */
const CLOCK_PROPAGATION_MILLISECONDS = 1_500;
const POLL_INTERVAL_MILLISECONDS = 100;
const MAX_ATTEMPTS = 40;
/** What everybody has on average, in units a day and a customer. */
const PRODUCTS: readonly (readonly [productId: string, price: number, daily: number])[] = [
  ['MILK', 30, 2],
  ['CURD', 20, 2],
  ['GHEE', 55, 0.5],
  ['PANEER', 45, 1],
  ['BUTTER', 25, 1],
];

/** Days of a dairy and its customers, lived in seconds: the program does them, and so does a pencil. */
export class Simulation {
  private readonly random: SeededRandom;
  private readonly api: SimulationClient;
  private readonly customerActions: CustomerActions;
  private readonly deliveries: DeliverySimulation;
  private readonly invariants: SimulationInvariants;
  private readonly dates: readonly string[];
  private requestCount = 0;

  private constructor(
    readonly app: TestApp,
    private readonly clock: FixedBusinessClock,
    private readonly options: SimulationOptions,
    private readonly faultProxies: readonly RandomFaultProxy[],
    private readonly workers?: WorkerPool,
    private readonly model = new ReferenceModel(),
  ) {
    this.random = new SeededRandom(options.seed);
    this.api = new SimulationClient(app);
    this.dates = Array.from({ length: options.days + DAYS_AHEAD }, (_, day) => dayAfter(FIRST_DAY, day));
    this.customerActions = new CustomerActions(this.random, this.model, this.dates);
    this.invariants = new SimulationInvariants(app, this.api, this.model, () => this.settled());
    this.deliveries = new DeliverySimulation(this.random, this.model, this.api, (some, work) =>
      this.forEachConcurrently(some, work),
    );
  }

  /** Opens a dairy with tables and queues of its own. What goes wrong has chances of its own: the wishes stay the same. */
  static async open(options: SimulationOptions): Promise<Simulation> {
    const random = new SeededRandom(options.seed + 1);
    const endpoints = options.faults ? ['DYNAMODB_ENDPOINT', 'SQS_ENDPOINT', 'SNS_ENDPOINT'] : [];
    const faultProxies = await Promise.all(
      endpoints.map((name) => RandomFaultProxy.start(process.env[name] ?? '', random)),
    );
    const environment = {
      BUSINESS_TIMEZONE: ZONE,
      OUTBOX_SWEEP_AFTER_SECONDS: '2',
      QUEUE_RETRY_SECONDS: '1',
      QUEUE_LEASE_SECONDS: '3',
      ...Object.fromEntries(endpoints.map((name, index) => [name, faultProxies[index]?.url ?? ''])),
    };
    const clock = new FixedBusinessClock(new Calendar(ZONE).instantAt(FIRST_DAY, '12:00'));
    const app = await TestApp.start({ ...environment, ...(options.crash && { APP_ROLES: 'api' }) }, { clock });
    await app.get<SharedSettings>(SharedSettings).moveClock(clock.offsetTo(clock.now()));
    const workers = { ...environment, TABLE_PREFIX: app.config.tablePrefix };
    const pool = options.crash ? await WorkerPool.start(workers, new SeededRandom(options.seed + 2)) : undefined;
    const simulation = new Simulation(app, clock, options, faultProxies, pool);
    await simulation.prepare();
    return simulation;
  }

  async close(): Promise<void> {
    await this.workers?.stop();
    await this.app.stop();
    await Promise.all(this.faultProxies.map((trouble) => trouble.stop()));
  }

  /** Lives one day after the other, and says how each has gone. */
  async *days(): AsyncGenerator<DayResult> {
    for (const today of this.dates.slice(0, this.options.days)) yield this.simulateDay(today);
  }

  /** All that is not as it should be, and as on paper, about a date that was lived. */
  async violationsOf(date: string): Promise<string[]> {
    this.pauseFaults(true);
    return this.invariants.violationsOf(date);
  }

  /** From noon to the next noon: the orders of tomorrow are wished, made and delivered. */
  private async simulateDay(today: string): Promise<DayResult> {
    const startedAt = performance.now();
    const date = dayAfter(today);
    this.requestCount = 0;
    this.pauseFaults(false);
    await this.simulateNoon(today, date);
    if (this.random.chance(0.1)) await this.simulateOutage(date);
    else await this.simulateNight(today, date);
    const [delivered] = await Promise.all([this.deliveries.run(date), this.workers?.killRandomly(1)]);
    await this.settled();
    const violations = await this.violationsOf(date);
    const counts: Record<string, number> = {};
    for (const { outcome } of this.model.outcomesOn(date).values()) counts[outcome] = (counts[outcome] ?? 0) + 1;
    const seconds = (performance.now() - startedAt) / 1_000;
    const troubles = this.faultProxies.reduce((sum, { faultCount: made }) => sum + made, 0);
    return {
      date,
      counts,
      ...delivered,
      requestCount: this.requestCount,
      violations,
      kills: this.workers?.kills ?? 0,
      troubles,
      seconds,
    };
  }

  private async simulateNoon(today: string, open: string): Promise<void> {
    await this.moveClock(today, '12:00');
    for (const [productId, good] of this.model.products) await this.restock(productId, good);
    const joinProbability = today === FIRST_DAY ? 0.7 : 0.15;
    const { households } = this.model;
    const activeHouseholds = households.filter(
      ({ subscriptions }) => subscriptions.length > 0 || this.random.chance(joinProbability),
    );
    const actions = activeHouseholds.map((who) => this.customerActions.actionsOfDay(who, today, open));
    await Promise.all([this.performAll(actions), this.workers?.killRandomly(1)]);
  }

  private async simulateNight(today: string, date: string): Promise<void> {
    await this.advanceTo(today, '21:02');
    this.model.generate(date);
    await this.moveClock(today, '22:30');
    const households = this.model.households.filter(({ subscriptions }) => subscriptions.length > 0);
    await this.performAll(households.map((who) => this.customerActions.actionsOfNight(who, date)));
    await this.advanceTo(date, '04:00');
    this.model.retryUnpaid(date, '04:00');
    await this.moveClock(date, '05:00');
  }

  /** Nobody looks until ten o'clock: what can still come in time comes. */
  private async simulateOutage(date: string): Promise<void> {
    await this.advanceTo(date, '10:00');
    this.model.generate(date, '10:00');
    this.model.retryUnpaid(date, '10:00');
  }

  private async moveClock(date: string, time: string): Promise<void> {
    const at = this.app.get<Calendar>(Calendar).instantAt(date, time);
    this.clock.set(at);
    if (this.workers)
      await retryUntilSuccess(() => this.app.get<SharedSettings>(SharedSettings).moveClock(this.clock.offsetTo(at)));
  }

  /** It becomes a certain time, and all that is due by then is done, whoever dies of it. */
  private async advanceTo(date: string, time: string): Promise<void> {
    await this.moveClock(date, time);
    if (this.workers) await pause(CLOCK_PROPAGATION_MILLISECONDS);
    await this.app.get<Scheduler>(Scheduler).runDueTasks();
    await this.workers?.killRandomly(2);
    await this.settled();
  }

  /** Waits until nothing is under way anywhere; looks seldom, since whoever is at work needs the machine more. */
  private async settled(): Promise<void> {
    const busyPart = () => retryUntilSuccess(() => this.app.get<IdleMonitor>(IdleMonitor).findBusyComponent());
    for (let busy = await busyPart(); busy; busy = await busyPart()) {
      if (busy === 'daily orders') await this.app.get<Scheduler>(Scheduler).runDueTasks();
      await pause(POLL_INTERVAL_MILLISECONDS);
    }
  }

  private pauseFaults(isPaused: boolean): void {
    for (const injector of this.faultProxies) injector.isPaused = isPaused;
  }

  private async prepare(): Promise<void> {
    const { customers } = this.options;
    for (let courier = 1; courier <= COURIERS; courier++) {
      const person = { userId: `U-COURIER-${courier}`, name: 'Ravi', email: `ravi${courier}@milkround.test` };
      await this.api.adminOrThrow('POST', '/admin/users', { ...person, role: 'COURIER', password: newUserId() });
    }
    for (const [productId, price] of PRODUCTS) {
      const product = { productId, name: productId, price, stock: 0, category: 'Milk' };
      await this.api.adminOrThrow('POST', '/product/add', product);
      this.model.products.set(productId, { price, stock: 0, isOnSale: true });
    }
    for (let index = 1; index <= customers; index++) {
      this.model.households.push({ userId: `U-HOUSE-${index}`, balance: 0, subscriptions: [] });
    }
  }

  /** The cows give what they give; prices change now and then, and some products are not made for a while. */
  private async restock(productId: string, product: ModelProduct): Promise<void> {
    const { random } = this;
    const daily = PRODUCTS.find(([name]) => name === productId)?.[2] ?? 0;
    const requiredStock = Math.ceil((daily * this.options.customers * random.between(30, 140)) / 100);
    const qty = Math.max(0, requiredStock - product.stock);
    product.stock += qty;
    if (random.chance(0.1)) product.price += random.between(1, 3);
    if (productId !== 'MILK') product.isOnSale = random.chance(product.isOnSale ? 0.95 : 0.5);
    const { price, stock, isOnSale: active } = product;
    await this.api.adminOrThrow('PATCH', '/product/update', { productId, price, stock, active });
    this.invariants.recordRestock(productId, qty);
  }

  /** The deeds of one household one after the other, those of several at once. */
  private async performAll(actionsByHousehold: readonly (readonly CustomerAction[])[]): Promise<void> {
    await this.forEachConcurrently(actionsByHousehold, async (actions) => {
      for (const action of actions) await this.perform(action);
    });
    await this.settled();
  }

  private async perform(action: CustomerAction): Promise<void> {
    const { household, method, path, body, subscription, expected } = action;
    this.requestCount++;
    const requestBody = subscription?.id === undefined ? body : { subscriptionId: subscription.id, ...body };
    const reply = await this.api.send({ role: 'CUSTOMER', userId: household.userId, method, path, body: requestBody });
    const actual = typeof expected === 'number' ? reply.status : codeOf(reply.body);
    if (actual !== expected) {
      const detail = JSON.stringify({ asked: requestBody, told: reply.body as object });
      throw new Error(`${household.userId} ${path} must be answered ${expected}, not ${reply.status}: ${detail}`);
    }
    const { paymentId } = reply.body as { paymentId?: string };
    if (paymentId && !(await this.isPaid(paymentId))) return this.perform(action);
    if (subscription && reply.status === 201)
      subscription.id = (reply.body as { subscriptionId: string }).subscriptionId;
  }

  /** Whoever paid while the database was silent may hear later that it came to nothing. */
  private async isPaid(paymentId: string): Promise<boolean> {
    for (;;) {
      const { status } = (await this.api.adminOrThrow('GET', `/payment/${paymentId}`)).body as { status: string };
      if (status !== 'PENDING') return status === 'SUCCESS';
      await this.app.get<PaymentSettlement>(PaymentSettlement).settleFromGateway(paymentId);
    }
  }

  private async forEachConcurrently<T>(items: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
    await pLimit(CONCURRENCY).map(items, work);
  }
}

/** Whoever asks the database on a bad day asks again. */
async function retryUntilSuccess<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS) throw error;
      await pause(POLL_INTERVAL_MILLISECONDS);
    }
  }
}
