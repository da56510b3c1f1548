import { alignWalletFloat } from '../../../src/cli/wallet-float';
import { Calendar } from '../../../src/kernel/calendar';
import { newEventId } from '../../../src/kernel/ids';
import type { AnalyticsEvent } from '../../../src/modules/analytics/domain/analytics-event';
import { RunCoordinator } from '../../../src/modules/generation';
import { UserService } from '../../../src/modules/user';
import { WalletService } from '../../../src/modules/wallet';
import { JobRunner } from '../../../src/platform/jobs/job-runner';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aCourier, anOrder } from '../../support/fixtures/orders';
import { aProduct, customerWithBalance, placeOrder, placePaidOrder } from '../../support/fixtures/order-steps';
import { countRoundTrips } from '../../support/measure/round-trips';
import { aSubscription, TUESDAY_MORNING } from '../../support/fixtures/subscriptions';
import { TestApp } from '../../support/test-app';
import { anEvent, sendTogether } from './analytics-queue';

interface Day {
  readonly date: string;
  readonly topProducts: { productId: string; name?: string; units: number }[];
  readonly [figure: string]: unknown;
}

interface StoredOrder {
  readonly orderId: string;
  readonly userId: string;
  readonly status: string;
  readonly createdAt: string;
  readonly items: { productId: string; qty: number }[];
}

const TODAY = '2026-12-01';

