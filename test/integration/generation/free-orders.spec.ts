import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, walletOf } from '../../support/fixtures/order-steps';
import { aSubscription, startDairy, type SubscriptionBody } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { advanceTo, GENERATION_TIME, orderOn } from './generation-run';

describe('the daily run of a product with price 0', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy());
    await aProduct(app, { productId: 'GIFT', price: 0 });
  });
  afterAll(() => app.stop());

  it('delivers it to an empty wallet and without cash, and sends no warning', async () => {
    const customers = [app.as('CUSTOMER'), app.as('CUSTOMER')] as const;
    const subscriptions = await Promise.all(
      (['WALLET', 'COD'] as const).map((paymentMethod, index) =>
        aSubscription(customers[index] ?? customers[0], { items: [{ productId: 'GIFT', qty: 1 }], paymentMethod }),
      ),
    );
    await advanceTo(app, clock, GENERATION_TIME);
    for (const [index, customer] of customers.entries()) {
      const order = await orderOn(customer, subscriptions[index] as SubscriptionBody);
      expect(order).toMatchObject({ status: 'CONFIRMED', amount: 0, payment: { status: 'SUCCESS' } });
      expect(await walletOf(customer)).toEqual({ balance: 0, entries: [] });
      const { orderId } = order as { orderId: string };
      expect(recorder.typesOf(orderId)).toContain('payment.succeeded');
      await app.as('ADMIN').patch('/admin/order/status', { orderId, status: 'CANCELLED' }).expect(200);
    }
    await app.settled();
    expect(recorder.ofType('wallet.balance_low')).toEqual([]);
    expect((await app.as('ADMIN').get('/admin/books').expect(200)).body).toMatchObject({ balanced: true });
  });
});
