import { OrderService } from '../../../src/modules/order';
import { EventRecorder } from '../../support/measure/event-recorder';
import { type TestUser, trackOrder } from '../../support/fixtures/order-steps';
import { aCourier, anOrder } from '../../support/fixtures/orders';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { expectInSync } from './status-sync';

describe('reporting a delivery', () => {
  let app: TestApp;
  let courier: TestUser;
  let admin: TestUser;
  beforeAll(async () => {
    app = await TestApp.start({}, { providers: [EventRecorder] });
    admin = app.as('ADMIN');
    courier = await aCourier(app);
  });
  afterAll(() => app.stop());

  const eventTypesOf = async (orderId: string) => {
    await app.settled();
    return app.get<EventRecorder>(EventRecorder).typesOf(orderId);
  };
  const report = (person: TestUser, deliveryId: string, status: string, rest: object = {}) =>
    person.patch('/delivery/update', { deliveryId, status, ...rest });

  it('updates the order at every step', async () => {
    const { orderId, deliveryId, customer } = await anOrder(app, { status: 'PACKED' });
    for (const [status, order] of [
      ['PICKED_UP', 'DISPATCHED'],
      ['IN_TRANSIT', 'DISPATCHED'],
      ['DELIVERED', 'DELIVERED'],
    ] as const) {
      const { body } = await report(courier, deliveryId, status, { note: `now ${status}` }).expect(200);
      expect(body).toMatchObject({ deliveryId, orderId, status });
      expect((body.history as unknown[]).at(-1)).toEqual({ status, at: expect.any(String), note: `now ${status}` });
      const tracked = { status: order, delivery: { deliveryId, status, courierId: courier.userId } };
      expect(await trackOrder(customer, orderId)).toMatchObject(tracked);
      await expectInSync(app, orderId);
    }
    expect((await customer.get(`/delivery/${deliveryId}`).expect(200)).body).toMatchObject({
      userId: customer.userId,
      courierId: courier.userId,
      address: '12 Dairy Lane, Pune',
      history: [{ status: 'ASSIGNED' }, { status: 'PICKED_UP' }, { status: 'IN_TRANSIT' }, { status: 'DELIVERED' }],
      version: 4,
    });
    expect((await eventTypesOf(orderId)).slice(-6)).toEqual([
      'order.packed',
      'delivery.updated',
      'order.dispatched',
      'delivery.updated',
      'delivery.updated',
      'order.delivered',
    ]);
  });

  it('refuses PICKED_UP unless the order is packed', async () => {
    const { orderId, deliveryId } = await anOrder(app);
    const { body } = await report(courier, deliveryId, 'PICKED_UP').expect(409);
    expect(body.code).toBe('delivery.order_not_packed');
    expect((await expectInSync(app, orderId)).delivery).toMatchObject({ status: 'ASSIGNED', version: 1 });
  });

  it('refuses every other transition and changes nothing', async () => {
    const next: Record<string, string[]> = {
      ASSIGNED: ['PICKED_UP', 'FAILED'],
      PICKED_UP: ['IN_TRANSIT', 'FAILED'],
      IN_TRANSIT: ['DELIVERED', 'FAILED'],
    };
    const { orderId, deliveryId } = await anOrder(app, { status: 'PACKED' });
    const failed = await anOrder(app);
    await report(courier, failed.deliveryId, 'FAILED', { reason: 'OTHER' }).expect(200);
    const refusals = async (id: string, order: string, from: string) => {
      const { delivery } = await expectInSync(app, order);
      for (const to of ['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'FAILED']) {
        if (next[from]?.includes(to) || (to === from && to !== 'ASSIGNED')) continue;
        const { body } = await report(courier, id, to, to === 'FAILED' ? { reason: 'OTHER' } : {}).expect(409);
        expect(body).toMatchObject({ code: 'delivery.illegal_transition', from, to });
      }
      expect((await expectInSync(app, order)).delivery).toEqual(delivery);
    };
    await refusals(failed.deliveryId, failed.orderId, 'FAILED');
    await refusals(deliveryId, orderId, 'ASSIGNED');
    for (const status of ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED']) {
      await report(courier, deliveryId, status).expect(200);
      await refusals(deliveryId, orderId, status);
    }
  });

  it.each([
    ['CONFIRMED', 'CUSTOMER_UNAVAILABLE', false],
    ['PACKED', 'REFUSED', false],
    ['DISPATCHED', 'ADDRESS_NOT_FOUND', false],
    ['DISPATCHED', 'SPOILED', true],
    ['PACKED', 'VEHICLE', true],
  ] as const)('cancels a %s order that fails with %s; refund: %s', async (status, reason, moneyBack) => {
    const { orderId, deliveryId, customer, productId, paymentId } = await anOrder(app, { status });
    const { body } = await report(courier, deliveryId, 'FAILED', { reason }).expect(200);
    expect(body).toMatchObject({ status: 'FAILED', reason });
    const { order } = await expectInSync(app, orderId);
    expect(order.history.at(-1)).toMatchObject({ status: 'CANCELLED', reason: 'DELIVERY_FAILED' });
    expect((await eventTypesOf(orderId)).filter((type) => type !== 'payment.refunded').slice(-2)).toEqual([
      'delivery.updated',
      'order.cancelled',
    ]);
    expect(app.get<EventRecorder>(EventRecorder).eventsOf(orderId)).toContainEqual(
      expect.objectContaining({ type: 'order.cancelled', reason: 'DELIVERY_FAILED', moneyBack, amount: 3000 }),
    );
    // Only goods that left the dairy are lost.
    expect(await app.stored('Products', { productId })).toMatchObject({ stock: status === 'DISPATCHED' ? 99 : 100 });
    const payment = await customer.get(`/payment/${paymentId}`).expect(200);
    expect(payment.body.status).toBe(moneyBack ? 'REFUNDED' : 'SUCCESS');
  });

  it('returns the stock once when several reports of a failure arrive together', async () => {
    const { orderId, deliveryId, productId } = await anOrder(app);
    const reports = Array.from({ length: 5 }, () => report(courier, deliveryId, 'FAILED', { reason: 'VEHICLE' }));
    expect((await Promise.all(reports)).map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(await app.stored('Products', { productId })).toMatchObject({ stock: 100 });
    await expectInSync(app, orderId);
  });

  it('returns the stock of lines that are added at the same time', async () => {
    const { orderId, deliveryId, productId } = await anOrder(app);
    const orders = app.get<OrderService>(OrderService);
    const get = orders.get.bind(orders);
    jest.spyOn(orders, 'get').mockImplementationOnce(async (id) => {
      const read = await get(id);
      const stored = (await app.stored('Orders', { orderId })) as { version: number; items: object[] };
      const [line] = stored.items;
      await app.store('Orders', { ...stored, items: [{ ...line, qty: 3 }], version: stored.version + 1 });
      return read;
    });
    await report(courier, deliveryId, 'FAILED', { reason: 'VEHICLE' }).expect(200);
    expect(await app.stored('Products', { productId })).toMatchObject({ stock: 102 });
  });

  it('fails the cash payment of a failed delivery, with the reason', async () => {
    const { deliveryId, customer, paymentId } = await anOrder(app, { status: 'PACKED', paymentMethod: 'COD' });
    await report(courier, deliveryId, 'FAILED', { reason: 'REFUSED' }).expect(200);
    await app.settled();
    expect((await customer.get(`/payment/${paymentId}`).expect(200)).body).toMatchObject({
      status: 'FAILED',
      reason: 'DELIVERY_FAILED',
    });
  });

  it('requires a listed reason with FAILED, and refuses one otherwise', async () => {
    const { deliveryId } = await anOrder(app, { status: 'PACKED' });
    for (const wrong of [
      { status: 'FAILED' },
      { status: 'FAILED', reason: 'RAIN' },
      { status: 'FAILED', reason: 'ORDER_CANCELLED' },
      { status: 'PICKED_UP', reason: 'OTHER' },
    ]) {
      const { body } = await courier.patch('/delivery/update', { deliveryId, ...wrong }).expect(400);
      expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'reason' }] });
    }
    const { body } = await report(courier, deliveryId, 'EATEN').expect(400);
    expect(body.errors).toMatchObject([{ field: 'status' }]);
  });

  it('is idempotent', async () => {
    const { orderId, deliveryId } = await anOrder(app, { status: 'PACKED' });
    const first = await report(courier, deliveryId, 'PICKED_UP').set('If-Match', '"1"').expect(200);
    const second = await report(courier, deliveryId, 'PICKED_UP').set('If-Match', '"1"').expect(200);
    expect(second.body).toEqual(first.body);
    const responses = await Promise.all(Array.from({ length: 5 }, () => report(courier, deliveryId, 'IN_TRANSIT')));
    expect(responses.map(({ status, headers }) => [status, headers.etag])).toEqual(Array(5).fill([200, '"3"']));
    await report(courier, deliveryId, 'FAILED', { reason: 'DAMAGED' }).expect(200);
    await report(courier, deliveryId, 'FAILED', { reason: 'DAMAGED' }).expect(200);
    await report(courier, deliveryId, 'FAILED', { reason: 'REFUSED' }).expect(409);
    const events = await eventTypesOf(orderId);
    expect(events.filter((type) => type === 'delivery.updated')).toHaveLength(3);
    expect(events.filter((type) => type === 'order.cancelled')).toHaveLength(1);
  });

  it('lets exactly one of two concurrent reports win', async () => {
    for (let round = 0; round < 5; round++) {
      const { orderId, deliveryId } = await anOrder(app, { status: 'DISPATCHED' });
      await report(courier, deliveryId, 'IN_TRANSIT').expect(200);
      const responses = await Promise.all([
        report(courier, deliveryId, 'DELIVERED'),
        report(admin, deliveryId, 'FAILED', { reason: 'OTHER' }),
      ]);
      expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect((await expectInSync(app, orderId)).delivery?.version).toBe(4);
      const ends = (await eventTypesOf(orderId)).filter((type) =>
        ['order.delivered', 'order.cancelled'].includes(type),
      );
      expect(ends).toHaveLength(1);
    }
  });

  it('requires If-Match to be the latest version', async () => {
    const { deliveryId } = await anOrder(app, { status: 'PACKED' });
    const shown = await courier.get(`/delivery/${deliveryId}`).expect(200);
    expect(shown.headers.etag).toBe('"1"');
    expect((await report(courier, deliveryId, 'PICKED_UP').set('If-Match', '"7"').expect(412)).body.code).toBe(
      'request.stale',
    );
    const { headers } = await report(courier, deliveryId, 'PICKED_UP').set('If-Match', '"1"').expect(200);
    expect(headers.etag).toBe('"2"');
  });

  it('is for the courier and admins; the customer can only see the delivery', async () => {
    const { deliveryId, customer } = await anOrder(app, { status: 'PACKED' });
    const other = await aCourier(app);
    for (const person of [customer, courier, admin]) await person.get(`/delivery/${deliveryId}`).expect(200);
    for (const person of [other, app.as('CUSTOMER')]) {
      expect((await person.get(`/delivery/${deliveryId}`).expect(404)).body.code).toBe('delivery.not_found');
    }
    await app.http.get(`/delivery/${deliveryId}`).expect(401);
    expect((await report(other, deliveryId, 'PICKED_UP').expect(404)).body.code).toBe('delivery.not_found');
    expect((await report(customer, deliveryId, 'PICKED_UP').expect(403)).body.code).toBe('auth.forbidden');
    await report(admin, 'D-UNKNOWN', 'PICKED_UP').expect(404);
    await report(admin, deliveryId, 'PICKED_UP').expect(200);
  });

  it('refuses a courier who is the customer of the order but not its courier', async () => {
    const buyer = await aCourier(app);
    const { orderId, deliveryId } = await anOrder(app, { status: 'PACKED', customer: buyer });
    await admin.post('/delivery/assign', { orderId, courierId: courier.userId }).expect(201);
    const { body: shown } = await buyer.get(`/delivery/${deliveryId}`).expect(200);
    for (const [status, rest] of [
      ['PICKED_UP', {}],
      ['FAILED', { reason: 'SPOILED' }],
    ] as const) {
      expect((await report(buyer, deliveryId, status, rest).expect(404)).body.code).toBe('delivery.not_found');
    }
    expect((await buyer.get(`/delivery/${deliveryId}`).expect(200)).body).toEqual(shown);
    await report(courier, deliveryId, 'PICKED_UP').expect(200);
  });

  it('lets only an admin say how the delivery of a courier’s own order ended', async () => {
    const buyer = await aCourier(app);
    const { orderId, deliveryId } = await anOrder(app, { status: 'PACKED', customer: buyer });
    await admin.post('/delivery/assign', { orderId, courierId: buyer.userId }).expect(201);
    const ends = [
      ['FAILED', { reason: 'DAMAGED' }],
      ['DELIVERED', {}],
    ] as const;
    for (const step of ['PICKED_UP', 'IN_TRANSIT']) {
      for (const [status, rest] of ends) {
        expect((await report(buyer, deliveryId, status, rest).expect(403)).body.code).toBe('delivery.own_order');
      }
      await report(buyer, deliveryId, step).expect(200);
    }
    await report(admin, deliveryId, 'DELIVERED').expect(200);
    await expectInSync(app, orderId);
  });

  it('costs one read and one transaction, plus one read of the account of courier or admin', async () => {
    const { orderId, deliveryId } = await anOrder(app, { status: 'PACKED' });
    await admin.post('/delivery/assign', { orderId, courierId: courier.userId }).expect(201);
    expect(await countRoundTrips(app, () => report(courier, deliveryId, 'PICKED_UP').expect(200))).toBe(3);
    expect(await countRoundTrips(app, () => report(admin, deliveryId, 'IN_TRANSIT').expect(200))).toBe(3);
  });
});
