import { newUserId } from '../../../src/modules/user/domain/ids';
import { newUser } from '../../../src/modules/user/domain/user';
import { Scheduler } from '../../../src/modules/scheduler';
import { RunCoordinator } from '../../../src/modules/generation';
import { declaredTables, EXPIRES_AT } from '../../../src/platform/dynamo/table';
import { FixedBusinessClock } from '../clocks/fixed-business-clock';
import { sizeOf } from './item-size.mts';
import { aProduct, type TestUser } from '../fixtures/order-steps';
import { aCourier } from '../fixtures/orders';
import { TUESDAY_MORNING } from '../fixtures/subscriptions';
import { TestApp } from '../test-app';
import { type Usage, UsageCounter } from './usage-counter';
import { waitUntil } from '../wait-until';

/** What one order uses, from its order to its delivery. */
export interface OrderLife extends Usage {
  readonly mails: number;
  readonly sms: number;
  /** What the tables store for it: bytes, and the days until they expire (absent if never). */
  readonly stored: Readonly<Record<string, { readonly bytes: number; readonly days?: number }>>;
}

export type OrderKind = 'daily' | 'cart';

const PRODUCTS = ['MILK', 'CURD', 'GHEE'];
const ADDRESS = 'Flat 4, Gokul Apartments, 12 Dairy Lane, Kothrud, Pune 411038';
const [WEDNESDAY, THURSDAY] = ['2026-12-02', '2026-12-03'] as const;
const CONCURRENT = 8;
/** The overhead of an item, and of its entries in indexes, as AWS bills it. */
const ITEM_OVERHEAD_BYTES = 100;
const DAY_SECONDS = 86_400;

/**
 * Measures the life of orders of three items, paid from the wallet, with one order per customer. The first day warms
 * up; the second one is measured.
 */
export async function measureOrderLife(kind: OrderKind, orders: number, { sms = false } = {}): Promise<OrderLife> {
  const clock = new FixedBusinessClock(TUESDAY_MORNING);
  const app = await TestApp.start({}, { clock });
  try {
    const dairy = new MeasuredDairy(app, clock, kind);
    await dairy.open(orders, { sms });
    await dairy.deliverDay(WEDNESDAY);
    const before = await dairy.storage();
    const counter = await UsageCounter.start(app);
    await dairy.deliverDay(THURSDAY);
    const usage = counter.stop();
    const [messages, stored] = [await dairy.messagesOf(THURSDAY), await dairy.storedSince(before)];
    return { ...perOrder(usage, orders), ...messages, stored };
  } finally {
    await app.stop();
  }
}

class MeasuredDairy {
  private readonly customers: TestUser[] = [];
  private courier?: TestUser;

  constructor(
    private readonly app: TestApp,
    private readonly clock: FixedBusinessClock,
    private readonly kind: OrderKind,
  ) {}

  async open(customers: number, { sms }: { sms: boolean }): Promise<void> {
    for (const productId of PRODUCTS) await aProduct(this.app, { productId, stock: 1_000_000 });
    this.courier = await aCourier(this.app);
    await inTurns(
      Array.from({ length: customers }, (_, index) => index),
      async (index) => {
        const userId = newUserId();
        // Without a number there is no SMS.
        const phone = sms ? `+9198${String(index).padStart(8, '0')}` : undefined;
        const details = { userId, name: 'Asha Kulkarni', email: `${userId.toLowerCase()}@milkround.test`, phone };
        const user = newUser({ ...details, address: ADDRESS, emailVerified: true }, 'CUSTOMER', this.clock.now());
        await this.app.store('Users', { ...user, credentialsVersion: 1, passwordHash: 'x' });
        const customer = this.app.as('CUSTOMER', userId);
        await customer.post('/wallet/topup', { amount: 50_000, paymentMethod: 'UPI' }).expect(201);
        if (this.kind === 'daily') await this.subscribe(customer);
        this.customers.push(customer);
      },
    );
    await this.app.settled();
  }

  private async subscribe(customer: TestUser): Promise<void> {
    const terms = { frequency: 'DAILY', startDate: WEDNESDAY, deliverySlot: '06:30', paymentMethod: 'WALLET' };
    await customer.post('/order/subscribe', { ...terms, items: LINES, address: ADDRESS }).expect(201);
  }

