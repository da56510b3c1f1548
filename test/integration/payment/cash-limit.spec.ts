import { RunCoordinator } from '../../../src/modules/generation';
import { OrderAdminService } from '../../../src/modules/order/order-admin.service';
import { deliveryIdOf } from '../../../src/modules/delivery/domain/ids';
import { MAX_OPEN_PAYMENTS } from '../../../src/modules/payment/domain/cash-account';
import { ReconciliationService } from '../../../src/modules/reconciliation';
import { Database } from '../../../src/platform/dynamo/database';
import { remove } from '../../../src/platform/dynamo/write';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { interleave } from '../../support/faults/interleave';
import { aProduct, customerWithBalance, placeOrder, type TestUser } from '../../support/fixtures/order-steps';
import { roundTripsOf } from '../../support/measure/round-trips';
import { aSubscription, DAILY_SUBSCRIPTION, startDairy, TUESDAY_MORNING } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';

/** Costs 100. */
const GHEE = 'GHEE';

describe('the limit of cash on delivery', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let asha: TestUser;
  beforeAll(async () => {
    ({ app, clock } = await startDairy());
    await aProduct(app, { productId: GHEE, price: 100, stock: 10_000 });
  });
  beforeEach(() => {
    clock.set(TUESDAY_MORNING);
    asha = app.as('CUSTOMER');
  });
  afterEach(async () => {
    await app.settled();
    const { violations } = await app.get<ReconciliationService>(ReconciliationService).run();
    if (violations.length > 0) throw new Error(JSON.stringify(violations));
  });
  afterAll(() => app.stop());

  const order = (units: number, person = asha) => placeOrder(app, person, GHEE, units);
  const pay = ({ orderId, amount }: { orderId: string; amount: number }, paymentMethod = 'COD', person = asha) =>
    person.post('/payment/pay', { orderId, amount, paymentMethod });
  const payOnDelivery = async (units: number, person = asha) => pay(await order(units, person), 'COD', person);
  const cancel = async (orderId: string) => {
    await asha.post('/order/cancel', { orderId }).expect(200);
    await app.settled();
  };
  const deliver = async (orderId: string, ...reports: object[]) => {
    await app.settled();
    await app.get<OrderAdminService>(OrderAdminService).pack(orderId);
    for (const report of reports) {
      const body = { deliveryId: deliveryIdOf(orderId), ...report };
      await app.as('ADMIN').patch('/delivery/update', body).expect(200);
    }
    await app.settled();
  };
  const DELIVERED = [{ status: 'PICKED_UP' }, { status: 'IN_TRANSIT' }, { status: 'DELIVERED' }];
  const account = () => app.stored('CashOnDelivery', { userId: asha.userId });

  it('refuses more than 2,000 before the first delivery, and says how to pay instead', async () => {
    await payOnDelivery(12).then(({ status }) => expect(status).toBe(201));
    const large = await order(9);
    const { body } = await pay(large).expect(409);
    expect(body).toMatchObject({ code: 'payment.cod_limit', limit: 2_000, open: 1_200 });
    await pay(await order(8)).expect(201);
    await pay(large, 'CARD').expect(201);
  });

  it('refuses a single order above the limit, but first an amount that is wrong', async () => {
    const { orderId, amount } = await order(21);
    await pay({ orderId, amount })
      .expect(409)
      .expect(({ body }) => expect(body.code).toBe('payment.cod_limit'));
    const wrong = await pay({ orderId, amount: amount + 1 }).expect(409);
    expect(wrong.body).toMatchObject({ code: 'payment.amount_mismatch' });
    expect(await account()).toBeUndefined();
  });

  it('counts an order no longer once it is cancelled or its delivery has failed', async () => {
    const first = await order(20);
    await pay(first).expect(201);
    expect((await payOnDelivery(1)).status).toBe(409);
    await cancel(first.orderId);
    const second = await order(20);
    await pay(second).expect(201);
    await deliver(second.orderId, { status: 'FAILED', reason: 'REFUSED' });
    expect(await account()).toEqual({ userId: asha.userId, openAmount: 0 });
    expect((await payOnDelivery(20)).status).toBe(201);
  });

  it('allows 20,000 after the first delivery', async () => {
    const first = await order(5);
    await pay(first).expect(201);
    await deliver(first.orderId, ...DELIVERED);
    expect(await account()).toMatchObject({ openAmount: 0, hasDelivery: true });
    expect((await payOnDelivery(199)).status).toBe(201);
    const { body } = await payOnDelivery(2);
    expect(body).toMatchObject({ code: 'payment.cod_limit', limit: 20_000, open: 19_900 });
  });

  it('finds a delivery that was paid in another way, as for a customer of an earlier version', async () => {
    const first = await order(1);
    await customerWithBalance(app, 100, asha);
    await pay(first, 'WALLET').expect(201);
    await deliver(first.orderId, ...DELIVERED);
    clock.set('2026-12-02T04:30:00Z');
    expect((await payOnDelivery(150)).status).toBe(201);
    expect(await account()).toMatchObject({ hasDelivery: true });
  });

  it('holds for simultaneous payments', async () => {
    const orders = [];
    for (let count = 0; count < 9; count++) orders.push(await order(5));
    const answers = await Promise.all(orders.map((one) => pay(one)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    expect(answers.filter(({ body }) => (body as { code?: string }).code === 'payment.cod_limit')).toHaveLength(5);
    expect(await account()).toMatchObject({ openAmount: 200_000 });
  });

  it('recounts an account that names payments which are settled', async () => {
    const first = await order(20);
    await pay(first).expect(201);
    const stale = await account();
    await cancel(first.orderId);
    // As if a task of an earlier version had settled the payment.
    await app.store('CashOnDelivery', stale as object);
    expect((await payOnDelivery(20)).status).toBe(201);
    expect(await account()).toMatchObject({ openAmount: 200_000 });
  });

  it('recounts an account once more if another payment is counted meanwhile', async () => {
    const first = await order(20);
    await pay(first).expect(201);
    const stale = await account();
    await cancel(first.orderId);
    await app.store('CashOnDelivery', stale as object);
    const [one, other] = [await order(12), await order(12)];
    interleave(
      app,
      ({ Put }) => Put?.Item.openAmount !== undefined,
      () => pay(other).expect(201),
    );
    expect((await pay(one).expect(409)).body).toMatchObject({ code: 'payment.cod_limit', open: 1_200 });
    expect(await account()).toMatchObject({ openAmount: 120_000 });
  });

  it('names at most 200 open payments, however small they are', async () => {
    const { paymentId } = (await payOnDelivery(1)).body as { paymentId: string };
    const payment = await app.stored('Payments', { paymentId });
    const seen = await account();
    const more = Array.from({ length: MAX_OPEN_PAYMENTS - 1 }, (_, index) => `${paymentId}-${index}`);
    for (const id of more) await app.store('Payments', { ...payment, paymentId: id, amount: 1 });
    await app.store('CashOnDelivery', { ...seen, openAmount: 10_199, paymentIds: new Set([paymentId, ...more]) });
    const second = await order(1);
    const { body } = await pay(second).expect(409);
    expect(body).toMatchObject({ code: 'payment.cod_limit', open: 101.99 });
    await pay(second, 'CARD').expect(201);
    const table = `${app.config.tablePrefix}Payments`;
    for (const id of more) await app.get<Database>(Database).write(remove(table, { paymentId: id }));
    await app.store('CashOnDelivery', seen as object);
  });

  it('reports an account that differs from its payments', async () => {
    const first = await order(3);
    await pay(first).expect(201);
    const correct = (await account()) as { openAmount: number };
    const kinds = async () =>
      (await app.get<ReconciliationService>(ReconciliationService).run()).violations.map(({ kind, userId }) => ({
        kind,
        isHers: userId === asha.userId,
      }));
    await app.store('CashOnDelivery', { ...correct, openAmount: correct.openAmount + 1 });
    expect(await kinds()).toEqual([{ kind: 'CASH_WRONG', isHers: true }]);
    await app.store('CashOnDelivery', { userId: asha.userId, openAmount: 0 });
    expect(await kinds()).toEqual([{ kind: 'CASH_WRONG', isHers: true }]);
    await app.store('CashOnDelivery', correct);
  });

  it('settles a payment of an earlier version, which is not counted', async () => {
    const first = await order(3);
    const { body } = await pay(first).expect(201);
    const { paymentId } = body as { paymentId: string };
    const { cashCounted: _, ...payment } = (await app.stored('Payments', { paymentId })) as Record<string, unknown>;
    await app.store('Payments', payment);
    await app.store('CashOnDelivery', { userId: asha.userId, openAmount: 0 });
    await deliver(first.orderId, ...DELIVERED);
    expect(await account()).toEqual({ userId: asha.userId, openAmount: 0 });
  });

  it('takes one round trip', async () => {
    const first = await order(1);
    expect(await roundTripsOf(app, () => pay(first).expect(201))).toEqual(['TransactWriteItemsCommand']);
  });

  describe('of subscriptions', () => {
    const ghee = (qty: number) => ({ items: [{ productId: GHEE, qty }] });
    const subscribe = (changes: object, person = asha) =>
      person.post('/order/subscribe', { ...DAILY_SUBSCRIPTION, ...changes });

    it('refuses deliveries of one day that cost more than the customer may owe', async () => {
      const first = await aSubscription(asha, ghee(15));
      const { body } = await subscribe(ghee(6)).expect(409);
      expect(body).toMatchObject({ code: 'payment.cod_limit', cost: 2_100, limit: 2_000 });
      await subscribe({ ...ghee(6), paymentMethod: 'WALLET' }).expect(201);
      await subscribe({ ...ghee(2), frequency: { weekdays: { MON: 1, SAT: 3 } } }).expect(409);
      await subscribe(ghee(5)).expect(201);
      const { subscriptionId } = first;
      const refused = [
        asha.patch('/subscription/update', { subscriptionId, ...ghee(16) }),
        asha.post('/subscription/override', { subscriptionId, date: '2026-12-04', ...ghee(16) }),
      ];
      for (const request of refused) expect((await request).body).toMatchObject({ code: 'payment.cod_limit' });
      await asha.patch('/subscription/update', { subscriptionId, ...ghee(14) }).expect(200);
      await asha.post('/subscription/override', { subscriptionId, date: '2026-12-04', ...ghee(15) }).expect(200);
    });

    it('refuses the change to cash, but not the change to the wallet, of a large subscription', async () => {
      const { subscriptionId } = await aSubscription(asha, { ...ghee(25), paymentMethod: 'WALLET' });
      const change = (paymentMethod: string) => asha.patch('/subscription/update', { subscriptionId, paymentMethod });
      expect((await change('COD').expect(409)).body).toMatchObject({ code: 'payment.cod_limit' });
      await change('WALLET').expect(200);
    });

    it('accepts one of two simultaneous subscriptions which exceed the limit together', async () => {
      const answers = await Promise.all([subscribe(ghee(12)), subscribe(ghee(12))]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    });

    it('counts the orders of the evening as open, but not in an account that can name no more', async () => {
      await aSubscription(asha, ghee(15));
      const bela = app.as('CUSTOMER');
      await aSubscription(bela, ghee(1));
      const settled = Array.from({ length: MAX_OPEN_PAYMENTS }, (_, index) => `PAY${index}`);
      const full = { userId: bela.userId, openAmount: 200, paymentIds: new Set(settled) };
      await app.store('CashOnDelivery', full);
      clock.set('2026-12-01T15:32:00Z');
      await app.get<RunCoordinator>(RunCoordinator).ensureProgress();
      await app.settled();
      expect(await account()).toMatchObject({ openAmount: 150_000 });
      expect(await app.stored('CashOnDelivery', { userId: bela.userId })).toEqual(full);
      await app.store('CashOnDelivery', { userId: bela.userId, openAmount: 0 });
      expect((await payOnDelivery(6)).body).toMatchObject({ code: 'payment.cod_limit', open: 1_500 });
      const { body } = await asha.get('/order/list').expect(200);
      const daily = (body as { orderId: string; subscriptionId?: string }[]).find(
        ({ subscriptionId }) => subscriptionId,
      );
      await deliver((daily as { orderId: string }).orderId, ...DELIVERED);
      expect(await account()).toMatchObject({ openAmount: 0, hasDelivery: true });
    });
  });
});
