import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { Calendar } from '../../src/kernel/calendar';
import { newUserId } from '../../src/kernel/ids';
import { PaymentSettlement } from '../../src/modules/payment/payment-settlement.service';
import { Scheduler } from '../../src/modules/scheduler';
import { IdleMonitor } from '../../src/platform/idle-monitor';
import { Settings } from '../../src/platform/settings';
import { TestApp } from '../support/app';
import { Chance } from '../support/chance';
import { FixedClock } from '../support/fixed-clock';
import { codeOf, Counter } from './counter';
import { Crew } from './crew';
import { Laws } from './laws';
import { type Delivered, Morning } from './morning';
import { type Good, NaiveDairy } from './naive-dairy';
import { dayAfter } from './paper-calendar';
import { Trouble } from './trouble';
import { type Deed, Wishes } from './wishes';

export interface Life {
  readonly customers: number;
  readonly days: number;
  readonly seed: number;
  /** Whether the workers are processes that are killed now and then. */
  readonly crash?: boolean;
  /** Whether the database and the queues have bad days. */
  readonly faults?: boolean;
}

/** How a date has gone. */
export interface Day extends Delivered {
  readonly date: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly asked: number;
  readonly broken: readonly string[];
  /** How often a worker was killed, and something went wrong with the database and the queues, so far. */
  readonly kills: number;
  readonly troubles: number;
  readonly seconds: number;
}

/** Where the clocks go forward on the fourth day. */
const ZONE = 'Europe/Berlin';
const FIRST_DAY = '2026-03-26';
const LEAVES_AHEAD = 30;
const AT_ONCE = 12;
const COURIERS = 3;
/** The workers look at the clock every second. */
const UNTIL_ALL_KNOW_MILLISECONDS = 1_500;
const LOOK_AGAIN_MILLISECONDS = 100;
const ATTEMPTS = 40;
/** What everybody has on average, in units a day and a customer. */
const GOODS: readonly (readonly [productId: string, price: number, daily: number])[] = [
  ['MILK', 30, 2],
  ['CURD', 20, 2],
  ['GHEE', 55, 0.5],
  ['PANEER', 45, 1],
  ['BUTTER', 25, 1],
];

/** Days of a dairy and its customers, lived in seconds: the program does them, and so does a pencil. */
export class Simulation {
  private readonly chance: Chance;
  private readonly counter: Counter;
  private readonly wishes: Wishes;
  private readonly morning: Morning;
  private readonly laws: Laws;
  private readonly dates: readonly string[];
  private asked = 0;

  private constructor(
    readonly app: TestApp,
    private readonly clock: FixedClock,
    private readonly life: Life,
    private readonly troubles: readonly Trouble[],
    private readonly crew?: Crew,
    private readonly dairy = new NaiveDairy(),
  ) {
    this.chance = new Chance(life.seed);
    this.counter = new Counter(app);
    this.dates = Array.from({ length: life.days + LEAVES_AHEAD }, (_, day) => dayAfter(FIRST_DAY, day));
    this.wishes = new Wishes(this.chance, this.dairy, this.dates);
    this.laws = new Laws(app, this.counter, this.dairy, () => this.settled());
    this.morning = new Morning(this.chance, this.dairy, this.counter, (some, work) => this.all(some, work));
  }

  /** Opens a dairy with tables and queues of its own. What goes wrong has chances of its own: the wishes stay the same. */
  static async open(life: Life): Promise<Simulation> {
    const chance = new Chance(life.seed + 1);
    const endpoints = life.faults ? ['DYNAMODB_ENDPOINT', 'SQS_ENDPOINT', 'SNS_ENDPOINT'] : [];
    const troubles = await Promise.all(endpoints.map((name) => Trouble.before(process.env[name] ?? '', chance)));
    const environment = {
      BUSINESS_TIMEZONE: ZONE,
      OUTBOX_SWEEP_AFTER_SECONDS: '2',
      QUEUE_RETRY_SECONDS: '1',
      QUEUE_LEASE_SECONDS: '3',
      ...Object.fromEntries(endpoints.map((name, index) => [name, troubles[index]?.url ?? ''])),
    };
    const clock = new FixedClock(new Calendar(ZONE).instantAt(FIRST_DAY, '12:00'));
    const app = await TestApp.start({ ...environment, ...(life.crash && { APP_ROLES: 'api' }) }, { clock });
    await app.get<Settings>(Settings).moveClock(clock.offsetTo(clock.now()));
    const workers = { ...environment, TABLE_PREFIX: app.config.tablePrefix };
    const crew = life.crash ? await Crew.start(workers, new Chance(life.seed + 2)) : undefined;
    const simulation = new Simulation(app, clock, life, troubles, crew);
    await simulation.prepare();
    return simulation;
  }

