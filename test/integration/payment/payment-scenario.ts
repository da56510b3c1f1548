import { newEventId } from '../../../src/kernel/ids';
import { toMajorUnits } from '../../../src/kernel/money';
import { deliveryIdOf } from '../../../src/modules/delivery/domain/ids';
import { sign } from '../../../src/modules/payment/adapters/sandbox-signature';
import { PAYMENT_SETTINGS } from '../../../src/modules/payment/payment.settings';
import { ReconciliationService } from '../../../src/modules/reconciliation';
import { Scheduler } from '../../../src/modules/scheduler';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { usersTable } from '../../../src/modules/user/user.schema';
import { BackgroundTasks } from '../../../src/platform/background-tasks';
import { Database } from '../../../src/platform/dynamo/database';
import { put } from '../../../src/platform/dynamo/write';
import { OutboxSweep } from '../../../src/platform/events/outbox-sweep';
import { CrashInjector, type CrashMode } from '../../support/faults/crash-injector';
import { ManualRealClock } from '../../support/clocks/manual-real-clock';
import { moneyViolations } from '../../support/invariants/money-invariant';
import { aProduct, orderRequest, type TestUser } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

/** One step of a scenario. Indexes pick among the existing customers, orders and payments. */
export type Step =
  | { does: 'order'; customer: number; qty: number }
  | { does: 'pay'; order: number; method: string; token?: string }
  | { does: 'topUp'; customer: number; amount: number; method: string; token: string }
  | { does: 'adjust'; customer: number; amount: number }
  | { does: 'cancel'; order: number }
  | { does: 'webhook'; payment: number; times: number }
  /** Packs the order, reports the given number of statuses, then optionally a failure. */
  | { does: 'deliver'; order: number; reports: number; failure?: string }
  | { does: 'wait'; seconds: number }
  /** The program crashes at the nth write from now. */
  | { does: 'crash'; write: number; mode: CrashMode };

export interface ScenarioResult {
  /** The violations once the program is settled. */
  readonly violations: readonly string[];
  readonly crashes: number;
}

interface PlacedOrder {
  readonly orderId: string;
  readonly amount: number;
  readonly customer: string;
}

/** Advances business time and real time together, only when the scenario says so. */
class ScenarioClock extends ManualRealClock {
  override advance(milliseconds: number): void {
    super.advance(milliseconds);
    this.setOffset(this.offsetMilliseconds + milliseconds);
  }
}

const REPORTS = ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED'];
/** Time after which another process takes over the work of a crashed one. */
const TAKEOVER_SECONDS = 60;
/** The gateway is asked about open payments, unpaid orders are cancelled, pending payments fail, refunds fail. */
const SETTLEMENT_SECONDS = [180, 1_200, 4_200, 4_200];
const MAX_SWEEPS = 20;
const CUSTOMERS = 2;

/** A dairy that runs scenarios step by step, each with its own customers. */
export class PaymentScenario {
  private readonly clock = new ScenarioClock();
  private app!: TestApp;
  private crashInjector!: CrashInjector;
  private customers: string[] = [];
  private orders: PlacedOrder[] = [];
  private topUps: string[] = [];
  private crashes = 0;
  private requests = 0;

  private constructor(private readonly environment: Record<string, string>) {}

  static async open(): Promise<PaymentScenario> {
    const prefix = `s${newEventId().toLowerCase()}-`;
    // No workers and no scheduler: the scenario runs everything. The sandbox's own webhooks arrive after the scenario's.
    const scenario = new PaymentScenario({ TABLE_PREFIX: prefix, APP_ROLES: 'api', SANDBOX_WEBHOOKS: 'late' });
    await scenario.start();
    await aProduct(scenario.app, { productId: 'MILK', price: 30, stock: 1_000_000 });
    return scenario;
  }

  async close(): Promise<void> {
    await this.app.stop();
  }

  async run(steps: readonly Step[]): Promise<ScenarioResult> {
    this.customers = Array.from({ length: CUSTOMERS }, () => newUserId());
    [this.orders, this.topUps, this.crashes] = [[], [], 0];
    await Promise.all(this.customers.map((userId) => this.storeCustomer(userId)));
    // Every customer starts with a balance and an unpaid order.
    const opening = this.customers.flatMap((_, customer): Step[] => [
      { does: 'adjust', customer, amount: 100_00 },
      { does: 'order', customer, qty: 1 },
    ]);
    for (const step of [...opening, ...steps]) await this.perform(step);
    this.crashInjector.disarm();
    await this.settle();
    const { violations } = await this.app.get<ReconciliationService>(ReconciliationService).run();
    return {
      violations: [
        ...violations.map((violation) => JSON.stringify(violation)),
        ...(await moneyViolations((table) => this.app.allStored(table))),
      ],
      crashes: this.crashes,
    };
  }

  private async start(): Promise<void> {
    this.app = await TestApp.start(this.environment, { clock: this.clock });
    this.crashInjector = CrashInjector.install(this.app);
  }

  private async storeCustomer(userId: string): Promise<void> {
    const database = this.app.get<Database>(Database);
    await database.write(put(database.tableName(usersTable), { userId, role: 'CUSTOMER', name: 'Asha', version: 1 }));
  }

  private clientOf(customer: string): TestUser {
    return this.app.as('CUSTOMER', customer);
  }

