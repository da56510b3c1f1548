import { OrderService } from '../../../src/modules/order';
import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { customerWithBalance, type TestUser } from '../../support/fixtures/order-steps';
import { aSubscription, startDairy } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { advanceTo, GENERATION_TIME, orderOn } from './generation-run';

const THURSDAY = '2026-12-03';

describe('the events of the daily orders', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  let admin: TestUser;
  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy({ QUEUE_RETRY_SECONDS: '0' }));
    admin = app.as('ADMIN');
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => app.stop());

  const parked = async () => (await admin.get('/admin/outbox', { state: 'parked' }).expect(200)).body as object[];

  it('parks events that cannot be dispatched, and dispatches them when an admin retries them', async () => {
    const asha = app.as('CUSTOMER');
    const subscription = await aSubscription(asha);
    const telling = jest
      .spyOn(app.get<OrderService>(OrderService), 'findAll')
      .mockRejectedValue(new Error('The orders cannot be read'));
    await advanceTo(app, clock, GENERATION_TIME);
    expect(telling).toHaveBeenCalledTimes(4);
    expect(await parked()).toEqual([
      expect.objectContaining({
        events: [expect.objectContaining({ type: 'subscription.orders_generated' })],
        failed: [{ subscriber: 'generation.dispatch_events', error: 'Error: The orders cannot be read' }],
      }),
    ]);
    expect(await orderOn(asha, subscription)).toMatchObject({ status: 'CONFIRMED' });

    telling.mockRestore();
    expect((await admin.post('/admin/outbox/retry').expect(200)).body).toEqual({ retried: 1 });
    await app.settled();
    expect(await parked()).toEqual([]);
    expect(recorder.ofType('order.confirmed')).toHaveLength(1);
    expect(await orderOn(asha, subscription)).toMatchObject({ delivery: { status: 'ASSIGNED' } });
  });

  it('do not count lines twice that the retry has added before they are dispatched', async () => {
    const asha = await customerWithBalance(app, 200);
    const items = ['MILK', 'CURD'].map((productId) => ({ productId, qty: 1 }));
    const subscription = await aSubscription(asha, { items, paymentMethod: 'WALLET', startDate: THURSDAY });
    await admin.patch('/product/update', { productId: 'CURD', stock: 0 }).expect(200);
    const dispatch = jest
      .spyOn(app.get<OrderService>(OrderService), 'findAll')
      .mockRejectedValue(new Error('The orders cannot be read'));
    await advanceTo(app, clock, '2026-12-02T15:32:00Z');
    await admin.patch('/product/update', { productId: 'CURD', stock: 1 }).expect(200);
    await advanceTo(app, clock, '2026-12-02T22:30:00Z');
    const { orderId } = (await orderOn(asha, subscription, THURSDAY)) as { orderId: string };
    dispatch.mockRestore();
    await admin.post('/admin/outbox/retry').expect(200);
    await app.settled();
    const amounts = (type: string) =>
      recorder.eventsOf(orderId).flatMap((event) => (event.type === type && 'amount' in event ? [event.amount] : []));
    expect(amounts('order.placed')).toEqual([3_000]);
    expect(amounts('order.confirmed')).toEqual([3_000]);
    expect(amounts('payment.succeeded').sort()).toEqual([2_000, 3_000]);
    const products = (type: string) =>
      recorder
        .eventsOf(orderId)
        .flatMap((event) =>
          event.type === type && 'items' in event ? (event.items ?? []).map(({ productId }) => productId) : [],
        );
    expect(products('order.placed')).toEqual(['MILK']);
    expect(products('order.lines_added')).toEqual(['CURD']);
  });
});
