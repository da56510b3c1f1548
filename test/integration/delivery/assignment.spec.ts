// Standalone spec: it is slow, so that it can run in parallel.
import { orderNumberOf } from '../../../src/kernel/ids';
import { DeliveryAssignment } from '../../../src/modules/delivery/delivery-assignment.service';
import { DeliverySubscribers } from '../../../src/modules/delivery/delivery.subscribers';
import { OrderService } from '../../../src/modules/order';
import { EventRecorder } from '../../support/measure/event-recorder';
import { inHours, type TestUser } from '../../support/fixtures/order-steps';
import { aCourier, anOrder } from '../../support/fixtures/orders';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { duringCourierChoice, expectInSync } from './status-sync';

describe('assigning a delivery', () => {
  let app: TestApp;
  let admin: TestUser;
  beforeEach(async () => {
    app = await TestApp.start({}, { providers: [EventRecorder] });
    admin = app.as('ADMIN');
  });
  afterEach(() => app.stop());

  const block = (courier: TestUser, blocked = true) =>
    admin.patch(`/admin/users/${courier.userId}`, { blocked }).expect(200);
  const courierOf = async (orderId: string) => (await expectInSync(app, orderId)).delivery?.courierId;
  const assign = (body: object) => admin.post('/delivery/assign', body as Record<string, unknown>);

  it('happens automatically when an order is confirmed', async () => {
    const courier = await aCourier(app);
    const { orderId, deliveryId, customer } = await anOrder(app);
    const { body } = await customer.get(`/delivery/${deliveryId}`).expect(200);
    expect(body).toEqual({
      deliveryId,
      orderId,
      orderNumber: orderNumberOf(orderId),
      userId: customer.userId,
      status: 'ASSIGNED',
      courierId: courier.userId,
      deliverySlot: expect.any(String),
      address: '12 Dairy Lane, Pune',
      history: [{ status: 'ASSIGNED', at: expect.any(String) }],
      version: 1,
    });
    await expectInSync(app, orderId);
    expect(app.get<EventRecorder>(EventRecorder).typesOf(orderId)).toContain('delivery.assigned');
  });

  it('spreads twenty new customers evenly over two couriers, who keep them', async () => {
    const couriers = [await aCourier(app), await aCourier(app)];
    const customers = await Promise.all(Array.from({ length: 20 }, () => anOrder(app)));
    const first = await Promise.all(customers.map(({ orderId }) => courierOf(orderId)));
    for (const { userId } of couriers) expect(first.filter((courierId) => courierId === userId)).toHaveLength(10);

    const again = await Promise.all(customers.slice(0, 6).map(({ customer }) => anOrder(app, { customer })));
    expect(await Promise.all(again.map(({ orderId }) => courierOf(orderId)))).toEqual(first.slice(0, 6));
  });

  it('waits while there is no active courier', async () => {
    const { orderId, deliveryId } = await anOrder(app);
    expect((await expectInSync(app, orderId)).delivery).not.toHaveProperty('courierId');
    const courier = await aCourier(app);
    await app.settled();
    expect((await expectInSync(app, orderId)).delivery).toMatchObject({ courierId: courier.userId, version: 2 });
    expect((await courier.get('/delivery/list').expect(200)).body).toMatchObject([{ deliveryId }]);
  });

  it('never chooses the customer, but an admin may', async () => {
    const buyer = await aCourier(app);
    const { orderId } = await anOrder(app, { customer: buyer });
    expect(await courierOf(orderId)).toBeUndefined();
    const other = await aCourier(app);
    await app.settled();
    expect(await courierOf(orderId)).toBe(other.userId);
    await assign({ orderId, courierId: buyer.userId }).expect(201);
    expect(await courierOf(orderId)).toBe(buyer.userId);
    await assign({ orderId }).expect(201);
    expect(await courierOf(orderId)).toBe(other.userId);
  });

  it('changes nothing when the event is delivered again', async () => {
    await aCourier(app);
    const { orderId } = await anOrder(app);
    const before = await expectInSync(app, orderId);
    const event = app
      .get<EventRecorder>(EventRecorder)
      .eventsOf(orderId)
      .find(({ type }) => type === 'order.confirmed');
    await app.get<DeliverySubscribers>(DeliverySubscribers).assign(event as never);
    await app.settled();
    expect(await expectInSync(app, orderId)).toEqual(before);
    const assigned = app
      .get<EventRecorder>(EventRecorder)
      .typesOf(orderId)
      .filter((type) => type === 'delivery.assigned');
    expect(assigned).toHaveLength(1);
  });

  it('lets an admin change courier, slot and address while ASSIGNED, and updates the order', async () => {
    const [one, two] = [await aCourier(app), await aCourier(app)];
    const { orderId, deliveryId } = await anOrder(app, { status: 'PACKED' });
    await assign({ orderId, courierId: one.userId }).expect(201);
    const { version } = (await assign({ orderId, courierId: one.userId }).expect(201)).body as { version: number };
    const deliverySlot = inHours(app, 48).replace(/\.\d+Z/, 'Z');
    const { body } = await assign({ orderId, courierId: two.userId, deliverySlot, address: '7 Curd Road' }).expect(201);
    expect(body).toMatchObject({ courierId: two.userId, deliverySlot, address: '7 Curd Road', version: version + 1 });
    expect((await expectInSync(app, orderId)).order).toMatchObject({ deliverySlot, address: '7 Curd Road' });
    const date = app.clock.now() && new Date(Date.parse(deliverySlot) + 5.5 * 3_600_000).toISOString().slice(0, 10);
    expect((await admin.get('/delivery/list', { date })).body).toMatchObject([{ deliveryId }]);
    expect((await two.get('/delivery/list', { date })).body).toMatchObject([{ deliveryId }]);
    expect((await one.get('/delivery/list')).body).toEqual([]);

    await two.patch('/delivery/update', { deliveryId, status: 'PICKED_UP' }).expect(200);
    for (const change of [{ deliverySlot: inHours(app, 50) }, { address: 'Elsewhere' }]) {
      expect((await assign({ orderId, ...change }).expect(409)).body.code).toBe('delivery.illegal_transition');
    }
    await expectInSync(app, orderId);
  });

  it('refuses unconfirmed orders, unavailable couriers, invalid slots, and anyone but an admin', async () => {
    const courier = await aCourier(app);
    const created = await anOrder(app, { status: 'CREATED' });
    expect((await assign({ orderId: created.orderId }).expect(409)).body.code).toBe('delivery.order_not_confirmed');
    expect((await assign({ orderId: 'O-UNKNOWN' }).expect(404)).body.code).toBe('order.not_found');

    const { orderId, customer } = await anOrder(app);
    for (const courierId of ['U-UNKNOWN', customer.userId]) {
      const { body } = await assign({ orderId, courierId }).expect(404);
      expect(body).toMatchObject({ code: 'delivery.courier_not_found', errors: [{ field: 'courierId' }] });
    }
    for (const hours of [-1, 24 * 31]) {
      const { body } = await assign({ orderId, deliverySlot: inHours(app, hours) }).expect(400);
      expect(body).toMatchObject({ code: 'delivery.slot_not_ahead', errors: [{ field: 'deliverySlot' }] });
    }
    await block(courier);
    await assign({ orderId, courierId: courier.userId }).expect(404);
    await courier.post('/delivery/assign', { orderId }).expect(403);
    await customer.post('/delivery/assign', { orderId }).expect(403);
    expect((await expectInSync(app, orderId)).delivery?.version).toBe(1);
  });

  it('is idempotent under one Idempotency-Key', async () => {
    const [one, two] = [await aCourier(app), await aCourier(app)];
    const { orderId } = await anOrder(app);
    const once = (courierId: string) => assign({ orderId, courierId }).set('Idempotency-Key', 'k1');
    const chosen = (await courierOf(orderId)) === one.userId ? two : one;
    const first = await once(chosen.userId).expect(201);
    await assign({ orderId, address: 'Elsewhere' }).expect(201);
    const second = await once(chosen.userId).expect(201);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.body).toEqual(first.body);
    expect((await once('U-OTHER').expect(422)).body.code).toBe('idempotency.key_reused');
  });

  describe('by an admin and by the event at once', () => {
    let orderId: string;
    let userId: string;
    beforeEach(async () => {
      await aCourier(app);
      const held = jest.spyOn(byEvent(), 'assignAutomatically').mockResolvedValue();
      const order = await anOrder(app);
      [orderId, userId] = [order.orderId, order.customer.userId];
      held.mockRestore();
    });
    const byEvent = () => app.get<DeliveryAssignment>(DeliveryAssignment);
    const byDairy = () => assign({ orderId, address: '3 Paneer Place' }).expect(201);

    /** Runs an action after the order was read and before its delivery is written. */
    const afterTheRead = (action: () => Promise<unknown>) => {
      const orders = app.get<OrderService>(OrderService);
      const get = orders.get.bind(orders);
      jest.spyOn(orders, 'get').mockImplementationOnce(async (id) => {
        const order = await get(id);
        await action();
        return order;
      });
    };
    const assigned = async () => {
      await app.settled();
      const types = app.get<EventRecorder>(EventRecorder).typesOf(orderId);
      return types.filter((type) => type === 'delivery.assigned').length;
    };

    it('keeps the admin’s choice when it comes first', async () => {
      duringCourierChoice(app, byDairy);
      await byEvent().assignAutomatically({ orderId, userId });
      expect((await expectInSync(app, orderId)).delivery).toMatchObject({ address: '3 Paneer Place', version: 1 });
      expect(await assigned()).toBe(1);
    });

    it('takes the admin’s choice when it comes second', async () => {
      afterTheRead(() => byEvent().assignAutomatically({ orderId, userId }));
      await byDairy();
      expect((await expectInSync(app, orderId)).delivery).toMatchObject({ address: '3 Paneer Place', version: 2 });
      expect(await assigned()).toBe(2);
    });
  });

  it('costs four reads, one of them of the admin, and one transaction', async () => {
    const couriers = [await aCourier(app), await aCourier(app)];
    const { orderId } = await anOrder(app);
    expect(await countRoundTrips(app, () => assign({ orderId, address: '9 Whey Way' }).expect(201))).toBe(5);
    const current = await courierOf(orderId);
    const other = couriers.find(({ userId }) => userId !== current)?.userId;
    expect(await countRoundTrips(app, () => assign({ orderId, courierId: other }).expect(201))).toBe(5);
    expect(await countRoundTrips(app, () => assign({ orderId, courierId: other }).expect(201))).toBe(4);
  });
});
