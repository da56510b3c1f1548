import { paymentTable } from '../../../src/modules/payment/payment.schema';
import { Database } from '../../../src/platform/dynamo/database';
import { put, remove } from '../../../src/platform/dynamo/write';
import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { customerWithBalance, type TestUser, walletOf } from '../../support/fixtures/order-steps';
import {
  aSubscription,
  calendarOutcomes,
  startDairy,
  type SubscriptionBody,
} from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { brokenInvariants, generationState } from './generation-invariants';
import { advanceTo, GENERATION_TIME, generationReport, orderOn, outcomeOf, stockOf, WEDNESDAY } from './generation-run';

const MILK_AND_CURD = [
  { productId: 'MILK', qty: 2 },
  { productId: 'CURD', qty: 1 },
];

describe('the daily run', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  let asha: TestUser;
  let birbal: TestUser;
  const subscriptions: Record<string, SubscriptionBody> = {};

  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy());
    asha = app.as('CUSTOMER');
    birbal = await customerWithBalance(app, 150);
    subscriptions.cod = await aSubscription(asha, { items: MILK_AND_CURD, address: '1 Door Street' });
    subscriptions.wallet = await aSubscription(birbal, {
      items: MILK_AND_CURD,
      paymentMethod: 'WALLET',
      deliverySlot: '07:15',
    });
    subscriptions.second = await aSubscription(birbal, { paymentMethod: 'WALLET' });
    subscriptions.paused = await aSubscription(asha);
    subscriptions.skipped = await aSubscription(asha);
    subscriptions.overridden = await aSubscription(asha);
    subscriptions.notDue = await aSubscription(asha, { frequency: { weekdays: { FRI: 1 } } });
    subscriptions.later = await aSubscription(asha, { startDate: '2026-12-05' });
    subscriptions.cancelled = await aSubscription(asha);
    clock.set('2026-12-01T15:29:59Z');
    const change = (path: string, { subscriptionId }: SubscriptionBody, body = {}) =>
      asha.post(`/subscription/${path}`, { subscriptionId, ...body }).expect(200);
    await change('pause', subscriptions.paused, { from: WEDNESDAY });
    await change('skip', subscriptions.skipped, { date: WEDNESDAY });
    await change('override', subscriptions.overridden, { date: WEDNESDAY, items: [{ productId: 'CURD', qty: 3 }] });
    await change('cancel', subscriptions.cancelled);
    await advanceTo(app, clock, GENERATION_TIME);
  });
  afterAll(() => app.stop());

  it('places orders that an admin finds by number', async () => {
    const order = await orderOn(asha, subscriptions.cod as SubscriptionBody);
    const { body } = await app.as('ADMIN').get('/admin/orders', { number: order?.orderNumber }).expect(200);
    expect(body).toMatchObject([{ orderId: order?.orderId, subscriptionId: subscriptions.cod?.subscriptionId }]);
    const calendar = await asha.get(`/subscription/${subscriptions.cod?.subscriptionId}/calendar`, {
      from: WEDNESDAY,
      to: WEDNESDAY,
    });
    expect(calendar.body).toMatchObject([{ orderId: order?.orderId, orderNumber: order?.orderNumber }]);
  });

  it('lists the outcomes of one kind', async () => {
    const idsOf = async (outcome: string) => {
      const { body } = await app.as('ADMIN').get(`/admin/generation/${WEDNESDAY}`, { outcome, limit: 100 }).expect(200);
      const { outcomes } = body as { outcomes: SubscriptionBody[] };
      return outcomes.map(({ subscriptionId }) => subscriptionId).sort();
    };
    const those = (...names: string[]) => names.map((name) => subscriptions[name]?.subscriptionId).sort();
    expect(await idsOf('PAUSED')).toEqual(those('paused'));
    expect(await idsOf('ORDERED')).toEqual(those('cod', 'wallet', 'second', 'overridden'));
    expect(await idsOf('SHORT_BALANCE')).toEqual([]);
    await app.as('ADMIN').get(`/admin/generation/${WEDNESDAY}`, { outcome: 'NOT_DUE' }).expect(400);
  });

  it('places an order to be paid on delivery: confirmed, priced, with slot and address', async () => {
    expect(await orderOn(asha, subscriptions.cod as SubscriptionBody)).toMatchObject({
      status: 'CONFIRMED',
      amount: 80,
      items: [
        { productId: 'MILK', name: 'Product MILK', qty: 2, price: 30, lineTotal: 60 },
        { productId: 'CURD', name: 'Product CURD', qty: 1, price: 20, lineTotal: 20 },
      ],
      deliverySlot: '2026-12-02T01:00:00Z',
      address: '1 Door Street',
      history: [
        { status: 'CREATED', at: GENERATION_TIME },
        { status: 'CONFIRMED', at: GENERATION_TIME },
      ],
      subscriptionId: subscriptions.cod?.subscriptionId,
      payment: { method: 'COD', status: 'PENDING' },
      delivery: { status: 'ASSIGNED' },
    });
    expect((await orderOn(asha, subscriptions.overridden as SubscriptionBody))?.items).toMatchObject([
      { productId: 'CURD', qty: 3 },
    ]);
  });

  it('passes reconciliation while payments are still to be created, and fails it if they are never created', async () => {
    const { payment } = (await orderOn(birbal, subscriptions.second as SubscriptionBody)) as {
      payment: { paymentId: string };
    };
    const key = { paymentId: payment.paymentId };
    const kept = (await app.stored('Payments', key)) as object;
    const database = app.get<Database>(Database);
    const table = database.tableName(paymentTable);
    await database.write(remove(table, key));
    const audit = async () => (await app.as('ADMIN').get('/admin/books').expect(200)).body as { violations: object[] };
    expect(await audit()).toMatchObject({ balanced: true, violations: [] });
    clock.set('2026-12-01T21:33:00Z');
    const kinds = (await audit()).violations.map((violation) => (violation as { kind: string }).kind);
    expect(kinds.toSorted()).toEqual(['ENTRY_UNEXPLAINED', 'ORDER_UNPAID']);
    await database.write(put(table, kept));
    clock.set(GENERATION_TIME);
  });

  it('debits the wallet for each order of a customer, and warns once that it is low', async () => {
    const order = await orderOn(birbal, subscriptions.wallet as SubscriptionBody);
    expect(order).toMatchObject({
      deliverySlot: '2026-12-02T01:45:00Z',
      payment: { method: 'WALLET', status: 'SUCCESS' },
    });
    expect(await walletOf(birbal)).toEqual({
      balance: 10,
      entries: expect.arrayContaining([
        ['PAYMENT', -80],
        ['PAYMENT', -60],
        ['TOP_UP', 150],
      ]),
    });
    expect(recorder.ofType('wallet.balance_low')).toEqual([
      expect.objectContaining({ userId: birbal.userId, balance: 1_000 }),
    ]);
  });

  it('takes exactly the ordered stock', async () => {
    expect(await stockOf(app, 'MILK')).toBe(100 - 6);
    expect(await stockOf(app, 'CURD')).toBe(100 - 5);
    expect(await brokenInvariants(app, { MILK: 100, CURD: 100 })).toEqual([]);
  });

  it('lists its orders with their subscription', async () => {
    const { body } = await birbal.get('/order/list').expect(200);
    expect((body as SubscriptionBody[]).map(({ subscriptionId }) => subscriptionId).sort()).toEqual(
      [subscriptions.wallet?.subscriptionId, subscriptions.second?.subscriptionId].sort(),
    );
  });

  it('publishes the events of every order once, also to the event log', async () => {
    const order = await orderOn(birbal, subscriptions.wallet as SubscriptionBody);
    const orderId = order?.orderId as string;
    expect(recorder.typesOf(orderId).sort()).toEqual([
      'delivery.assigned',
      'order.confirmed',
      'order.placed',
      'payment.succeeded',
    ]);
    const { body: log } = await app
      .as('ADMIN')
      .get('/analytics/events', { date: '2026-12-01', limit: 100 })
      .expect(200);
    const types = (log as { eventType: string; orderId?: string }[]).filter((event) => event.orderId === orderId);
    expect(types.map(({ eventType }) => eventType).sort()).toEqual([
      'DELIVERY_ASSIGNED',
      'ORDER_CONFIRMED',
      'ORDER_PLACED',
      'PAYMENT_SUCCEEDED',
    ]);
    expect(
      recorder.typesOf((await orderOn(asha, subscriptions.cod as SubscriptionBody))?.orderId as string),
    ).not.toContain('payment.succeeded');
  });

  it('creates a payment for every order', async () => {
    const order = await orderOn(birbal, subscriptions.wallet as SubscriptionBody);
    const { paymentId } = order?.payment as { paymentId: string };
    expect((await birbal.get(`/payment/${paymentId}`).expect(200)).body).toMatchObject({
      orderId: order?.orderId,
      amount: 80,
      method: 'WALLET',
      status: 'SUCCESS',
    });
  });

  it('reports the outcome of every subscription', async () => {
    const { status, counts, startedAt, completedAt, outcomes: all } = await generationReport(app);
    expect({ status, counts, startedAt, completedAt }).toEqual({
      status: 'COMPLETED',
      counts: {
        ORDERED: 4,
        PAUSED: 1,
        SKIPPED: 1,
        SHORT_BALANCE: 0,
        OUT_OF_STOCK: 0,
        PRODUCT_WITHDRAWN: 0,
        MISSED: 0,
        BLOCKED: 0,
      },
      startedAt: GENERATION_TIME,
      completedAt: GENERATION_TIME,
    });
    const byId = new Map(all.map((one) => [one.subscriptionId, one.outcome]));
    expect(all).toHaveLength(9);
    const named = Object.fromEntries(
      Object.entries(subscriptions).map(([name, one]) => [name, byId.get(one.subscriptionId)]),
    );
    expect(named).toEqual({
      cod: 'ORDERED',
      wallet: 'ORDERED',
      second: 'ORDERED',
      paused: 'PAUSED',
      skipped: 'SKIPPED',
      overridden: 'ORDERED',
      notDue: 'NOT_DUE',
      later: 'NOT_DUE',
      cancelled: 'ENDED',
    });
    expect(recorder.ofType('generation.completed')).toEqual([expect.objectContaining({ date: WEDNESDAY, counts })]);
  });

  it('shows the order in the calendar', async () => {
    const order = await orderOn(asha, subscriptions.cod as SubscriptionBody);
    const { body } = await asha.get(`/subscription/${subscriptions.cod?.subscriptionId}/calendar`, {
      from: WEDNESDAY,
      to: '2026-12-03',
    });
    expect(body).toMatchObject([
      { date: WEDNESDAY, outcome: 'ORDERED', orderId: order?.orderId, amount: 80, items: order?.items },
      { date: '2026-12-03', outcome: 'DUE' },
    ]);
    expect(await calendarOutcomes(asha, subscriptions.skipped as SubscriptionBody, WEDNESDAY)).toEqual({
      [WEDNESDAY]: 'SKIPPED',
    });
  });

  it('changes nothing when it is repeated by hand or on schedule', async () => {
    const before = await generationState(app);
    const completedBefore = recorder.ofType('generation.completed').length;
    const { body } = await app.as('ADMIN').post('/admin/generation/run', { date: WEDNESDAY }).expect(202);
    expect(body).toMatchObject({ date: WEDNESDAY, status: 'RUNNING' });
    await app.settled();
    await advanceTo(app, clock, GENERATION_TIME);
    expect(await generationState(app)).toEqual(before);
    expect(recorder.ofType('generation.completed')).toHaveLength(completedBefore);
  });

  it('is listed with its counts, latest date first', async () => {
    const admin = app.as('ADMIN');
    const { body: run } = await admin.get(`/admin/generation/${WEDNESDAY}`).expect(200);
    const { outcomes: _, ...summary } = run as { outcomes: unknown };
    const { body: runs } = await admin.get('/admin/generation').expect(200);
    expect((runs as { date: string }[])[0]).toEqual(summary);
    expect(runs).toEqual((runs as { date: string }[]).toSorted((one, other) => (one.date < other.date ? 1 : -1)));
    const first = await admin.get('/admin/generation', { limit: 1 }).expect(200);
    expect(first.body).toEqual([summary]);
    expect(first.headers.link).toContain('rel="next"');
  });

  it('lets only admins cancel its orders, and refunds the wallet', async () => {
    const order = await orderOn(birbal, subscriptions.second as SubscriptionBody);
    const { orderId, payment } = order as { orderId: string; payment: { paymentId: string } };
    const { body } = await birbal.post('/order/cancel', { orderId }).expect(409);
    expect(body).toMatchObject({ code: 'order.illegal_transition', detail: expect.stringContaining('Call the dairy') });
    await app.as('ADMIN').post('/order/cancel', { orderId }).expect(200);
    await app.settled();
    expect((await walletOf(birbal)).balance).toBe(70);
    expect((await birbal.get(`/payment/${payment.paymentId}`)).body.status).toBe('REFUNDED');
    expect(await brokenInvariants(app, { MILK: 100, CURD: 100 })).toEqual([]);
    expect((await outcomeOf(app, subscriptions.second as SubscriptionBody))?.outcome).toBe('ORDERED');
  });

  it('refunds the wallet when a delivery fails, and records the cash when a delivery succeeds', async () => {
    const deliver = async (person: TestUser, subscription: SubscriptionBody, ...statuses: object[]) => {
      const order = (await orderOn(person, subscription)) as { orderId: string; delivery: { deliveryId: string } };
      const admin = app.as('ADMIN');
      await admin.patch('/admin/order/status', { orderId: order.orderId, status: 'PACKED' }).expect(200);
      for (const status of statuses) {
        await admin.patch('/delivery/update', { deliveryId: order.delivery.deliveryId, ...status }).expect(200);
      }
      await app.settled();
      return orderOn(person, subscription);
    };
    await deliver(
      birbal,
      subscriptions.wallet as SubscriptionBody,
      { status: 'PICKED_UP' },
      { status: 'FAILED', reason: 'SPOILED' },
    );
    expect((await walletOf(birbal)).balance).toBe(150);
    const delivered = await deliver(
      asha,
      subscriptions.cod as SubscriptionBody,
      { status: 'PICKED_UP' },
      { status: 'IN_TRANSIT' },
      { status: 'DELIVERED' },
    );
    expect(delivered).toMatchObject({ status: 'DELIVERED', payment: { status: 'SUCCESS' } });
  });
});
