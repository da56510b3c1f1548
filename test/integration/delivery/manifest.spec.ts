import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { type FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, inHours } from '../../support/fixtures/order-steps';
import { aSubscription, startDairy } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { advanceTo, GENERATION_TIME, RETRY_TIME, WEDNESDAY } from '../generation/generation-run';
import { aCustomer, changesIn, type Manifest, ManifestOfCourier, ordersOn, TUESDAY } from './manifest-of-courier';

const PHONE = '+919812345678';

describe('the manifest of a courier, after generation', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let ravi: ManifestOfCourier;
  beforeEach(async () => {
    ({ app, clock } = await startDairy());
    ravi = await ManifestOfCourier.of(app);
  });
  afterEach(() => app.stop());

  it('lists what to bring, at which time, to whom, and what to collect and to load', async () => {
    const asha = await aCustomer(app, 'Asha', { phone: PHONE });
    const bela = await aCustomer(app, 'Bela');
    await aSubscription(asha);
    await aSubscription(asha, { items: [{ productId: 'CURD', qty: 1 }] });
    await aSubscription(bela, { address: '9 Dairy Lane,\nPune', deliverySlot: '06:00' });
    await advanceTo(app, clock, GENERATION_TIME);
    const { stops, totals, ...rest } = await ravi.get(WEDNESDAY);
    expect(rest).toEqual({
      ...{ date: WEDNESDAY, courierId: ravi.courier.userId, courierName: 'Ravi', draft: false, number: 1 },
      ...{ issuedAt: GENERATION_TIME, amendments: [] },
    });
    const milk = { productId: 'MILK', name: 'Product MILK', qty: 2 };
    const curd = { productId: 'CURD', name: 'Product CURD', qty: 1 };
    const order = (items: object[], toCollect: number) => ({
      ...{ orderId: expect.any(String), orderNumber: expect.any(String), deliveryId: expect.any(String) },
      ...{ status: 'ASSIGNED', packed: false, items, toCollect },
    });
    expect(stops).toEqual([
      {
        ...{ sequence: 1, deliverySlot: '2026-12-02T00:30:00Z', address: '9 Dairy Lane,\nPune', toCollect: 60 },
        ...{ customer: { userId: bela.userId, name: 'Bela' }, orders: [order([milk], 60)] },
      },
      {
        ...{ sequence: 2, deliverySlot: '2026-12-02T01:00:00Z', address: '12 Dairy Lane, Pune', toCollect: 80 },
        customer: { userId: asha.userId, name: 'Asha', phone: PHONE },
        orders: expect.arrayContaining([order([milk], 60), order([curd], 20)]),
      },
    ]);
    expect(totals).toEqual({ stops: 2, orders: 3, toCollect: 140, load: [curd, { ...milk, qty: 4 }] });
  });

  it('has a number, and was a draft without one before', async () => {
    await aSubscription(await aCustomer(app, 'Asha'));
    await ravi.order({}, { deliverySlot: inHours(app, 24) });
    const draft = await ravi.get(WEDNESDAY);
    expect(draft).toMatchObject({ draft: true, amendments: [], totals: { orders: 1 } });
    expect(draft).not.toHaveProperty('number');
    expect(await app.allStored('Manifests')).toEqual([]);
    await advanceTo(app, clock, GENERATION_TIME);
    expect(await ravi.get(WEDNESDAY)).toMatchObject({ draft: false, number: 1, totals: { orders: 2 } });
  });

  it('names the lines that the retry in the morning adds as a change', async () => {
    await aProduct(app, { productId: 'GHEE', price: 90, stock: 0 });
    const items = ['MILK', 'GHEE'].map((productId) => ({ productId, qty: 1 }));
    await aSubscription(await aCustomer(app, 'Asha'), { items });
    await advanceTo(app, clock, GENERATION_TIME);
    expect(await ravi.get(WEDNESDAY)).toMatchObject({ number: 1, totals: { toCollect: 30 } });
    await app.as('ADMIN').patch('/product/update', { productId: 'GHEE', stock: 1 }).expect(200);
    await advanceTo(app, clock, RETRY_TIME);
    const amended = await ravi.get(WEDNESDAY);
    expect(amended).toMatchObject({ number: 2, issuedAt: RETRY_TIME, totals: { toCollect: 120 } });
    expect(changesIn(amended)).toMatchObject([{ type: 'CHANGED', fields: ['items', 'toCollect'] }]);
  });
});

