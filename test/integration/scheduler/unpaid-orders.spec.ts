import { addMinutes } from '../../../src/kernel/calendar';
import { Scheduler } from '../../../src/modules/scheduler';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, placeOrder, placePaidOrder, type TestUser, trackOrder } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

describe('unpaid orders', () => {
  let app: TestApp;
  let customer: TestUser;
  beforeEach(async () => {
    app = await TestApp.start();
    customer = app.as('CUSTOMER');
    await aProduct(app, { productId: 'MILK', stock: 10 });
  });
  afterEach(() => app.stop());

  const pass = (minutes: number) =>
    app
      .as('ADMIN')
      .put('/admin/clock', { now: addMinutes(app.clock.now(), minutes) })
      .expect(200);
  const stock = async () => (await app.stored('Products', { productId: 'MILK' }))?.stock;

  it('are cancelled when the payment window closes, and return their stock', async () => {
    const { orderId } = await placeOrder(app, customer, 'MILK', 4);
    expect(await stock()).toBe(6);
    await pass(14);
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CREATED' });
    await pass(2);
    const order = await trackOrder(customer, orderId);
    expect(order.status).toBe('CANCELLED');
    expect(order.history).toEqual([
      expect.objectContaining({ status: 'CREATED' }),
      expect.objectContaining({ status: 'CANCELLED', reason: 'PAYMENT_WINDOW_EXPIRED' }),
    ]);
    expect(order).not.toHaveProperty('payBy');
    expect(await stock()).toBe(10);
  });

  it('are CREATED until the window closes, and CANCELLED at that moment', async () => {
    const clock = new FixedBusinessClock('2026-12-01T06:00:00Z');
    const still = await TestApp.start({}, { clock });
    const asha = still.as('CUSTOMER');
    await aProduct(still, { productId: 'MILK' });
    const { orderId, amount } = await placeOrder(still, asha, 'MILK');
    clock.set('2026-12-01T06:14:59Z');
    await still.get<Scheduler>(Scheduler).runDueTasks();
    expect(await trackOrder(asha, orderId)).toMatchObject({ status: 'CREATED', payBy: '2026-12-01T06:15:00Z' });
    clock.set('2026-12-01T06:15:00Z');
    await still.get<Scheduler>(Scheduler).runDueTasks();
    expect(await trackOrder(asha, orderId)).toMatchObject({ status: 'CANCELLED' });
    const { body } = await asha.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD' }).expect(409);
    expect(body.code).toBe('payment.order_not_payable');
    await still.stop();
  });

  it('are cancelled once by concurrent sweeps', async () => {
    const orders = await Promise.all([1, 2, 3].map(() => placeOrder(app, customer, 'MILK', 2)));
    const scheduler = app.get<Scheduler>(Scheduler);
    app.clock.setOffset(20 * 60_000);
    await Promise.all([...Array.from({ length: 5 }, () => scheduler.runDueTasks()), pass(20), pass(20)]);
    for (const { orderId } of orders) {
      const { history } = await trackOrder(customer, orderId);
      expect(history).toHaveLength(2);
    }
    expect(await stock()).toBe(10);
  });

  it('are cancelled without touching paid and cash orders', async () => {
    const card = await placePaidOrder(app, customer, 'MILK');
    const cash = await placePaidOrder(app, customer, 'MILK', { paymentMethod: 'COD' });
    const unpaid = await placeOrder(app, customer, 'MILK');
    await pass(16);
    expect(await trackOrder(customer, card.orderId)).toMatchObject({ status: 'CONFIRMED' });
    expect(await trackOrder(customer, cash.orderId)).toMatchObject({ status: 'CONFIRMED' });
    expect(await trackOrder(customer, unpaid.orderId)).toMatchObject({ status: 'CANCELLED' });
    expect(await stock()).toBe(8);
  });

  it('can be paid again after a decline, until the window closes', async () => {
    const { orderId, status } = await placePaidOrder(app, customer, 'MILK', { paymentToken: 'tok_declined' });
    expect(status).toBe('FAILED');
    await pass(14);
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CREATED' });
    await pass(2);
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CANCELLED' });
  });
});
