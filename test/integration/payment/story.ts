import { deliveryIdOf, newEventId, newUserId } from '../../../src/kernel/ids';
import { toMajorUnits } from '../../../src/kernel/money';
import { sign } from '../../../src/modules/payment/adapters/sandbox-signature';
import { ReconciliationService } from '../../../src/modules/reconciliation';
import { Scheduler } from '../../../src/modules/scheduler';
import { usersTable } from '../../../src/modules/user/user.schema';
import { Database } from '../../../src/platform/dynamo/database';
import { put } from '../../../src/platform/dynamo/write';
import { OutboxRelay } from '../../../src/platform/events/outbox-relay';
import { TestApp } from '../../support/app';
import { moneyAstray } from '../../support/money';
import { type Death, Mortal } from '../../support/mortal';
import { aProduct, orderOf, type Person } from '../../support/shop';
import { StoppedClock } from '../../support/stopped-clock';

/** One thing that somebody does; who and what is meant are picked among those there are. */
export type Step =
  | { does: 'order'; customer: number; qty: number }
  | { does: 'pay'; order: number; method: string; token?: string }
  | { does: 'topUp'; customer: number; amount: number; method: string; token: string }
  | { does: 'adjust'; customer: number; amount: number }
  | { does: 'cancel'; order: number }
  | { does: 'webhook'; payment: number; times: number }
  /** Packed, then reported on so many times, then perhaps failed. */
  | { does: 'bring'; order: number; reports: number; failure?: string }
  | { does: 'wait'; seconds: number }
  /** The program dies at the write so many from now, whoever does it. */
  | { does: 'crash'; write: number; death: Death };

export interface Told {
  /** What is wrong when all is settled. */
  readonly wrong: readonly string[];
  readonly crashes: number;
}

interface Bought {
  readonly orderId: string;
  readonly amount: number;
  readonly customer: string;
}

/** Business and real time, which pass only when the story says so, and together. */
class StoryClock extends StoppedClock {
  override pass(milliseconds: number): void {
    super.pass(milliseconds);
    this.setOffset(this.offsetMilliseconds + milliseconds);
  }
}

const REPORTS = ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED'];
/** What a dead process was at, another one takes over. */
const TAKEN_OVER_AFTER = 60;
/** Undecided payments are asked about, closed orders cancelled, and pending payments given up. */
const SETTLED_AFTER = [180, 1_200, 4_200];
const SWEEPS_AT_MOST = 20;
const CUSTOMERS = 2;

/** A dairy in which stories are told step by step. Each has customers of its own. */
export class Story {
  private readonly clock = new StoryClock();
  private app!: TestApp;
  private mortal!: Mortal;
  private customers: string[] = [];
  private orders: Bought[] = [];
  private topUps: string[] = [];
  private crashes = 0;
  private requests = 0;

  private constructor(private readonly environment: Record<string, string>) {}

  static async open(): Promise<Story> {
    const prefix = `s${newEventId().toLowerCase()}-`;
    // Nobody takes messages from queues or looks by himself, and the sandbox's own webhooks come after the story's.
    const story = new Story({ TABLE_PREFIX: prefix, APP_ROLES: 'api', SANDBOX_WEBHOOKS: 'late' });
    await story.start();
    await aProduct(story.app, { productId: 'MILK', price: 30, stock: 1_000_000 });
    return story;
  }

  async close(): Promise<void> {
    await this.app.stop();
  }

  async tell(steps: readonly Step[]): Promise<Told> {
    this.customers = Array.from({ length: CUSTOMERS }, () => newUserId());
    [this.orders, this.topUps, this.crashes] = [[], [], 0];
    await Promise.all(this.customers.map((userId) => this.store(userId)));
    // Everybody has something in the wallet, and something to pay for.
    const opening = this.customers.flatMap((_, customer): Step[] => [
      { does: 'adjust', customer, amount: 100_00 },
      { does: 'order', customer, qty: 1 },
    ]);
    for (const step of [...opening, ...steps]) await this.go(step);
    this.mortal.live();
    await this.settle();
    const { violations } = await this.app.get<ReconciliationService>(ReconciliationService).run();
    return {
      wrong: [
        ...violations.map((violation) => JSON.stringify(violation)),
        ...(await moneyAstray((table) => this.app.allStored(table))),
      ],
      crashes: this.crashes,
    };
  }

  private async start(): Promise<void> {
    this.app = await TestApp.start(this.environment, { clock: this.clock });
    await this.app.nest.listen(0, '127.0.0.1');
    this.mortal = Mortal.of(this.app);
  }

  private async store(userId: string): Promise<void> {
    const database = this.app.get<Database>(Database);
    await database.write(put(database.tableName(usersTable), { userId, role: 'CUSTOMER', name: 'Asha', version: 1 }));
  }

  private as(customer: string): Person {
    return this.app.as('CUSTOMER', customer);
  }