describe('the manifest of a courier', () => {
  let app: TestApp;
  let ravi: ManifestOfCourier;
  beforeAll(async () => {
    ({ app } = await startDairy());
  });
  beforeEach(async () => {
    ravi = await ManifestOfCourier.of(app);
  });
  afterAll(() => app.stop());

  it('is empty, and gets no number, if there is nothing to deliver', async () => {
    const empty = await ravi.get();
    expect(empty).toMatchObject({ draft: false, stops: [], totals: { stops: 0, orders: 0, toCollect: 0, load: [] } });
    expect(empty).not.toHaveProperty('number');
    const { userId: courierId } = ravi.courier;
    expect(await app.stored('Manifests', { courierId, date: TUESDAY })).toBeUndefined();
  });

  it('collects nothing for what is paid', async () => {
    const { orderId } = await ravi.order();
    expect(await ravi.get()).toMatchObject({ stops: [{ toCollect: 0, orders: [{ orderId, toCollect: 0 }] }] });
  });

  it('says which orders are packed, and keeps its number when one is', async () => {
    const { orderId } = await ravi.order();
    const { number } = await ravi.get();
    await app.as('ADMIN').patch('/admin/order/status', { orderId, status: 'PACKED' }).expect(200);
    expect(await ravi.get()).toMatchObject({ number, stops: [{ orders: [{ orderId, packed: true }] }] });
  });

  it('keeps an order that was brought back, and drops one that failed before it was loaded', async () => {
    const [loaded, damaged] = [await ravi.order({ status: 'PACKED' }), await ravi.order()];
    await ravi.get();
    await ravi.report(loaded, 'PICKED_UP', 'FAILED');
    await ravi.report(damaged, 'FAILED');
    const manifest = await ravi.get();
    expect(ordersOn(manifest)).toEqual([loaded.orderId]);
    expect(changesIn(manifest)).toMatchObject([{ type: 'REMOVED', orderId: damaged.orderId, reason: 'CANCELLED' }]);
  });

  it('does not lose an order while the index lags behind', async () => {
    const { orderId } = await ravi.order();
    const manifest = await ravi.get();
    const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
    let queries = 0;
    middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const isQuery = (args.input as { IndexName?: string }).IndexName === 'byCourier';
        if (isQuery) queries++;
        return isQuery ? { ...result, output: { ...result.output, Items: [] } } : result;
      },
      { step: 'initialize', name: 'lagging index' },
    );
    try {
      expect(await ravi.get()).toEqual(manifest);
    } finally {
      middlewareStack.remove('lagging index');
    }
    expect(queries).toBe(1);
    expect(ordersOn(manifest)).toEqual([orderId]);
  });

  it('is shown to its courier and to admins, but to no other courier and no customer', async () => {
    const { orderId, customer } = await ravi.order();
    const { courier: sita } = await ManifestOfCourier.of(app, 'Sita');
    const { userId: courierId } = ravi.courier;
    expect(ordersOn((await ravi.courier.get('/delivery/manifest').expect(200)).body as Manifest)).toEqual([orderId]);
    const own = await ravi.courier.get('/delivery/manifest', { courierId, date: TUESDAY }).expect(200);
    expect(own.body).toEqual(await ravi.get());
    expect(ordersOn((await sita.get('/delivery/manifest').expect(200)).body as Manifest)).toEqual([]);
    const { body } = await sita.get('/delivery/manifest', { courierId, format: 'pdf' }).expect(403);
    expect(body.code).toBe('auth.not_owner');
    await customer.get('/delivery/manifest', { courierId }).expect(403);
    await app.http.get('/delivery/manifest', { courierId }).expect(401);
  });

  it('is shown to admins for a courier who is blocked or has another role', async () => {
    const { orderId } = await ravi.order();
    const path = `/admin/users/${ravi.courier.userId}`;
    await app.as('ADMIN').patch(path, { blocked: true }).expect(200);
    expect(ordersOn(await ravi.get())).toEqual([orderId]);
    await ravi.courier.get('/delivery/manifest').expect(401);
    await app.as('ADMIN').patch(path, { blocked: false, role: 'CUSTOMER' }).expect(200);
    expect(ordersOn(await ravi.get())).toEqual([orderId]);
  });

  it.each([
    [{ date: '2026-02-30' }, 'date', 'request.invalid'],
    [{ date: '2026-08-30' }, 'date', 'request.invalid'],
    [{ date: '2027-01-02' }, 'date', 'request.invalid'],
    [{ format: 'xls' }, 'format', 'request.invalid'],
    [{ routeId: 'R1' }, 'routeId', 'request.invalid'],
    [{ courierId: '' }, 'courierId', 'manifest.courier_missing'],
    [{ courierId: '../x' }, 'courierId', 'request.invalid'],
  ])('refuses %j', async (query, field, code) => {
    const { body } = await ravi.request(query).expect(400);
    expect(body).toMatchObject({ code, errors: [{ field }] });
  });

  it.each(['2026-08-31', '2027-01-01'])('accepts %s, the first and the last date', async (date) => {
    expect(await ravi.get(date)).toMatchObject({ date, stops: [] });
  });

  it('refuses a courier who does not exist', async () => {
    const { body } = await ravi.request({ courierId: 'UNKNOWN' }).expect(404);
    expect(body.code).toBe('user.not_found');
  });

  it('has at most a thousand deliveries', async () => {
    const order = await ravi.order({ customer: await aCustomer(app, 'Asha') });
    const delivery = (await app.stored('Deliveries', { deliveryId: order.deliveryId })) ?? {};
    const stored = (await app.stored('Orders', { orderId: order.orderId })) ?? {};
    const copy = async (index: number) => {
      const [orderId, deliveryId, address] = [`O-COPY-${index}`, `D-COPY-${index}`, `${index} Dairy Lane`];
      await app.store('Orders', { ...stored, orderId, address });
      await app.store('Deliveries', { ...delivery, deliveryId, orderId, address });
    };
    for (let first = 0; first < 999; first += 37) {
      await Promise.all(Array.from({ length: 37 }, (_, index) => copy(first + index)));
    }
    const manifest = await ravi.get();
    expect(manifest).toMatchObject({ number: 1, totals: { stops: 1000, load: [{ qty: 1000 }] } });
    expect(await ravi.get()).toEqual(manifest);
    await copy(999);
    const { body } = await ravi.request().expect(409);
    expect(body.code).toBe('manifest.too_large');
  });
});
