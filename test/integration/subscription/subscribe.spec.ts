import { API_DESCRIPTION } from '../../../src/api-description';
import { createDocument } from '../../../src/platform/openapi/document';
import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, type TestUser } from '../../support/fixtures/order-steps';
import {
  aSubscription,
  DAILY_SUBSCRIPTION,
  getSubscription,
  startDairy,
  type SubscriptionBody,
  TUESDAY_MORNING,
  withoutRunway,
} from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';

describe('subscribing', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  let asha: TestUser;
  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy());
  });
  beforeEach(() => {
    clock.set(TUESDAY_MORNING);
    asha = app.as('CUSTOMER');
  });
  afterAll(() => app.stop());

  const subscribe = (changes: Record<string, unknown>, person = asha) =>
    person.post('/order/subscribe', { ...DAILY_SUBSCRIPTION, ...changes });

  it('creates a subscription, and returns the first delivery date', async () => {
    const { body } = await subscribe({
      items: [
        { productId: 'MILK', qty: 1 },
        { productId: 'CURD', qty: 1 },
        { productId: 'MILK', qty: 2 },
      ],
      frequency: { weekdays: { SAT: 2, MON: 1, SUN: 0 } },
      endDate: '2026-12-31',
      paymentMethod: 'WALLET',
    }).expect(201);
    expect(body).toEqual({
      subscriptionId: expect.stringMatching(/^S\d{2}[0-9A-Z]{36}$/),
      userId: asha.userId,
      status: 'ACTIVE',
      nextDeliveryDate: '2026-12-05',
      effectiveFrom: '2026-12-02',
      items: [
        { productId: 'MILK', qty: 3 },
        { productId: 'CURD', qty: 1 },
      ],
      frequency: { weekdays: { MON: 1, SAT: 2 } },
      deliverySlot: '06:30',
      address: '12 Dairy Lane, Pune',
      followsProfile: false,
      paymentMethod: 'WALLET',
      startDate: '2026-12-02',
      endDate: '2026-12-31',
      pauses: [],
      exceptions: [],
      createdAt: TUESDAY_MORNING,
      version: 1,
    });
    expect(withoutRunway(await getSubscription(asha, body))).toEqual(body);
    await app.settled();
    const { subscriptionId } = body as SubscriptionBody;
    expect(recorder.ofType('subscription.created')).toContainEqual(
      expect.objectContaining({ subscriptionId, userId: asha.userId, nextDeliveryDate: '2026-12-05' }),
    );
    expect(JSON.stringify(recorder.ofType('subscription.created'))).not.toContain('Dairy Lane');
  });

  it.each([
    ['DAILY', '2026-12-02'],
    ['ALTERNATE_DAYS', '2026-12-02'],
    [{ everyNDays: 365 }, '2026-12-02'],
    [{ weekdays: { TUE: 1 } }, '2026-12-08'],
  ])('supports the frequency %j', async (frequency, nextDeliveryDate) => {
    expect(await aSubscription(asha, { frequency })).toMatchObject({ frequency, nextDeliveryDate });
  });

  it('uses the address of the profile by default', async () => {
    const account = { name: 'Asha', password: 'test1234', address: '1 Profile Street' };
    const register = async (email: string, more = {}) =>
      (await app.http.post('/user/register', { ...account, email, ...more }).expect(201)).body as { userId: string };
    const { userId } = await register('with@milk.test');
    const { body } = await subscribe({ address: undefined }, app.as('CUSTOMER', userId)).expect(201);
    expect(body.address).toBe('1 Profile Street');
    const { userId: homeless } = await register('without@milk.test', { address: undefined });
    const none = await subscribe({ address: undefined }, app.as('CUSTOMER', homeless)).expect(400);
    expect(none.body.code).toBe('order.address_missing');
  });

  it('is for the user; an admin may name any existing user', async () => {
    const { body: registered } = await app.http
      .post('/user/register', { name: 'Birbal', email: 'birbal@milk.test', password: 'test1234' })
      .expect(201);
    const { userId } = registered as { userId: string };
    await subscribe({ userId: asha.userId }).expect(201);
    expect((await subscribe({ userId }).expect(403)).body.code).toBe('auth.not_owner');
    const { body } = await subscribe({ userId }, app.as('ADMIN')).expect(201);
    expect(body.userId).toBe(userId);
    expect((await subscribe({ userId: 'U-UNKNOWN' }, app.as('ADMIN')).expect(404)).body.code).toBe('user.not_found');
    await app.http.post('/order/subscribe', DAILY_SUBSCRIPTION).expect(401);
  });

  it.each([
    ['2026-12-01T15:29:59Z', '2026-12-02', 201],
    ['2026-12-01T15:30:00Z', '2026-12-02', 409],
    ['2026-12-01T15:30:00Z', '2026-12-03', 201],
    ['2026-12-01T15:30:00Z', '2026-12-01', 409],
    ['2026-12-01T15:30:00Z', '2026-11-30', 409],
  ])('at %s with start date %s answers %i', async (now, startDate, status) => {
    clock.set(now);
    const { body } = await subscribe({ startDate }).expect(status);
    expect(body).toMatchObject(
      status === 201
        ? { nextDeliveryDate: startDate }
        : { code: 'subscription.cutoff_passed', firstOpenDate: '2026-12-03' },
    );
  });

  it.each([
    ['startDate', { startDate: '2026-02-30' }, /must be a date/],
    ['startDate', { startDate: undefined }, /must be a date/],
    ['endDate', { endDate: '2026-12-01' }, /must not be before startDate/],
    ['deliverySlot', { deliverySlot: '24:00' }, /time of day/],
    ['deliverySlot', { deliverySlot: '6:30' }, /time of day/],
    ['paymentMethod', { paymentMethod: 'CARD' }, /must be one of WALLET, COD/],
    ['items', { items: [] }, /must not be empty/],
    ['items', { items: 'MILK' }, /must be a list/],
    ['items', { items: ['MILK'] }, /must hold lines/],
    ['items', { items: undefined }, /must be a list/],
    ['items.0.qty', { items: [{ productId: 'MILK', qty: 0 }] }, /at least 1/],
    ['items.0.qty', { items: [{ productId: 'MILK', qty: 1.5 }] }, /whole number/],
    ['items.0.qty', { items: [{ productId: 'MILK', qty: 1001 }] }, /at most 1000/],
    ['items', { items: Array(2).fill({ productId: 'MILK', qty: 600 }) }, /at most 1000 units of MILK.* not 1200/],
    ['items', { items: [{ productId: 'MILK', qty: 501 }], frequency: { weekdays: { SUN: 2 } } }, /not 1002/],
    ['frequency', { frequency: undefined }, /forms "DAILY", "ALTERNATE_DAYS"/],
    ['frequency', { frequency: null }, /forms "DAILY"/],
    ['frequency', { frequency: 'WEEKLY' }, /forms "DAILY"/],
    ['frequency', { frequency: [] }, /forms "DAILY"/],
    ['frequency', { frequency: {} }, /forms "DAILY"/],
    ['frequency', { frequency: { everyNDays: 2, weekdays: { MON: 1 } } }, /forms "DAILY"/],
    ['frequency', { frequency: { everyWeek: 1 } }, /forms "DAILY"/],
    ['frequency', { frequency: { everyNDays: 0 } }, /whole number from 1 to 365/],
    ['frequency', { frequency: { everyNDays: '3' } }, /whole number from 1 to 365/],
    ['frequency', { frequency: { everyNDays: 366 } }, /whole number from 1 to 365/],
    ['frequency', { frequency: { weekdays: [] } }, /forms "DAILY"/],
    ['frequency', { frequency: { weekdays: 'MON' } }, /forms "DAILY"/],
    ['frequency', { frequency: { weekdays: {} } }, /must contain a day/],
    ['frequency', { frequency: { weekdays: { MON: 0 } } }, /must contain a day/],
    ['frequency', { frequency: { weekdays: { MON: -1 } } }, /whole numbers from 0 to 100/],
    ['frequency', { frequency: { weekdays: { MON: 0.5 } } }, /whole numbers from 0 to 100/],
    ['frequency', { frequency: { weekdays: { MON: 1, FUNDAY: 1 } } }, /not FUNDAY/],
    ['frequency', { frequency: { weekdays: { mon: 1 } } }, /not mon/],
    ['color', { color: 'white' }, /should not exist/],
  ])('refuses a wrong %s: %j', async (field, changes, message) => {
    const { body } = await subscribe(changes).expect(400);
    expect(body.code).toBe('request.invalid');
    expect(body.errors).toContainEqual({ field, message: expect.stringMatching(message) });
    expect((await asha.get('/subscription/list').expect(200)).body).toEqual([]);
  });

  it('refuses withdrawn products, more than fifty products, and a frequency without deliveries', async () => {
    await aProduct(app, { productId: 'GHEE' });
    await app.as('ADMIN').patch('/product/update', { productId: 'GHEE', active: false }).expect(200);
    for (const productId of ['GHEE', 'NONE']) {
      const items = [...DAILY_SUBSCRIPTION.items, { productId, qty: 1 }];
      const { body } = await subscribe({ items }).expect(404);
      expect(body).toMatchObject({ code: 'product.not_found', productId });
    }
    const products = Array.from({ length: 51 }, (_, n) => `P${n}`);
    for (const productId of products) await aProduct(app, { productId });
    const items = products.map((productId) => ({ productId, qty: 1 }));
    expect((await subscribe({ items }).expect(400)).body.detail).toMatch(/at most 50 different products/);
    await subscribe({ items: items.slice(1) }).expect(201);

    const never = { frequency: { weekdays: { TUE: 1 } }, endDate: '2026-12-07' };
    expect((await subscribe(never).expect(400)).body.code).toBe('subscription.never_due');
    await subscribe({ ...never, endDate: '2026-12-08' }).expect(201);
  });

  it('documents every form of a frequency', () => {
    const { components, paths } = createDocument(app.nest, API_DESCRIPTION);
    const { properties } = components?.schemas?.SubscribeRequest as {
      properties: Record<string, { oneOf?: object[] }>;
    };
    expect(properties.frequency?.oneOf).toMatchObject([
      { enum: ['DAILY', 'ALTERNATE_DAYS'] },
      { required: ['everyNDays'], additionalProperties: false },
      { required: ['weekdays'], additionalProperties: false },
    ]);
    expect(paths['/order/subscribe']?.post?.responses).toMatchObject({
      201: { headers: { ETag: expect.anything() } },
      409: { description: expect.stringContaining('`subscription.cutoff_passed`') },
    });
    expect(Object.keys(paths).filter((path) => path.startsWith('/subscription/'))).toHaveLength(10);
  });

  it('is done once under one idempotency key', async () => {
    const send = (changes = {}) => subscribe(changes).set('Idempotency-Key', 'k1');
    const first = await send().expect(201);
    clock.set('2026-12-05T00:00:00Z');
    const again = await send().expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect((await send({ deliverySlot: '07:00' }).expect(422)).body.code).toBe('idempotency.key_reused');
    expect((await asha.get('/subscription/list').expect(200)).body).toHaveLength(1);
  });
});

