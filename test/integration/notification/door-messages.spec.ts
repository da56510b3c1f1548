import { anOrder, type OrderFixture } from '../../support/fixtures/orders';
import { orderNumberOf } from '../../../src/kernel/ids';
import { startDairy } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { CustomerInbox } from './customer-inbox';

describe('messages about several orders for one door', () => {
  let app: TestApp;
  let inbox: CustomerInbox;
  let orders: OrderFixture[];
  beforeAll(async () => ({ app } = await startDairy()));
  beforeEach(async () => {
    inbox = await CustomerInbox.register(app);
    const customer = app.as('CUSTOMER', inbox.userId);
    // The clock stands still, so they are for the same time.
    orders = [await anOrder(app, { status: 'PACKED', customer }), await anOrder(app, { status: 'PACKED', customer })];
  });
  afterAll(() => app.stop());

  const report = async (status: string, reason?: string, concerned = orders) => {
    for (const { deliveryId } of concerned) {
      await app
        .as('ADMIN')
        .patch('/delivery/update', { deliveryId, status, ...(reason && { reason }) })
        .expect(200);
    }
    await app.settled();
  };

  it('are one for each step, which names the time instead of an order', async () => {
    for (const status of ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED']) await report(status);
    expect(await inbox.smsMessages()).toEqual([
      expect.stringMatching(/^Your delivery on Tuesday 1 December, 3:00 pm has been picked up$/),
      expect.stringMatching(/^Your delivery on Tuesday 1 December, 3:00 pm is in transit$/),
      expect.stringMatching(/^Your delivery on Tuesday 1 December, 3:00 pm has been delivered$/),
    ]);
    expect(await inbox.mails(/^Update on your delivery on Tuesday/)).toHaveLength(3);
  });

  it('are one if the customer is not there', async () => {
    await report('PICKED_UP');
    await report('FAILED', 'CUSTOMER_UNAVAILABLE');
    expect((await inbox.smsMessages()).slice(1)).toEqual([
      expect.stringContaining('could not be made: no one was there to receive it'),
    ]);
  });

  it('are one for each address, and a failure after a delivery names its order', async () => {
    const customer = app.as('CUSTOMER', inbox.userId);
    const elsewhere = await anOrder(app, { customer, address: '7 Office Park, Pune' });
    await app.as('ADMIN').patch('/admin/order/status', { orderId: elsewhere.orderId, status: 'PACKED' }).expect(200);
    const [first, second] = orders as [OrderFixture, OrderFixture];
    await report('PICKED_UP', undefined, [first, elsewhere, second]);
    await report('IN_TRANSIT', undefined, [first]);
    await report('DELIVERED', undefined, [first]);
    await report('FAILED', 'CUSTOMER_UNAVAILABLE', [second]);
    expect(new Set(await inbox.smsMessages())).toEqual(
      new Set([
        'Your delivery on Tuesday 1 December, 3:00 pm has been picked up',
        `Order ${orderNumberOf(elsewhere.orderId)} has been picked up`,
        'Your delivery on Tuesday 1 December, 3:00 pm is in transit',
        'Your delivery on Tuesday 1 December, 3:00 pm has been delivered',
        `Order ${orderNumberOf(second.orderId)} could not be delivered: no one was there to receive it`,
      ]),
    );
  });

  it('name each order whose products were damaged', async () => {
    await report('PICKED_UP');
    const [first] = orders as [OrderFixture];
    await report('FAILED', 'DAMAGED', [first]);
    await report('IN_TRANSIT', undefined, orders.slice(1));
    await report('DELIVERED', undefined, orders.slice(1));
    expect((await inbox.smsMessages()).slice(1)).toEqual([
      `Order ${orderNumberOf(first.orderId)} could not be delivered: it was damaged on the way`,
      expect.stringContaining('is in transit'),
      `Order ${orderNumberOf(orders[1]?.orderId ?? '')} has been delivered`,
    ]);
  });
});