describe('the daily report', () => {
  let app: TestApp;
  const clock = new FixedBusinessClock(TUESDAY_MORNING);
  beforeEach(async () => {
    clock.set(TUESDAY_MORNING);
    app = await TestApp.start({}, { clock });
  });
  afterEach(() => app.stop());

  const report = async (from: string, to = from) =>
    (await app.as('ADMIN').get('/analytics/report', { from, to }).expect(200)).body as Day[];
  const day = async (date: string) => (await report(date))[0] as Day;
  const sendAll = async (events: readonly AnalyticsEvent[]) => {
    for (let start = 0; start < events.length; start += 10) await sendTogether(app, events.slice(start, start + 10));
    await app.settled();
  };

  /** The figures of a day, computed from all tables instead of events. */
  const walk = async (date: string): Promise<Record<string, unknown>> => {
    const dateOf = (instant: string) => app.get<Calendar>(Calendar).dateOf(instant);
    const orders = (await app.allStored<StoredOrder>('Orders')).filter(({ createdAt }) => dateOf(createdAt) === date);
    const payments = await app.allStored<{ amount: number; status: string; orderId?: string }>('Payments');
    const ofOrders = payments.filter(({ orderId }) => orderId !== undefined);
    const sum = (status: string) =>
      ofOrders.filter((payment) => payment.status === status).reduce((total, { amount }) => total + amount, 0) / 100;
    const deliveries = await app.allStored<{ status: string }>('Deliveries');
    const users = await app.allStored<{ role: string; createdAt: string }>('Users');
    const entries = await app.allStored<{ amount: number; at: string }>('WalletLedger');
    return {
      orders: orders.length,
      units: orders.flatMap(({ items }) => items).reduce((total, { qty }) => total + qty, 0),
      activeCustomers: new Set(orders.map(({ userId }) => userId)).size,
      cancelled: orders.filter(({ status }) => status === 'CANCELLED').length,
      revenue: sum('SUCCESS'),
      refunds: ofOrders.filter(({ status }) => status === 'REFUNDED').length,
      refunded: sum('REFUNDED'),
      delivered: deliveries.filter(({ status }) => status === 'DELIVERED').length,
      // The two users that every test has were not registered.
      newCustomers: users.filter(({ role }) => role === 'CUSTOMER').length,
      walletFloat: entries.reduce((total, { amount }) => total + amount, 0) / 100,
    };
  };

  it('has the totals of a walk over all tables', async () => {
    await aProduct(app, { productId: 'MILK', price: 30 });
    await aProduct(app, { productId: 'CURD', price: 20 });
    await aCourier(app);
    const users = app.get<UserService>(UserService);
    await users.create({ name: 'Asha', email: 'asha@milkround.test' }, 'CUSTOMER', 'milk-before-dawn');
    await users.create({ name: 'Bela', email: 'bela@milkround.test' }, 'CUSTOMER');
    const customer = await customerWithBalance(app, 500);
    await placePaidOrder(app, customer, 'MILK', { qty: 3, paymentMethod: 'WALLET' });
    await placePaidOrder(app, customer, 'CURD', { qty: 2 });
    const refunded = await placePaidOrder(app, customer, 'CURD', { paymentMethod: 'WALLET' });
    await customer.post('/order/cancel', { orderId: refunded.orderId }).expect(200);
    const unpaid = await placeOrder(app, app.as('CUSTOMER'), 'MILK');
    await app.as('ADMIN').post('/order/cancel', { orderId: unpaid.orderId }).expect(200);
    const adjustment = { userId: customer.userId, amount: -12.5, reason: 'Correction' };
    const asha = (await app.as('ADMIN').get('/admin/users', { email: 'asha@milkround.test' })).body as {
      userId: string;
    }[];
    await app
      .as('ADMIN')
      .post('/admin/wallet/adjust', { ...adjustment, userId: asha[0]?.userId, amount: 40 })
      .expect(201);
    await anOrder(app, { status: 'DELIVERED' });
    await app.settled();
    expect(await day(TODAY)).toMatchObject(await walk(TODAY));
    expect((await day(TODAY)).topProducts.slice(0, 2)).toEqual([
      { productId: 'MILK', name: 'Product MILK', units: 4 },
      { productId: 'CURD', name: 'Product CURD', units: 3 },
    ]);
  });

  it('counts generated orders, with their units and debits', async () => {
    await aProduct(app, { productId: 'MILK', price: 30 });
    const customer = await customerWithBalance(app, 500);
    await aSubscription(customer, { paymentMethod: 'WALLET' });
    const other = app.as('CUSTOMER');
    await aSubscription(other);
    await aSubscription(other, { items: [{ productId: 'MILK', qty: 5 }] });
    clock.set('2026-12-01T15:40:00Z');
    await app.get<RunCoordinator>(RunCoordinator).ensureProgress();
    await app.settled();
    const figures = await day(TODAY);
    expect(figures).toMatchObject({
      orders: 3,
      units: 9,
      activeCustomers: 2,
      subscriptionsStarted: 3,
      walletFloat: 440,
    });
    expect(figures).toMatchObject(await walk(TODAY));
  });

  it('counts subscriptions that are started, paused and ended', async () => {
    await aProduct(app, { productId: 'MILK', price: 30 });
    const customer = app.as('CUSTOMER');
    const { subscriptionId } = await aSubscription(customer);
    await aSubscription(customer);
    await customer.post('/subscription/pause', { subscriptionId, from: '2026-12-10', to: '2026-12-12' }).expect(200);
    await customer.post('/subscription/cancel', { subscriptionId }).expect(200);
    await app.settled();
    expect(await day(TODAY)).toMatchObject({ subscriptionsStarted: 2, subscriptionsPaused: 1, subscriptionsEnded: 1 });
  });

  it('counts deliveries by the end of their slot, and failures by their reason', async () => {
    const delivery = { eventType: 'DELIVERY_UPDATED', status: 'DELIVERED', deliverySlot: '2026-12-01T01:00:00Z' };
    const at = (timestamp: string, fields = {}) => anEvent({ ...delivery, timestamp, ...fields });
    await sendAll([
      at('2026-12-01T00:30:00Z'),
      at('2026-12-01T03:00:00Z'),
      at('2026-12-01T03:00:01Z'),
      at('2026-12-01T03:00:00Z', { deliverySlot: undefined }),
      at('2026-12-01T03:00:00Z', { status: 'FAILED', reason: 'REFUSED' }),
      at('2026-12-01T03:00:00Z', { status: 'FAILED', reason: 'REFUSED' }),
      at('2026-12-01T03:00:00Z', { status: 'FAILED', reason: 'no such word' }),
    ]);
    expect(await day(TODAY)).toMatchObject({
      ...{ delivered: 4, onTime: 2, late: 1, failed: 3, failedReasons: { REFUSED: 2, OTHER: 1 } },
    });
  });

  it('counts a customer as active once per day, whatever the order of their events', async () => {
    const order = (userId: string, timestamp: string) => anEvent({ userId, timestamp });
    const events = ['U1', 'U2', 'U1', 'U3'].flatMap((userId) => [
      order(userId, '2026-11-30T18:29:59Z'),
      order(userId, '2026-11-30T18:30:00Z'),
    ]);
    await sendAll(events.reverse());
    await sendAll([...events, order('U2', '2026-11-30T18:31:00Z')]);
    expect(await report('2026-11-30', TODAY)).toMatchObject([
      { date: '2026-11-30', orders: 4, activeCustomers: 3 },
      { date: TODAY, orders: 5, activeCustomers: 3 },
    ]);
  });

  it('carries the wallet float over days, months and years', async () => {
    const topUp = (timestamp: string, amount: number) =>
      anEvent({ eventType: 'WALLET_TOPPED_UP', orderId: undefined, timestamp, amount });
    await sendAll([
      topUp('2025-12-31T18:29:59Z', 10_000),
      topUp('2025-12-31T18:30:00Z', 2_000),
      topUp('2026-11-10T06:00:00Z', 300),
      topUp('2026-11-29T06:00:00Z', -50),
    ]);
    const floatOf = async (date: string) => (await day(date)).walletFloat;
    expect(await floatOf('2025-12-30')).toBe(0);
    expect(await floatOf('2025-12-31')).toBe(100);
    expect(await floatOf('2026-01-01')).toBe(120);
    expect(await report('2026-11-28', '2026-11-30')).toMatchObject([
      { walletFloat: 123 },
      { walletFloat: 122.5 },
      { walletFloat: 122.5 },
    ]);
  });

  it('has the money in wallets from before, once the operator aligns it', async () => {
    await customerWithBalance(app, 50);
    await app.store('Wallets', { userId: 'U-OLD', balance: 12_345, lowBalanceThreshold: 0, version: 1 });
    await app.settled();
    expect(await day(TODAY)).toMatchObject({ walletFloat: 50 });
    const align = () => alignWalletFloat(app);
    expect(await align()).toBe('The wallets hold 173.45, and the report had 50. Corrected. Run it again to check.');
    expect(await day(TODAY)).toMatchObject({ walletFloat: 173.45 });
    expect(await day('2026-11-01')).toMatchObject({ walletFloat: 123.45 });
    expect(await align()).toBe('The wallets hold 173.45, and the report had 173.45. Nothing to do.');
  });

  it('is not aligned while money moves', async () => {
    await customerWithBalance(app, 50);
    await app.settled();
    const wallets = app.get<WalletService>(WalletService);
    const scan = wallets.scanWallets.bind(wallets);
    jest.spyOn(wallets, 'scanWallets').mockImplementationOnce(async (page) => {
      const scanned = await scan(page);
      await customerWithBalance(app, 70);
      await app.settled();
      return scanned;
    });
    await expect(alignWalletFloat(app)).rejects.toThrow('Money moved meanwhile. Nothing was changed.');
    expect(await day(TODAY)).toMatchObject({ walletFloat: 120 });
  });

  it('reads 30 days in a few calls, whatever the number of orders', async () => {
    const read = () => app.as('ADMIN').get('/analytics/report', { from: '2026-11-01', to: '2026-11-30' }).expect(200);
    await read();
    const calls = await countRoundTrips(app, read);
    await sendAll(Array.from({ length: 40 }, () => anEvent({ timestamp: '2026-11-10T06:00:00Z' })));
    expect(await countRoundTrips(app, read)).toBe(calls);
    // 30 days with 40 rows each, and 22 months with 16, at 100 rows in a call.
    expect(calls).toBeLessThanOrEqual(5 + 5 + 3 + 4 + 2);
  });

  it('is a job over 92 days, which simultaneous requests share', async () => {
    await sendAll([anEvent({ timestamp: '2026-08-31T06:00:00Z' })]);
    const from = '2026-08-31';
    const [long, same] = await Promise.all([report(from, '2026-12-01'), report(from, '2026-12-01')]);
    expect(long).toHaveLength(93);
    expect(long[0]).toMatchObject({ orders: 1 });
    expect(same).toEqual(long);

    await sendAll([anEvent({ timestamp: '2026-08-31T06:00:00Z', eventId: newEventId() })]);
    expect((await report(from, '2026-12-01'))[0]).toMatchObject({ orders: 2 });
    const csv = await app.as('ADMIN').get('/analytics/report', { from, to: '2026-12-01', format: 'csv' }).expect(200);
    expect(csv.text.trim().split('\n')).toHaveLength(93 + 1);
  });

  it('is generated in the background if a long range takes longer than a request may', async () => {
    Object.assign(app.get<JobRunner>(JobRunner), { waitMilliseconds: 0 });
    const range = { from: '2026-01-01', to: '2026-12-01' };
    const pending = await app.as('ADMIN').get('/analytics/report', range).expect(202);
    await app.get<JobRunner>(JobRunner).beforeApplicationShutdown();
    const { body } = await app.as('ADMIN').get(String(pending.headers.location)).expect(200);
    expect(body).toMatchObject({ status: 'DONE' });
    expect((body as { result: unknown[] }).result).toHaveLength(335);
    await app
      .as('ADMIN')
      .get('/analytics/report', { ...range, to: '2025-12-31' })
      .expect(400);
  });

  it('adds what earlier versions counted and logged', async () => {
    const old = anEvent({ timestamp: '2026-12-01T03:00:00Z' });
    await app.store('AnalyticsDays', { date: TODAY, shard: '7', orders: 4, revenue: 12_050, delivered: 2 });
    await app.store('AnalyticsEvents', { dateShard: `${TODAY}#2`, eventId: old.eventId, event: old });
    const added = anEvent({ timestamp: '2026-12-01T02:00:00Z', eventId: newEventId() });
    await sendAll([added]);
    expect(await day(TODAY)).toMatchObject({ orders: 5, revenue: 120.5, delivered: 2 });
    const { body, headers } = await app.as('ADMIN').get('/analytics/events', { date: TODAY, limit: 1 }).expect(200);
    expect(body).toMatchObject([{ eventId: old.eventId }]);
    const next = /<(.*)>/.exec(String(headers.link))?.[1] ?? '';
    expect((await app.as('ADMIN').get(next).expect(200)).body).toMatchObject([{ eventId: added.eventId }]);
  });
});