  private async go(step: Step): Promise<void> {
    switch (step.does) {
      case 'order': {
        const customer = pick(this.customers, step.customer) as string;
        const order = { ...orderOf(this.app, 'MILK', step.qty) };
        const placed = await this.ask(customer, '/order/create', order);
        if (placed) this.orders.push({ ...(placed as unknown as Bought), customer });
        return;
      }
      case 'pay': {
        const order = pick(this.orders, step.order);
        if (!order) return;
        const { orderId, amount, customer } = order;
        const { method: paymentMethod, token: paymentToken } = step;
        await this.ask(customer, '/payment/pay', { orderId, amount, paymentMethod, paymentToken });
        return;
      }
      case 'topUp': {
        const customer = pick(this.customers, step.customer) as string;
        const { method: paymentMethod, token: paymentToken } = step;
        const wanted = { amount: toMajorUnits(step.amount), paymentMethod, paymentToken };
        const payment = await this.ask(customer, '/wallet/topup', wanted);
        if (payment) this.topUps.push(payment.paymentId as string);
        return;
      }
      case 'adjust': {
        const userId = pick(this.customers, step.customer);
        const adjustment = { userId, amount: toMajorUnits(step.amount), reason: 'Counted again' };
        await this.ask(undefined, '/admin/wallet/adjust', adjustment);
        return;
      }
      case 'cancel': {
        const order = pick(this.orders, step.order);
        if (order) await this.ask(order.customer, '/order/cancel', { orderId: order.orderId });
        return;
      }
      case 'webhook': {
        const paymentId = pick(await this.payments(), step.payment);
        if (paymentId !== undefined) await this.notify(paymentId, step.times);
        return;
      }
      case 'bring': {
        const order = pick(this.orders, step.order);
        if (order) await this.bring(order, step.reports, step.failure);
        return;
      }
      case 'wait':
        this.clock.pass(step.seconds * 1_000);
        return this.survive(() => this.app.get<Scheduler>(Scheduler).runDueDuties());
      case 'crash':
        return this.mortal.dieAt(step.write, step.death);
    }
  }

  /** Asks under a key of its own, and again when the program dies of it. Refusals are answers too. */
  private async ask(
    customer: string | undefined,
    path: string,
    body: object,
  ): Promise<Record<string, unknown> | undefined> {
    const key = `request-${++this.requests}`;
    const send = async () => {
      const person = customer === undefined ? this.app.as('ADMIN', 'U-ADMIN') : this.as(customer);
      return person.post(path, body as Record<string, unknown>).set('Idempotency-Key', key);
    };
    let answer = await this.survive(send);
    if (answer.status >= 500) answer = await this.survive(send);
    if (answer.status >= 500) throw new Error(`${path} is answered with ${answer.status} ${answer.text}`);
    return answer.status < 300 ? (answer.body as Record<string, unknown>) : undefined;
  }

  /** Does something, with all that follows; when the program dies meanwhile, another takes over. */
  private async survive<T>(work: () => Promise<T>): Promise<T> {
    const result = await work();
    await this.app.get<OutboxRelay>(OutboxRelay).waitUntilIdle();
    if (!this.mortal.isDead) return result;
    this.crashes++;
    await this.app.stop();
    await this.start();
    this.clock.pass(TAKEN_OVER_AFTER * 1_000);
    return result;
  }

  /** The payments that somebody may hear of. */
  private async payments(): Promise<string[]> {
    const stored = await Promise.all(this.orders.map(({ orderId }) => this.app.stored('Orders', { orderId })));
    const ofOrders = stored.flatMap((order) => (order?.payment as { paymentId: string } | undefined)?.paymentId ?? []);
    return [...ofOrders, ...this.topUps];
  }

  private async notify(paymentId: string, times: number): Promise<void> {
    const body = JSON.stringify({ id: newEventId(), type: 'payment.decided', paymentId });
    for (let time = 0; time < times; time++) {
      const signature = sign(body, this.app.config.sandboxSecret, Math.floor(this.clock.realNow() / 1_000));
      await this.survive(async () =>
        this.app.http
          .post('/payment/webhook', body)
          .set('Content-Type', 'application/json')
          .set('X-Milkround-Signature', signature),
      );
    }
  }

  private async bring({ orderId }: Bought, reports: number, reason: string | undefined): Promise<void> {
    const deliveryId = deliveryIdOf(orderId);
    const admin = () => this.app.as('ADMIN', 'U-ADMIN');
    await this.survive(async () => admin().patch('/admin/order/status', { orderId, status: 'PACKED' }));
    for (const status of REPORTS.slice(0, reports)) {
      await this.survive(async () => admin().patch('/delivery/update', { deliveryId, status }));
    }
    if (reason === undefined) return;
    await this.survive(async () => admin().patch('/delivery/update', { deliveryId, status: 'FAILED', reason }));
  }

  /** Lets everything come to its end. */
  private async settle(): Promise<void> {
    await this.drain();
    for (const seconds of SETTLED_AFTER) {
      this.clock.pass(seconds * 1_000);
      await this.app.get<Scheduler>(Scheduler).runDueDuties();
      await this.drain();
    }
  }

  private async drain(): Promise<void> {
    const relay = this.app.get<OutboxRelay>(OutboxRelay);
    for (let sweeps = 0; !(await relay.isDrained()); sweeps++) {
      if (sweeps === SWEEPS_AT_MOST) throw new Error('There are events that somebody does not take');
      await relay.waitUntilIdle();
      this.clock.pass(TAKEN_OVER_AFTER * 1_000);
      await relay.sweep();
      await relay.waitUntilIdle();
    }
  }
}

function pick<T>(all: readonly T[], index: number): T | undefined {
  return all[index % all.length];
}
