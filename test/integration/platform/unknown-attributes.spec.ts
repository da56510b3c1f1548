import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { inHours, trackOrder } from '../../support/fixtures/order-steps';
import { aSubscription, startDairy, type SubscriptionBody } from '../../support/fixtures/subscriptions';
import { Outbox, OUTBOX_SHARDS } from '../../../src/platform/events/outbox';
import { OutboxRelay } from '../../../src/platform/events/outbox-relay';
import { Transaction } from '../../../src/platform/transaction/transaction';
import type { TestApp } from '../../support/test-app';
import { addUnknownAttributes, UNKNOWN_ATTRIBUTE } from '../../support/faults/unknown-attributes';
import {
  advanceTo,
  GENERATION_TIME,
  generationReport,
  orderOn,
  RETRY_TIME,
  WEDNESDAY,
} from '../generation/generation-run';

/** Every item that the program reads has an attribute that only the next version knows. */
describe('items of the next version', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let tables: ReadonlySet<string>;
  let subscriptions: Record<string, SubscriptionBody>;

  beforeAll(async () => {
    ({ app, clock } = await startDairy());
    tables = addUnknownAttributes(app.get<DynamoDB>(DynamoDB), app.config.tablePrefix);
  });
  afterAll(() => app.stop());

  /** Expects answers that do not show the attribute. */
  async function expectUsable(as: ReturnType<TestApp['as']>, ...paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const { status, text } = await as.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toContain(UNKNOWN_ATTRIBUTE);
    }
  }

  it('do not disturb accounts', async () => {
    const credentials = { email: 'next@milkround.test', password: 'milk-before-dawn' };
    const { body: registered } = await app.http.post('/user/register', { name: 'Asha', ...credentials }).expect(201);
    await app.http.post('/user/login', { ...credentials, password: 'not-the-password' }).expect(401);
    const { body: session } = await app.http.post('/user/login', credentials).expect(200);
    const { refreshToken, accessToken } = session as { refreshToken: string; accessToken: string };
    await app.http.post('/user/refresh', { refreshToken }).expect(200);
    await app.http.as(accessToken).patch('/user/profile', { address: '12 Dairy Lane' }).expect(200);
    const { userId } = registered as { userId: string };
    await expectUsable(app.as('CUSTOMER', userId), '/user/profile', '/user/sessions');
    await app.as('ADMIN').patch(`/admin/users/${userId}`, { role: 'COURIER' }).expect(200);
    await app.as('ADMIN').patch('/admin/dairy', { name: 'Gokul Dairy' }).expect(200);
    await expectUsable(app.as('ADMIN'), '/admin/users', '/admin/dairy', '/dairy', '/product/list', '/product/MILK');
  });

  it('do not disturb an order from the cart to the invoice', async () => {
    const customer = app.as('CUSTOMER');
    await customer.post('/wallet/topup', { amount: 500, paymentMethod: 'UPI' }).expect(201);
    await customer.post('/cart/add', { productId: 'MILK', qty: 2 }).expect(200);
    await customer.post('/cart/add', { productId: 'CURD', qty: 1 }).expect(200);
    const request = { deliverySlot: inHours(app, 5), address: '12 Dairy Lane' };
    const key = 'order-of-the-cart';
    const { body } = await customer.post('/order/create', request).set('Idempotency-Key', key).expect(201);
    const repeated = await customer.post('/order/create', request).set('Idempotency-Key', key).expect(201);
    expect(repeated.body).toEqual(body);
    const { orderId, amount, orderNumber } = body as { orderId: string; amount: number; orderNumber: string };
    await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' }).expect(201);
    await app.settled();
    await app.as('ADMIN').patch('/admin/order/status', { orderId, status: 'PACKED' }).expect(200);
    const { delivery } = (await trackOrder(customer, orderId)) as unknown as { delivery: { deliveryId: string } };
    for (const status of ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED']) {
      await app.as('ADMIN').patch('/delivery/update', { deliveryId: delivery.deliveryId, status }).expect(200);
      await app.settled();
    }
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'DELIVERED', payment: { status: 'SUCCESS' } });
    // The first request has the PDF made.
    await customer.get(`/order/${orderId}/invoice`).expect(202);
    await app.settled();
    const paths = ['/order/list', '/invoice/list', `/order/${orderId}/invoice`, `/delivery/${delivery.deliveryId}`];
    await expectUsable(customer, ...paths, `/order/track?orderId=${orderId}`, '/wallet/view', '/wallet/ledger');
    await expectUsable(app.as('ADMIN'), `/admin/orders?number=${orderNumber}`, '/delivery/list');
    await expectUsable(app.as('COURIER'), '/delivery/list', '/delivery/manifest');
    await customer.post('/order/cancel', { orderId }).expect(409);
  });

  it('do not disturb an evening of daily orders', async () => {
    const customer = app.as('CUSTOMER');
    const short = app.as('CUSTOMER');
    subscriptions = {
      cod: await aSubscription(customer),
      skipped: await aSubscription(customer),
      paused: await aSubscription(customer),
      short: await aSubscription(short, { paymentMethod: 'WALLET' }),
    };
    const { skipped, paused, cod } = subscriptions;
    await customer.post('/subscription/skip', { subscriptionId: skipped?.subscriptionId, date: WEDNESDAY }).expect(200);
    await customer.post('/subscription/pause', { subscriptionId: paused?.subscriptionId, from: WEDNESDAY }).expect(200);
    await advanceTo(app, clock, GENERATION_TIME);
    await short.post('/wallet/topup', { amount: 500, paymentMethod: 'UPI' }).expect(201);
    await advanceTo(app, clock, RETRY_TIME);
    const { status, outcomes } = await generationReport(app);
    expect(status).toBe('COMPLETED');
    expect(new Map(outcomes.map(({ subscriptionId, outcome }) => [subscriptionId, outcome]))).toEqual(
      new Map([
        [cod?.subscriptionId, 'ORDERED'],
        [skipped?.subscriptionId, 'SKIPPED'],
        [paused?.subscriptionId, 'PAUSED'],
        [subscriptions.short?.subscriptionId, 'ORDERED'],
      ]),
    );
    expect(await orderOn(customer, cod as SubscriptionBody)).toMatchObject({ status: 'CONFIRMED', amount: 60 });
    const calendar = `/subscription/${cod?.subscriptionId}/calendar?from=${WEDNESDAY}&to=${WEDNESDAY}`;
    await expectUsable(customer, '/subscription/list', `/subscription/${cod?.subscriptionId}`, calendar);
    await expectUsable(app.as('ADMIN'), `/admin/generation/${WEDNESDAY}`);
  });

  it('do not disturb reports, lists of admins and the reconciliation', async () => {
    const admin = app.as('ADMIN');
    const { body } = await admin.get('/admin/books').expect(200);
    expect(body).toMatchObject({ balanced: true, violations: [] });
    const day = clock.now().slice(0, 10);
    const reports = [`/analytics/report?from=${day}&to=${day}`, '/analytics/events', '/admin/audit'];
    await expectUsable(admin, ...reports, '/admin/outbox', '/admin/notification', '/admin/disputes');
    expect((await admin.get('/admin/outbox').expect(200)).body).toEqual([]);
  });

  it('do not disturb events that wait in the outbox', async () => {
    const outbox = app.get<Outbox>(Outbox);
    const event = { type: 'product.updated', productId: 'MILK', changed: [] } as const;
    const left = { ...outbox.createRow([event]), nextAttemptAt: 0 };
    await app.get<Transaction>(Transaction).commit([outbox.insert(left)]);
    await expectUsable(app.as('ADMIN'), '/admin/outbox?state=waiting');
    const pages = await Promise.all(OUTBOX_SHARDS.map((shard) => outbox.listShard(shard, { limit: 10 })));
    const row = pages.flatMap(({ items }) => items).find(({ outboxId }) => outboxId === left.outboxId);
    expect(row).toHaveProperty(UNKNOWN_ATTRIBUTE);
    await app.get<OutboxRelay>(OutboxRelay).retryAll([row ?? left]);
    expect((await app.as('ADMIN').get('/admin/outbox?state=waiting').expect(200)).body).toEqual([]);
  });

  it('were read from the tables of all these journeys', async () => {
    expect(await app.stored('Users', { userId: 'U-ADMIN' })).toHaveProperty(UNKNOWN_ATTRIBUTE);
    const expected = [
      'Carts',
      'Deliveries',
      'GenerationRuns',
      'Idempotency',
      'Invoices',
      'Orders',
      'Outbox',
      'Payments',
    ];
    expect([...tables].sort()).toEqual(
      expect.arrayContaining([
        ...expected,
        'Products',
        'Sessions',
        'Subscriptions',
        'Users',
        'WalletLedger',
        'Wallets',
      ]),
    );
  });
});