  private async perform(step: Step): Promise<void> {
    switch (step.does) {
      case 'order': {
        const customer = pick(this.customers, step.customer) as string;
        const order = { ...orderRequest(this.app, 'MILK', step.qty) };
        const placed = await this.post(customer, '/order/create', order);
        if (placed) this.orders.push({ ...(placed as unknown as PlacedOrder), customer });
        return;
      }
      case 'pay': {
        const order = pick(this.orders, step.order);
        if (!order) return;
        const { orderId, amount, customer } = order;
        const { method: paymentMethod, token: paymentToken } = step;
        await this.post(customer, '/payment/pay', { orderId, amount, paymentMethod, paymentToken });
        return;
      }
      case 'topUp': {
        const customer = pick(this.customers, step.customer) as string;
        const { method: paymentMethod, token: paymentToken } = step;
        const request = { amount: toMajorUnits(step.amount), paymentMethod, paymentToken };
        const payment = await this.post(customer, '/wallet/topup', request);
        if (payment) this.topUps.push(payment.paymentId as string);
        return;
      }
      case 'adjust': {
        const userId = pick(this.customers, step.customer);
        const adjustment = { userId, amount: toMajorUnits(step.amount), reason: 'Counted again' };
        await this.post(undefined, '/admin/wallet/adjust', adjustment);
        return;
      }
      case 'cancel': {
        const order = pick(this.orders, step.order);
        if (order) await this.post(order.customer, '/order/cancel', { orderId: order.orderId });
        return;
      }
      case 'webhook': {
        const paymentId = pick(await this.paymentIds(), step.payment);
        if (paymentId !== undefined) await this.sendWebhook(paymentId, step.times);
        return;
      }
      case 'deliver': {
        const order = pick(this.orders, step.order);
        if (order) await this.deliver(order, step.reports, step.failure);
        return;
      }
      case 'wait':
        this.clock.advance(step.seconds * 1_000);
        return this.withCrashRecovery(() => this.app.get<Scheduler>(Scheduler).runDueTasks());
      case 'crash':
        return this.crashInjector.crashAt(step.write, step.mode);
    }
  }

  /** Sends a request under a new idempotency key, and retries it once after a crash. Refusals count as responses. */
  private async post(
    customer: string | undefined,
    path: string,
    body: object,
  ): Promise<Record<string, unknown> | undefined> {
    const key = `request-${++this.requests}`;
    const send = async () => {
      const person = customer === undefined ? this.app.as('ADMIN', 'U-ADMIN') : this.clientOf(customer);
      return person.post(path, body as Record<string, unknown>).set('Idempotency-Key', key);
    };
    let response = await this.withCrashRecovery(send);
    if (response.status >= 500) response = await this.withCrashRecovery(send);
    if (response.status >= 500) throw new Error(`${path} got status ${response.status} ${response.text}`);
    return response.status < 300 ? (response.body as Record<string, unknown>) : undefined;
  }

  /** Runs work and its background tasks; after a crash, starts the program again. */
  private async withCrashRecovery<T>(work: () => Promise<T>): Promise<T> {
    const result = await work();
    await this.app.get<BackgroundTasks>(BackgroundTasks).waitUntilIdle();
    if (!this.crashInjector.hasCrashed) return result;
    this.crashes++;
    await this.app.stop();
    await this.start();
    this.clock.advance(TAKEOVER_SECONDS * 1_000);
    return result;
  }

  /** The payments of all orders and top-ups. */
  private async paymentIds(): Promise<string[]> {
    const stored = await Promise.all(this.orders.map(({ orderId }) => this.app.stored('Orders', { orderId })));
    const ofOrders = stored.flatMap((order) => (order?.payment as { paymentId: string } | undefined)?.paymentId ?? []);
    return [...ofOrders, ...this.topUps];
  }

  private async sendWebhook(paymentId: string, times: number): Promise<void> {
    const body = JSON.stringify({ id: newEventId(), type: 'payment.decided', paymentId });
    for (let time = 0; time < times; time++) {
      const signature = sign(
        body,
        this.app.configuration.get(PAYMENT_SETTINGS).sandboxSecret,
        Math.floor(this.clock.realNow() / 1_000),
      );
      await this.withCrashRecovery(async () =>
        this.app.http
          .post('/payment/webhook', body)
          .set('Content-Type', 'application/json')
          .set('X-Milkround-Signature', signature),
      );
    }
  }

  private async deliver({ orderId }: PlacedOrder, reports: number, reason: string | undefined): Promise<void> {
    const deliveryId = deliveryIdOf(orderId);
    const admin = () => this.app.as('ADMIN', 'U-ADMIN');
    await this.withCrashRecovery(async () => admin().patch('/admin/order/status', { orderId, status: 'PACKED' }));
    for (const status of REPORTS.slice(0, reports)) {
      await this.withCrashRecovery(async () => admin().patch('/delivery/update', { deliveryId, status }));
    }
    if (reason === undefined) return;
    await this.withCrashRecovery(async () =>
      admin().patch('/delivery/update', { deliveryId, status: 'FAILED', reason }),
    );
  }

  /** Runs all pending work to its end. */
  private async settle(): Promise<void> {
    await this.drain();
    for (const seconds of SETTLEMENT_SECONDS) {
      this.clock.advance(seconds * 1_000);
      await this.app.get<Scheduler>(Scheduler).runDueTasks();
      await this.drain();
    }
  }

  private async drain(): Promise<void> {
    const sweep = this.app.get<OutboxSweep>(OutboxSweep);
    const background = this.app.get<BackgroundTasks>(BackgroundTasks);
    for (let sweeps = 0; !(await sweep.isDrained()); sweeps++) {
      if (sweeps === MAX_SWEEPS) throw new Error('Some events keep failing');
      await background.waitUntilIdle();
      this.clock.advance(TAKEOVER_SECONDS * 1_000);
      await sweep.sweep();
      await background.waitUntilIdle();
    }
  }
}

function pick<T>(all: readonly T[], index: number): T | undefined {
  return all[index % all.length];
}
