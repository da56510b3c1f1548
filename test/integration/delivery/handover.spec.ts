// Standalone spec: it is slow, so that it can run in parallel.
import { orderNumberOf } from '../../../src/kernel/ids';
import { interleave } from '../../support/faults/interleave';
import { EventRecorder } from '../../support/measure/event-recorder';
import { inHours, type TestUser, trackOrder } from '../../support/fixtures/order-steps';
import { aCourier, anOrder, type OrderFixture } from '../../support/fixtures/orders';
import { TestApp } from '../../support/test-app';
import { expectInSync } from './status-sync';

describe('a courier who is blocked in the middle of the day', () => {
  let app: TestApp;
  let admin: TestUser;
  let ravi: TestUser;
  beforeEach(async () => {
    app = await TestApp.start({}, { providers: [EventRecorder] });
    admin = app.as('ADMIN');
    ravi = await aCourier(app, 'Ravi');
  });
  afterEach(() => app.stop());

  const change = async (courier: TestUser, body: object) => {
    await admin.patch(`/admin/users/${courier.userId}`, body as never).expect(200);
    await app.settled();
  };
  const block = (courier: TestUser) => change(courier, { blocked: true });
  const assign = (body: object) => admin.post('/delivery/assign', body as never);
  const courierOf = async ({ orderId }: OrderFixture) => (await expectInSync(app, orderId)).delivery?.courierId;
  const report = (person: TestUser, { deliveryId }: OrderFixture, status: string) =>
    person.patch('/delivery/update', { deliveryId, status, ...(status === 'FAILED' && { reason: 'OTHER' }) });
  const isDeliveryOf =
    ({ deliveryId }: { deliveryId: string }) =>
    (action: { Put?: { Item: object }; Update?: { Key: object } }) =>
      (action.Put?.Item as { deliveryId?: string } | undefined)?.deliveryId === deliveryId ||
      (action.Update?.Key as { deliveryId?: string } | undefined)?.deliveryId === deliveryId;

  /** The ids of the deliveries that need a courier, from all pages. */
  const needingCourier = async (query: object = {}): Promise<string[]> => {
    const found: string[] = [];
    let page = await admin.get('/delivery/list', { needsCourier: true, limit: 2, ...query }).expect(200);
    for (;;) {
      found.push(...(page.body as { deliveryId: string }[]).map(({ deliveryId }) => deliveryId));
      const next = /<(.*)>/.exec(page.headers.link ?? '')?.[1];
      if (!next) return found;
      page = await admin.get(next).expect(200);
    }
  };
  /** Orders of a courier: ASSIGNED, PICKED_UP, IN_TRANSIT, DELIVERED and FAILED. */
  const ordersInEveryStatus = async (): Promise<OrderFixture[]> => {
    const orders = await Promise.all(Array.from({ length: 5 }, () => anOrder(app, { status: 'PACKED' })));
    const reports = [
      [],
      ['PICKED_UP'],
      ['PICKED_UP', 'IN_TRANSIT'],
      ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED'],
      ['FAILED'],
    ];
    for (const [index, statuses] of reports.entries()) {
      for (const status of statuses) await report(ravi, orders[index] as OrderFixture, status).expect(200);
    }
    return orders;
  };
  const idsOf = (orders: readonly OrderFixture[]) => orders.map(({ deliveryId }) => deliveryId).sort();

  it('leaves their open deliveries in the list of those that need a courier', async () => {
    const orders = await ordersInEveryStatus();
    const sita = await aCourier(app, 'Sita');
    const other = await anOrder(app);
    await assign({ orderId: other.orderId, courierId: sita.userId }).expect(201);
    expect(await needingCourier()).toEqual([]);

    await block(ravi);
    expect((await needingCourier()).sort()).toEqual(idsOf(orders.slice(0, 3)));
    expect(await needingCourier({ courierId: ravi.userId, status: 'IN_TRANSIT' })).toEqual(idsOf(orders.slice(2, 3)));
    expect(await needingCourier({ courierId: sita.userId })).toEqual([]);
    expect(await needingCourier({ date: inHours(app, 24 * 9).slice(0, 10) })).toEqual([]);
    expect((await sita.get('/delivery/list', { needsCourier: true }).expect(200)).body).toEqual([]);

    await change(ravi, { blocked: false });
    expect(await needingCourier()).toEqual([]);
  });

  it('leaves them in that list too if they become a customer', async () => {
    const order = await anOrder(app);
    await aCourier(app, 'Sita');
    await change(ravi, { role: 'CUSTOMER' });
    expect(await needingCourier()).toEqual([order.deliveryId]);
    await change(ravi, { role: 'COURIER' });
    expect(await needingCourier()).toEqual([]);
  });

  it('gets no new deliveries, not even one that was being assigned at that moment', async () => {
    const sita = await aCourier(app, 'Sita');
    const customer = app.as('CUSTOMER');
    const first = await anOrder(app, { customer });
    await assign({ orderId: first.orderId, courierId: ravi.userId, permanent: true }).expect(201);
    await app.settled();

    const later = await anOrder(app, { customer, status: 'CREATED' });
    interleave(app, isDeliveryOf(later), () =>
      admin.patch(`/admin/users/${ravi.userId}`, { blocked: true }).expect(200),
    );
    const { orderId, amount } = later;
    await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'COD' }).expect(201);
    await app.settled();
    expect(await courierOf(later)).toBe(sita.userId);
    const assigned = app
      .get<EventRecorder>(EventRecorder)
      .eventsOf(orderId)
      .filter(({ type }) => type === 'delivery.assigned');
    expect(assigned).toMatchObject([
      { courierId: ravi.userId },
      { courierId: sita.userId, previousCourierId: ravi.userId },
    ]);
    expect(await courierOf(await anOrder(app, { customer }))).toBe(sita.userId);
    expect(await needingCourier()).toEqual([first.deliveryId]);
  });

  it('hands all open deliveries over to another courier in one request, whatever their status', async () => {
    const orders = await ordersInEveryStatus();
    const sita = await aCourier(app, 'Sita');
    await block(ravi);
    const orderIds = [...orders.map(({ orderId }) => orderId), 'O-UNKNOWN', orders[0]?.orderId];
    const { body } = await assign({ orderIds, courierId: sita.userId }).expect(200);
    const accepted = (index: number, status: string) => ({
      ...{ orderId: orderIds[index], orderNumber: orderNumberOf(orderIds[index] ?? '') },
      ...{ deliveryId: orders[index]?.deliveryId, status, courierId: sita.userId },
    });
    const refused = (index: number, code: string) => ({
      ...{ orderId: orderIds[index], orderNumber: orderNumberOf(orderIds[index] ?? '') },
      ...{ code, detail: expect.any(String) },
    });
    expect(body).toEqual([
      accepted(0, 'ASSIGNED'),
      accepted(1, 'PICKED_UP'),
      accepted(2, 'IN_TRANSIT'),
      refused(3, 'delivery.illegal_transition'),
      refused(4, 'delivery.illegal_transition'),
      refused(5, 'order.not_found'),
    ]);
    expect(await needingCourier()).toEqual([]);

    const [, , inTransit] = orders as [OrderFixture, OrderFixture, OrderFixture];
    expect((await expectInSync(app, inTransit.orderId)).order).toMatchObject({ status: 'DISPATCHED' });
    expect(await trackOrder(inTransit.customer, inTransit.orderId)).toMatchObject({
      delivery: { status: 'IN_TRANSIT', courierId: sita.userId },
    });
    const listOf = async ({ userId: courierId }: TestUser, status: string) => {
      const { body: listed } = await app.as('ADMIN').get('/delivery/list', { courierId, status }).expect(200);
      return (listed as { deliveryId: string }[]).map(({ deliveryId }) => deliveryId);
    };
    expect(await listOf(ravi, 'IN_TRANSIT')).toEqual([]);
    expect(await listOf(sita, 'IN_TRANSIT')).toEqual([inTransit.deliveryId]);
    await report(ravi, inTransit, 'DELIVERED').expect(401);
    await report(sita, inTransit, 'DELIVERED').expect(200);
    await expectInSync(app, inTransit.orderId);
  });

  it('hands a delivery over while its courier picks it up', async () => {
    const sita = await aCourier(app, 'Sita');
    const order = await anOrder(app, { status: 'PACKED' });
    await assign({ orderId: order.orderId, courierId: ravi.userId }).expect(201);
    interleave(app, isDeliveryOf(order), () => report(ravi, order, 'PICKED_UP').expect(200));
    const { body } = await assign({ orderId: order.orderId, courierId: sita.userId }).expect(201);
    expect(body).toMatchObject({ status: 'PICKED_UP', courierId: sita.userId });
    await expectInSync(app, order.orderId);
  });

  it('cannot report a delivery that is handed over at the same time', async () => {
    const sita = await aCourier(app, 'Sita');
    const order = await anOrder(app, { status: 'PACKED' });
    await assign({ orderId: order.orderId, courierId: ravi.userId }).expect(201);
    const handOver = () => assign({ orderId: order.orderId, courierId: sita.userId }).expect(201);
    interleave(app, isDeliveryOf(order), handOver);
    await report(ravi, order, 'PICKED_UP').expect(404);
    expect((await expectInSync(app, order.orderId)).delivery).toMatchObject({
      status: 'ASSIGNED',
      courierId: sita.userId,
    });
  });

  it('loses a delivery to another courier when an admin changes its slot without naming one', async () => {
    const order = await anOrder(app);
    const sita = await aCourier(app, 'Sita');
    await block(ravi);
    const { body } = await assign({ orderId: order.orderId, deliverySlot: inHours(app, 40) }).expect(201);
    expect(body).toMatchObject({ courierId: sita.userId });
  });

  it('leaves new orders waiting if there is no other courier, until one is active', async () => {
    await block(ravi);
    const orders = await Promise.all(Array.from({ length: 4 }, () => anOrder(app)));
    const [cancelled, failed, ...waiting] = orders as [OrderFixture, OrderFixture, OrderFixture, OrderFixture];
    expect((await needingCourier()).sort()).toEqual(idsOf(orders));
    await admin.post('/order/cancel', { orderId: cancelled.orderId }).expect(200);
    await report(admin, failed, 'FAILED').expect(200);
    expect((await needingCourier()).sort()).toEqual(idsOf(waiting));
    for (const { deliveryId } of [cancelled, failed]) {
      expect(await app.stored('Deliveries', { deliveryId })).not.toHaveProperty('unassigned');
    }

    await change(ravi, { blocked: false });
    expect(await needingCourier()).toEqual([]);
    for (const order of waiting) expect(await courierOf(order)).toBe(ravi.userId);
    for (const order of [cancelled, failed]) expect(await courierOf(order)).toBeUndefined();
  });

  it.each([
    ['neither orderId nor orderIds', {}, 'orderId'],
    ['both orderId and orderIds', { orderId: 'O1', orderIds: ['O2'] }, 'orderId'],
    ['101 orders', { orderIds: Array.from({ length: 101 }, (_, index) => `O${index}`) }, 'orderIds'],
    ['an address for several orders', { orderIds: ['O1'], address: '7 Curd Road' }, 'address'],
    ['a slot for several orders', { orderIds: ['O1'], deliverySlot: '2027-01-01T01:00:00Z' }, 'deliverySlot'],
    ['permanent without a courier', { orderIds: ['O1'], permanent: true }, 'courierId'],
  ])('refuses a handover with %s', async (_, body, field) => {
    expect((await assign(body).expect(400)).body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
  });

  it('is refused as the new courier of several orders', async () => {
    const order = await anOrder(app);
    await block(ravi);
    const { body } = await assign({ orderIds: [order.orderId], courierId: ravi.userId }).expect(404);
    expect(body.code).toBe('delivery.courier_not_found');
  });

  it('is replaced once when the request is repeated under one Idempotency-Key', async () => {
    const order = await anOrder(app);
    const [sita, tara] = [await aCourier(app, 'Sita'), await aCourier(app, 'Tara')];
    await block(ravi);
    const handOver = (courierId: string) =>
      assign({ orderIds: [order.orderId], courierId }).set('Idempotency-Key', 'handover');
    const first = await handOver(sita.userId).expect(200);
    await assign({ orderId: order.orderId, courierId: tara.userId }).expect(201);
    const second = await handOver(sita.userId).expect(200);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.body).toEqual(first.body);
    expect(await courierOf(order)).toBe(tara.userId);
    await handOver(tara.userId).expect(422);
  });
});