describe('the subscriptions of a user', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let asha: TestUser;
  beforeAll(async () => {
    ({ app, clock } = await startDairy());
    asha = app.as('CUSTOMER');
  });
  afterAll(() => app.stop());

  it('are listed newest first, page by page, without those of other users', async () => {
    const made: string[] = [];
    for (let n = 0; n < 5; n++) {
      made.unshift((await aSubscription(asha)).subscriptionId);
      // Ids sort by their millisecond.
      for (const at = app.clock.realNow(); app.clock.realNow() === at;);
    }
    await aSubscription(app.as('CUSTOMER'));
    const listed: string[] = [];
    let path: string | undefined = '/subscription/list?limit=2';
    for (let pages = 0; path; pages++) {
      expect(pages).toBeLessThan(4);
      const answer: { body: unknown; headers: Record<string, string | undefined> } = await asha.get(path).expect(200);
      listed.push(...(answer.body as SubscriptionBody[]).map(({ subscriptionId }) => subscriptionId));
      path = /<([^>]+)>; rel="next"/.exec(answer.headers.link ?? '')?.[1];
    }
    expect(listed).toEqual(made);
  });

  it('are visible to admins, and not found for other users', async () => {
    const subscription = await aSubscription(asha);
    const { subscriptionId } = subscription;
    const other = app.as('CUSTOMER');
    const admin = app.as('ADMIN');
    expect(withoutRunway(await getSubscription(admin, subscription))).toEqual(subscription);
    const about = { subscriptionId, date: '2026-12-04', from: '2026-12-04' };
    const item = [{ productId: 'MILK', qty: 1 }];
    const refused = await Promise.all([
      other.get(`/subscription/${subscriptionId}`),
      other.get(`/subscription/${subscriptionId}/calendar`),
      other.patch('/subscription/update', { subscriptionId, deliverySlot: '07:00' }),
      other.post('/subscription/pause', { subscriptionId, from: about.from }),
      other.post('/subscription/resume', { subscriptionId }),
      other.post('/subscription/skip', { subscriptionId, date: about.date }),
      other.post('/subscription/unskip', { subscriptionId, date: about.date }),
      other.post('/subscription/override', { subscriptionId, date: about.date, items: item }),
      other.post('/subscription/cancel', { subscriptionId }),
      asha.get('/subscription/S99NOTHING'),
      asha.get('/subscription/S1'),
      asha.get('/subscription/anything'),
    ]);
    for (const { status, body } of refused) {
      expect({ status, code: body.code }).toEqual({ status: 404, code: 'subscription.not_found' });
    }
    expect((await other.get('/subscription/list', { userId: asha.userId }).expect(403)).body.code).toBe(
      'auth.not_owner',
    );
    expect(withoutRunway(await getSubscription(asha, subscription))).toEqual(subscription);
    const byAdmin = await admin.post('/subscription/skip', { subscriptionId, date: about.date }).expect(200);
    expect(byAdmin.body.exceptions).toEqual([{ date: about.date, skipped: true, items: [] }]);
    await asha.get('/subscription/a b').expect(400);
    await asha.get('/subscription/list', { cursor: 'nonsense' }).expect(400);
  });

  it('end on their end date, and show it the day after', async () => {
    const subscription = await aSubscription(asha, { endDate: '2026-12-03' });
    clock.set('2026-12-03T18:00:00Z');
    expect(await getSubscription(asha, subscription)).toMatchObject({ status: 'ACTIVE' });
    clock.set('2026-12-03T18:30:00Z');
    const ended = await getSubscription(asha, subscription);
    expect(ended.status).toBe('ENDED');
    expect(ended).not.toHaveProperty('nextDeliveryDate');
    clock.set(TUESDAY_MORNING);
  });
});