  async close(): Promise<void> {
    await this.crew?.leave();
    await this.app.stop();
    await Promise.all(this.troubles.map((trouble) => trouble.stop()));
  }

  /** Lives one day after the other, and says how each has gone. */
  async *days(): AsyncGenerator<Day> {
    for (const today of this.dates.slice(0, this.life.days)) yield this.day(today);
  }

  /** All that is not as it should be, and as on paper, about a date that was lived. */
  async broken(date: string): Promise<string[]> {
    this.calm(true);
    return this.laws.broken(date);
  }

  /** From noon to the next noon: the orders of tomorrow are wished, made and delivered. */
  private async day(today: string): Promise<Day> {
    const began = performance.now();
    const date = dayAfter(today);
    this.asked = 0;
    this.calm(false);
    await this.noon(today, date);
    if (this.chance.happens(0.1)) await this.outage(date);
    else await this.night(today, date);
    const [delivered] = await Promise.all([this.morning.of(date), this.crew?.suffer(1)]);
    await this.settled();
    const broken = await this.broken(date);
    const counts: Record<string, number> = {};
    for (const { outcome } of this.dairy.on(date).values()) counts[outcome] = (counts[outcome] ?? 0) + 1;
    const seconds = (performance.now() - began) / 1_000;
    const troubles = this.troubles.reduce((sum, { made }) => sum + made, 0);
    return { date, counts, ...delivered, asked: this.asked, broken, kills: this.crew?.kills ?? 0, troubles, seconds };
  }

  private async noon(today: string, open: string): Promise<void> {
    await this.itBecomes(today, '12:00');
    for (const [productId, good] of this.dairy.goods) await this.restock(productId, good);
    const joins = today === FIRST_DAY ? 0.7 : 0.15;
    const { households } = this.dairy;
    const living = households.filter(({ subscriptions }) => subscriptions.length > 0 || this.chance.happens(joins));
    const deeds = living.map((who) => this.wishes.ofDay(who, today, open));
    await Promise.all([this.do(deeds), this.crew?.suffer(1)]);
  }

  private async night(today: string, date: string): Promise<void> {
    await this.fallsDue(today, '21:02');
    this.dairy.evening(date);
    await this.itBecomes(today, '22:30');
    const households = this.dairy.households.filter(({ subscriptions }) => subscriptions.length > 0);
    await this.do(households.map((who) => this.wishes.ofNight(who, date)));
    await this.fallsDue(date, '04:00');
    this.dairy.retry(date, '04:00');
    await this.itBecomes(date, '05:00');
  }

  /** Nobody looks until ten o'clock: what can still come in time comes. */
  private async outage(date: string): Promise<void> {
    await this.fallsDue(date, '10:00');
    this.dairy.evening(date, '10:00');
    this.dairy.retry(date, '10:00');
  }

  private async itBecomes(date: string, time: string): Promise<void> {
    const at = this.app.get<Calendar>(Calendar).instantAt(date, time);
    this.clock.set(at);
    if (this.crew) await insist(() => this.app.get<Settings>(Settings).moveClock(this.clock.offsetTo(at)));
  }

  /** It becomes a certain time, and all that is due by then is done, whoever dies of it. */
  private async fallsDue(date: string, time: string): Promise<void> {
    await this.itBecomes(date, time);
    if (this.crew) await pause(UNTIL_ALL_KNOW_MILLISECONDS);
    await this.app.get<Scheduler>(Scheduler).runDueDuties();
    await this.crew?.suffer(2);
    await this.settled();
  }

