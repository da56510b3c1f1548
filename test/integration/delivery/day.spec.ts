import { aCourier, anOrder } from '../../support/fixtures/orders';
import { inHours, type TestUser } from '../../support/fixtures/order-steps';
import { roundTripsOf } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';

const NO_DELIVERIES = { ASSIGNED: 0, PICKED_UP: 0, IN_TRANSIT: 0, DELIVERED: 0, FAILED: 0 };

/** In India. */
const dateOf = (instant: string) => new Date(Date.parse(instant) + 5.5 * 3_600_000).toISOString().slice(0, 10);

describe('the count of a day', () => {
  let app: TestApp;
  let admin: TestUser;
  let ravi: TestUser;
  let date: string;

  beforeAll(async () => {
    app = await TestApp.start();
    admin = app.as('ADMIN');
    ravi = await aCourier(app, 'Ravi');
    const deliverySlot = inHours(app, 72);
    date = dateOf(deliverySlot);
    const assigned = async (status: 'CONFIRMED' | 'PACKED', courierId?: string) => {
      const order = await anOrder(app, { status });
      await admin.post('/delivery/assign', { orderId: order.orderId, deliverySlot, courierId }).expect(201);
      return order;
    };
    const report = (deliveryId: string, status: string, reason?: string) =>
      admin.patch('/delivery/update', { deliveryId, status, reason }).expect(200);
    await assigned('CONFIRMED', ravi.userId);
    const failed = await assigned('PACKED', ravi.userId);
    await report(failed.deliveryId, 'FAILED', 'OTHER');
    const onTheWay = await assigned('PACKED', ravi.userId);
    await report(onTheWay.deliveryId, 'PICKED_UP');
    const cancelled = await assigned('CONFIRMED', ravi.userId);
    await admin.patch('/admin/order/status', { orderId: cancelled.orderId, status: 'CANCELLED' }).expect(200);
    await app.settled();
  });
  afterAll(() => app.stop());

  it('shows orders by status, and the deliveries of each courier', async () => {
    const { body } = await admin.get('/admin/day', { date }).expect(200);
    expect(body).toEqual({
      date,
      asOf: expect.any(String),
      orders: { CREATED: 0, CONFIRMED: 1, PACKED: 0, DISPATCHED: 1, DELIVERED: 0, CANCELLED: 2 },
      amount: expect.any(Number),
      couriers: [
        {
          courierId: ravi.userId,
          name: 'Ravi',
          deliveries: { ...NO_DELIVERIES, ASSIGNED: 1, PICKED_UP: 1, FAILED: 1 },
        },
      ],
    });
    const { body: open } = await admin.get('/admin/orders', { date, limit: 100 }).expect(200);
    const counted = (open as { status: string; amount: number }[]).filter(({ status }) => status !== 'CANCELLED');
    expect(body.amount).toBe(counted.reduce((sum, { amount }) => sum + amount, 0));
  });

  it('is of today by default, by the clock of the business rules', async () => {
    const { body } = await admin.get('/admin/day').expect(200);
    expect(body).toMatchObject({ date: dateOf(app.clock.now()), asOf: expect.stringMatching(/Z$/) });
  });

  it('reads the orders of its date and no others', async () => {
    const get = () => admin.get('/admin/day', { date }).expect(200);
    await get();
    const trips = await roundTripsOf(app, get);
    // A query per partition of the date, a read of up to a hundred orders for each partition that has some, and one that
    // checks that the token of the admin has not been revoked.
    expect(trips.filter((name) => name === 'QueryCommand')).toHaveLength(8);
    expect(trips.filter((name) => name === 'BatchGetItemCommand').length).toBeLessThanOrEqual(5);
    expect(trips.filter((name) => !/^(Query|BatchGetItem)Command$/.test(name))).toEqual([]);
  });

  it('is for admins, of a date', async () => {
    await ravi.get('/admin/day').expect(403);
    const { body } = await admin.get('/admin/day', { date: 'today' }).expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'date' }] });
  });
});
