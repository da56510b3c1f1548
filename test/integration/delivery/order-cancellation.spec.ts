import { DeliveryAssignment } from '../../../src/modules/delivery/delivery-assignment.service';
import { OrderService } from '../../../src/modules/order';
import { EventRecorder } from '../../support/measure/event-recorder';
import { aCourier, anOrder } from '../../support/fixtures/orders';
import { TestApp } from '../../support/test-app';
import { duringCourierChoice, expectInSync } from './status-sync';

describe('the delivery of a cancelled order', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({}, { providers: [EventRecorder] });
    await aCourier(app);
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const assignment = () => app.get<DeliveryAssignment>(DeliveryAssignment);
  const assigned = (orderId: string) =>
    app
      .get<EventRecorder>(EventRecorder)
      .typesOf(orderId)
      .filter((type) => type === 'delivery.assigned');

  /** Runs an action after the first read of the order and before any write. */
  const afterTheFirstRead = (action: () => Promise<unknown>) => {
    const orders = app.get<OrderService>(OrderService);
    const get = orders.get.bind(orders);
    jest.spyOn(orders, 'get').mockImplementationOnce(async (orderId) => {
      const order = await get(orderId);
      await action();
      return order;
    });
  };

  /** A confirmed order whose event has not been delivered yet. */
  const confirmed = async () => {
    const held = jest.spyOn(assignment(), 'assignAutomatically').mockResolvedValue();
    const order = await anOrder(app);
    held.mockRestore();
    return order;
  };

  it('fails', async () => {
    const { orderId, deliveryId, customer } = await anOrder(app);
    await customer.post('/order/cancel', { orderId }).expect(200);
    const { body } = await customer.get(`/delivery/${deliveryId}`).expect(200);
    expect(body).toMatchObject({ status: 'FAILED', reason: 'ORDER_CANCELLED', version: 2 });
    expect(body.history).toMatchObject([{ status: 'ASSIGNED' }, { status: 'FAILED', reason: 'ORDER_CANCELLED' }]);
    await expectInSync(app, orderId);
    const admin = app.as('ADMIN');
    for (const [refused, code] of [
      [admin.post('/delivery/assign', { orderId }), 'delivery.illegal_transition'],
      [admin.patch('/delivery/update', { deliveryId, status: 'PICKED_UP' }), 'delivery.illegal_transition'],
    ] as const) {
      expect((await refused.expect(409)).body.code).toBe(code);
    }
  });

  it('is not created when the order was cancelled before the assignment', async () => {
    const { orderId, customer } = await confirmed();
    await customer.post('/order/cancel', { orderId }).expect(200);
    await assignment().assignAutomatically({ orderId, userId: customer.userId });
    expect(await expectInSync(app, orderId)).toMatchObject({ order: { status: 'CANCELLED' }, delivery: undefined });
    const { body } = await app.as('ADMIN').post('/delivery/assign', { orderId }).expect(409);
    expect(body.code).toBe('delivery.order_not_confirmed');
    expect(assigned(orderId)).toEqual([]);
  });

  it('is not created when the order is cancelled during the assignment', async () => {
    const { orderId, customer } = await confirmed();
    duringCourierChoice(app, () => customer.post('/order/cancel', { orderId }).expect(200));
    await assignment().assignAutomatically({ orderId, userId: customer.userId });
    await app.settled();
    expect(await expectInSync(app, orderId)).toMatchObject({ order: { status: 'CANCELLED' }, delivery: undefined });
    expect(assigned(orderId)).toEqual([]);
  });

  it('fails when it was assigned during the cancellation', async () => {
    const { orderId, customer } = await confirmed();
    afterTheFirstRead(() => assignment().assignAutomatically({ orderId, userId: customer.userId }));
    await customer.post('/order/cancel', { orderId }).expect(200);
    await app.settled();
    expect(await expectInSync(app, orderId)).toMatchObject({
      order: { status: 'CANCELLED' },
      delivery: { status: 'FAILED', history: [{ status: 'ASSIGNED' }, { reason: 'ORDER_CANCELLED' }] },
    });
    expect(assigned(orderId)).toHaveLength(1);
  });

  it('agrees with the order in every race of customer, admin, event and courier', async () => {
    const admin = app.as('ADMIN');
    for (let round = 0; round < 8; round++) {
      const { orderId, deliveryId, customer } =
        round % 2 ? await anOrder(app, { status: 'PACKED' }) : await confirmed();
      await Promise.all([
        (round % 2 ? admin : customer).post('/order/cancel', { orderId }),
        assignment().assignAutomatically({ orderId, userId: customer.userId }),
        admin.post('/delivery/assign', { orderId, address: `${round} Butter Bend` }),
        admin.patch('/delivery/update', { deliveryId, status: 'PICKED_UP' }),
      ]);
      await app.settled();
      const { order } = await expectInSync(app, orderId);
      expect(['CANCELLED', 'DISPATCHED']).toContain(order.status);
    }
  });
});