  /** Waits until nothing is under way anywhere; looks seldom, since whoever is at work needs the machine more. */
  private async settled(): Promise<void> {
    const busyPart = () => insist(() => this.app.get<IdleMonitor>(IdleMonitor).findBusyComponent());
    for (let busy = await busyPart(); busy; busy = await busyPart()) {
      if (busy === 'daily orders') await this.app.get<Scheduler>(Scheduler).runDueDuties();
      await pause(LOOK_AGAIN_MILLISECONDS);
    }
  }

  private calm(isCalm: boolean): void {
    for (const trouble of this.troubles) trouble.isCalm = isCalm;
  }

  private async prepare(): Promise<void> {
    const { customers } = this.life;
    for (let courier = 1; courier <= COURIERS; courier++) {
      const person = { userId: `U-COURIER-${courier}`, name: 'Ravi', email: `ravi${courier}@milkround.test` };
      await this.counter.order('POST', '/admin/users', { ...person, role: 'COURIER', password: newUserId() });
    }
    for (const [productId, price] of GOODS) {
      const product = { productId, name: productId, price, stock: 0, category: 'Milk' };
      await this.counter.order('POST', '/product/add', product);
      this.dairy.goods.set(productId, { price, stock: 0, isOnSale: true });
    }
    for (let nth = 1; nth <= customers; nth++) {
      this.dairy.households.push({ userId: `U-HOUSE-${nth}`, balance: 0, subscriptions: [] });
    }
  }

  /** The cows give what they give; prices change now and then, and some products are not made for a while. */
  private async restock(productId: string, good: Good): Promise<void> {
    const { chance } = this;
    const daily = GOODS.find(([name]) => name === productId)?.[2] ?? 0;
    const wanted = Math.ceil((daily * this.life.customers * chance.between(30, 140)) / 100);
    const qty = Math.max(0, wanted - good.stock);
    good.stock += qty;
    if (chance.happens(0.1)) good.price += chance.between(1, 3);
    if (productId !== 'MILK') good.isOnSale = chance.happens(good.isOnSale ? 0.95 : 0.5);
    const { price, stock, isOnSale: active } = good;
    await this.counter.order('PATCH', '/product/update', { productId, price, stock, active });
    this.laws.delivered(productId, qty);
  }

  /** The deeds of one household one after the other, those of several at once. */
  private async do(deeds: readonly (readonly Deed[])[]): Promise<void> {
    await this.all(deeds, async (some) => {
      for (const deed of some) await this.ask(deed);
    });
    await this.settled();
  }

  private async ask(deed: Deed): Promise<void> {
    const { who, method, path, body, standing, answer } = deed;
    this.asked++;
    const asked = standing?.id === undefined ? body : { subscriptionId: standing.id, ...body };
    const told = await this.counter.ask({ role: 'CUSTOMER', userId: who.userId, method, path, body: asked });
    const is = typeof answer === 'number' ? told.status : codeOf(told.body);
    if (is !== answer) {
      const detail = JSON.stringify({ asked, told: told.body as object });
      throw new Error(`${who.userId} ${path} must be answered ${answer}, not ${told.status}: ${detail}`);
    }
    const { paymentId } = told.body as { paymentId?: string };
    if (paymentId && !(await this.isPaid(paymentId))) return this.ask(deed);
    if (standing && told.status === 201) standing.id = (told.body as { subscriptionId: string }).subscriptionId;
  }

  /** Whoever paid while the database was silent may hear later that it came to nothing. */
  private async isPaid(paymentId: string): Promise<boolean> {
    for (;;) {
      const { status } = (await this.counter.order('GET', `/payment/${paymentId}`)).body as { status: string };
      if (status !== 'PENDING') return status === 'SUCCESS';
      await this.app.get<PaymentSettlement>(PaymentSettlement).settleFromGateway(paymentId);
    }
  }

  private async all<T>(some: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
    await pLimit(AT_ONCE).map(some, work);
  }
}

/** Whoever asks the database on a bad day asks again. */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await pause(LOOK_AGAIN_MILLISECONDS);
    }
  }
}
