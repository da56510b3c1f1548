import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Calendar } from '../../../src/kernel/calendar';
import { AnalyticsSubscribers } from '../../../src/modules/analytics/analytics.subscribers';
import type { AnalyticsEvent } from '../../../src/modules/analytics/domain/analytics-event';
import { REPORT_COLUMNS } from '../../../src/modules/analytics/domain/report-table';
import { publishEvent } from '../../support/fixtures/publish-event';
import { TestApp } from '../../support/test-app';
import { anEvent, expectDeadLetters, queueOf, send as sendTo } from './analytics-queue';

const NOTHING = {
  ...Object.fromEntries(REPORT_COLUMNS.map((name) => [name, 0])),
  failedReasons: {},
  topProducts: [],
};

describe('analytics', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ QUEUE_RETRY_SECONDS: '0' })));
  afterAll(() => app.stop());

  const today = () => app.get<Calendar>(Calendar).dateOf(app.clock.now());
  const send = (body: unknown) => sendTo(app, body);
  const report = async (from: string, to = from) => {
    const { body } = await app.as('ADMIN').get('/analytics/report', { from, to }).expect(200);
    return body as object[];
  };
  const log = async (query: { date?: string }) => {
    const { body } = await app.as('ADMIN').get('/analytics/events', query).expect(200);
    return body as object[];
  };

  it('logs events with their ids and time, and amounts in major units', async () => {
    await app.as('ADMIN').post('/product/add', { name: 'Curd', price: 20.5, stock: 3, category: 'Curd' }).expect(201);
    const order = { orderId: 'O7', userId: 'U7', amount: 4950, deliverySlot: app.clock.now() };
    await publishEvent(app, AnalyticsSubscribers, { type: 'order.placed', ...order });
    const events = await log({});
    expect(events).toContainEqual({
      eventType: 'ORDER_PLACED',
      userId: 'U7',
      orderId: 'O7',
      amount: 49.5,
      deliverySlot: expect.any(String),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      eventId: expect.any(String),
      requestId: expect.any(String),
    });
    expect(events).toContainEqual(expect.objectContaining({ eventType: 'PRODUCT_ADDED', price: 20.5, stock: 3 }));
    const wallet = { userId: 'U7', balance: 4950, lowBalanceThreshold: 10000 };
    await publishEvent(app, AnalyticsSubscribers, { type: 'wallet.balance_low', ...wallet });
    expect(await log({})).toContainEqual(
      expect.objectContaining({ eventType: 'WALLET_BALANCE_LOW', balance: 49.5, lowBalanceThreshold: 100 }),
    );
    const refund = { paymentId: 'PAY7', userId: 'U7', amount: 4950, method: 'CARD', credited: 950 };
    await publishEvent(app, AnalyticsSubscribers, { type: 'payment.refund_failed', ...refund });
    expect(await log({})).toContainEqual(
      expect.objectContaining({ eventType: 'PAYMENT_REFUND_FAILED', amount: 49.5, credited: 9.5 }),
    );
    const { body } = await app.as('ADMIN').get('/analytics/report').expect(200);
    expect(body).toHaveLength(7);
    expect(body[6]).toMatchObject({ date: today(), orders: 1, revenue: 0 });
  });

  it('computes the daily figures from the events', async () => {
    const order = { orderId: 'O1', userId: 'U1', amount: 5000 };
    const payment = { ...order, paymentId: 'PAY1', method: 'CARD' };
    const delivery = { orderId: 'O1', userId: 'U1', deliveryId: 'D1', deliverySlot: '2025-03-10T06:00:00Z' };
    app.clock.setOffset(app.clock.offsetTo('2031-01-01T20:00:00Z'));
    await publishEvent(
      app,
      AnalyticsSubscribers,
      { type: 'order.placed', ...order, deliverySlot: '2025-03-10T06:00:00Z' },
      { type: 'order.cancelled', ...order, reason: 'CANCELLED_BY_CUSTOMER', moneyBack: true },
      { type: 'payment.succeeded', ...payment },
      { type: 'payment.succeeded', ...payment, amount: 1010 },
      { type: 'payment.refunded', ...payment, amount: 4000 },
      { type: 'payment.failed', ...payment, reason: 'DECLINED' },
      { type: 'wallet.topped_up', userId: 'U1', paymentId: 'PAY2', amount: 50_000 },
      { type: 'delivery.updated', ...delivery, status: 'DELIVERED' },
      { type: 'delivery.updated', ...delivery, status: 'IN_TRANSIT' },
      { type: 'delivery.updated', ...delivery, status: 'FAILED', reason: 'VEHICLE' },
      { type: 'delivery.updated', ...delivery, status: 'FAILED', reason: 'ORDER_CANCELLED' },
    );
    app.clock.setOffset(0);
    // 01:30 on 2 January in the dairy's time zone. The failed refund of an earlier test has credited 9.50.
    expect(await report('2031-01-01', '2031-01-03')).toEqual([
      { ...NOTHING, date: '2031-01-01', walletFloat: 9.5 },
      {
        ...{ ...NOTHING, date: '2031-01-02', orders: 1, activeCustomers: 1, cancelled: 1 },
        ...{ revenue: 20.1, refunds: 1, refunded: 40, walletFloat: 509.5 },
        ...{ delivered: 1, late: 1, failed: 1, failedReasons: { VEHICLE: 1 } },
      },
      { ...NOTHING, date: '2031-01-03', walletFloat: 509.5 },
    ]);
  });

  it('counts an event once, even when its message is repeated', async () => {
    const event = anEvent({ eventType: 'PAYMENT_SUCCEEDED', timestamp: '2025-03-11T06:00:00Z' });
    await Promise.all([send(event), send(event), send(event)]);
    await app.settled();
    await send(event);
    await app.settled();
    expect(await log({ date: '2025-03-11' })).toHaveLength(1);
    expect(await report('2025-03-11')).toMatchObject([{ revenue: 50 }]);
  });

  it('loses none of many concurrent updates of the same figures', async () => {
    await Promise.all(Array.from({ length: 60 }, () => send(anEvent({ timestamp: '2025-03-12T06:00:00Z' }))));
    await app.settled();
    expect(await report('2025-03-12')).toMatchObject([{ orders: 60 }]);
  });

  it('moves a poison message to the dead-letter queue, and handles the others', async () => {
    const sqs = app.get<SQSClient>(SQSClient);
    await sqs.send(new PurgeQueueCommand({ QueueUrl: `${queueOf(app)}-dead` }));
    const good = anEvent({ timestamp: '2025-03-13T06:00:00Z' });
    const poison = [
      'hello',
      'null',
      { eventType: 'ORDER_PLACED' },
      { ...good, eventType: 'order.placed' },
      { ...good, timestamp: 'yesterday' },
      { ...good, eventType: 'PAYMENT_SUCCEEDED', amount: '50' },
      { ...good, items: [{ productId: 'MILK', qty: 'two' }] },
      { ...good, items: 'MILK' },
    ];
    for (const body of poison) await send(body);
    await send(good);
    await app.settled();
    expect(await log({ date: '2025-03-13' })).toMatchObject([{ eventId: good.eventId }]);
    await expectDeadLetters(app, poison.length);
  });

  it('pages through the log of a day, oldest first', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 7; count++) {
      const event = anEvent({ timestamp: '2025-03-14T06:00:00Z' });
      ids.push(event.eventId);
      await send(event);
      await sleep(2);
    }
    await app.settled();
    const read: string[] = [];
    let address: string | undefined = '/analytics/events?date=2025-03-14&limit=3';
    while (address) {
      const { body, headers } = (await app.as('ADMIN').get(address).expect(200)) as {
        body: AnalyticsEvent[];
        headers: Record<string, string>;
      };
      read.push(...body.map(({ eventId }) => eventId));
      address = /<(.*)>/.exec(headers.link ?? '')?.[1];
    }
    expect(read).toEqual(ids);
    await app.as('ADMIN').get('/analytics/events?cursor=nonsense').expect(400);
  });

  it('returns the report as a CSV download', async () => {
    await send(anEvent({ eventType: 'PAYMENT_REFUNDED', timestamp: '2025-03-15T06:00:00Z', amount: 1250 }));
    await app.settled();
    const { text, headers } = await app
      .as('ADMIN')
      .get('/analytics/report?from=2025-03-14&to=2025-03-15&format=csv')
      .expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="report-2025-03-14-2025-03-15.csv"');
    expect(text.split('\n')).toEqual([
      `\uFEFF${REPORT_COLUMNS.join()}`,
      '2025-03-14,7,0,0,0,0,0,0,0,0,1,0,0,0,0,0,,,0',
      '2025-03-15,0,-12.5,0,12.5,0,0,0,1,0,0,0,0,0,0,0,,,0',
      '',
    ]);
  });

  it('reports at most 366 days, and refuses a reversed range', async () => {
    expect(await report('2024-01-01', '2024-12-31')).toHaveLength(366);
    for (const query of ['from=2024-01-01&to=2025-01-01', 'from=2025-01-02&to=2025-01-01', 'from=2025-02-30']) {
      const { body } = await app.as('ADMIN').get(`/analytics/report?${query}`).expect(400);
      expect(body.code).toBe('request.invalid');
    }
  });

  it('is for admins only', async () => {
    await app.as('CUSTOMER').get('/analytics/report').expect(403);
    await app.as('COURIER').get('/analytics/events').expect(403);
    await app.http.get('/analytics/report').expect(401);
  });
});