  /** Orders in the evening before, and deliveries in the morning. */
  async deliverDay(date: string): Promise<void> {
    this.clock.set(eveningBefore(date));
    if (this.kind === 'daily') await this.generate(date);
    else await inTurns(this.customers, (customer) => this.orderFromCart(customer, date));
    await this.app.settled();
    this.clock.set(`${date}T00:30:00Z`);
    const admin = this.app.as('ADMIN');
    const orders = await this.app.allStored<{ orderId: string; deliverySlot: string }>('Orders');
    const ofDay = orders.filter(({ deliverySlot }) => deliverySlot.startsWith(date)).map(({ orderId }) => orderId);
    if (ofDay.length !== this.customers.length) throw new Error(`${ofDay.length} orders on ${date}`);
    await inTurns(chunks(ofDay, 50), async (orderIds) => {
      await admin.patch('/admin/order/status', { orderIds, status: 'PACKED' }).expect(200);
    });
    const deliveries = await this.app.allStored<{ deliveryId: string; orderId: string }>('Deliveries');
    const dueIds = deliveries.flatMap(({ deliveryId, orderId }) => (ofDay.includes(orderId) ? deliveryId : []));
    for (const status of ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED']) {
      await inTurns(dueIds, async (deliveryId) => {
        await this.courier?.patch('/delivery/update', { deliveryId, status }).expect(200);
      });
    }
    await this.app.settled();
  }

  private async generate(date: string): Promise<void> {
    await this.app.get<Scheduler>(Scheduler).runDueTasks();
    const runs = this.app.get<RunCoordinator>(RunCoordinator);
    await waitUntil(`the orders of ${date}`, async () => (await runs.get(date)).status === 'COMPLETED', 600_000);
  }

  private async orderFromCart(customer: TestUser, date: string): Promise<void> {
    for (const line of LINES) await customer.post('/cart/add', line).expect(200);
    const request = { deliverySlot: `${date}T01:00:00.000Z`, address: ADDRESS };
    const { body } = await customer.post('/order/create', request).expect(201);
    const { orderId, amount } = body as { orderId: string; amount: number };
    await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' }).expect(201);
  }

  /** The mails and SMS that were sent for a day. */
  async messagesOf(date: string): Promise<Pick<OrderLife, 'mails' | 'sms'>> {
    const log = await this.app.allStored<{ channel: string; status: string; claimedAt: string }>('NotificationLog');
    const sent = log.filter(({ status, claimedAt }) => status === 'SENT' && claimedAt >= eveningBefore(date));
    const share = (channel: string) =>
      round(sent.filter((one) => one.channel === channel).length / this.customers.length);
    return { mails: share('EMAIL'), sms: share('SMS') };
  }

  async storage(): Promise<Map<string, Stored>> {
    const tables = new Map<string, Stored>();
    for (const { name } of declaredTables()) {
      const items = await this.app.allStored<Record<string, unknown>>(name);
      const now = Date.parse(this.clock.now()) / 1_000;
      tables.set(name, {
        bytes: items.reduce((sum, item) => sum + sizeOf(item) + ITEM_OVERHEAD_BYTES, 0),
        days: items.flatMap(({ [EXPIRES_AT]: at }) => (typeof at === 'number' ? (at - now) / DAY_SECONDS : [])),
        items: items.length,
      });
    }
    return tables;
  }

  /** What the orders since then have added to the tables. */
  async storedSince(before: ReadonlyMap<string, Stored>): Promise<OrderLife['stored']> {
    const after = await this.storage();
    return Object.fromEntries(
      [...after].flatMap(([name, { bytes, days, items }]) => {
        const added = (bytes - (before.get(name)?.bytes ?? 0)) / this.customers.length;
        const expires = days.length > items / 2;
        const lifetime = Math.round(Math.max(...days, 0));
        return added > 1 ? [[name, { bytes: Math.round(added), ...(expires && { days: lifetime }) }]] : [];
      }),
    );
  }
}

interface Stored {
  readonly bytes: number;
  readonly days: readonly number[];
  readonly items: number;
}

/** After the cutoff and its grace time, in Kolkata. */
function eveningBefore(date: string): string {
  return new Date(Date.parse(`${date}T16:00:00Z`) - DAY_SECONDS * 1_000).toISOString();
}

const LINES = PRODUCTS.map((productId) => ({ productId, qty: 1 }));

function perOrder(usage: Usage, orders: number): Usage {
  const share = (units: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(units)
        .map(([name, sum]): [string, number] => [name, round(sum / orders)])
        .filter(([, units]) => units > 0)
        .sort(([, one], [, other]) => other - one),
    );
  return {
    writeUnits: share(usage.writeUnits),
    readUnits: share(usage.readUnits),
    queueRequests: round(usage.queueRequests / orders),
    topicMessages: round(usage.topicMessages / orders),
    filesWritten: round(usage.filesWritten / orders),
  };
}

/** Two digits are more than the figures of a run agree in. */
export function round(figure: number): number {
  return Math.round(figure * 100) / 100;
}

function chunks<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

/** Runs the work for each value, a few at a time. */
async function inTurns<T>(values: readonly T[], work: (value: T) => Promise<void>): Promise<void> {
  const queue = [...values];
  const worker = async () => {
    for (let value = queue.shift(); value !== undefined; value = queue.shift()) await work(value);
  };
  await Promise.all(Array.from({ length: CONCURRENT }, worker));
}
