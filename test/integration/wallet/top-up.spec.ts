import { setTimeout as sleep } from 'node:timers/promises';
import { PaymentSettlement } from '../../../src/modules/payment';
import { PaymentService } from '../../../src/modules/payment/payment.service';
import { EventRecorder } from '../../support/measure/event-recorder';
import { customerWithBalance, walletOf } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

describe('topping up a wallet', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({}, { providers: [EventRecorder] })));
  afterAll(() => app.stop());

  const topUp = (person: ReturnType<TestApp['as']>, body: object = {}) =>
    person.post('/wallet/topup', { amount: 500, paymentMethod: 'UPI', ...body });
  const eventsOf = (type: string, paymentId: string) =>
    app
      .get<EventRecorder>(EventRecorder)
      .ofType(type)
      .filter((event) => 'paymentId' in event && event.paymentId === paymentId);

  it.each(['CARD', 'UPI'])('by %s creates a payment and a ledger entry', async (paymentMethod) => {
    const customer = app.as('CUSTOMER');
    const { body: payment } = await topUp(customer, { amount: 499.5, paymentMethod }).expect(201);
    expect(payment).toMatchObject({ status: 'SUCCESS', purpose: 'TOP_UP', amount: 499.5, method: paymentMethod });
    expect(payment).not.toHaveProperty('orderId');
    const { paymentId } = payment as { paymentId: string };
    expect((await customer.get(`/payment/${paymentId}`).expect(200)).body).toEqual(payment);
    await app.as('CUSTOMER').get(`/payment/${paymentId}`).expect(404);
    expect((await customer.get('/wallet/ledger').expect(200)).body).toMatchObject([
      { entryId: `TOP_UP-${paymentId}`, type: 'TOP_UP', amount: 499.5, sourceId: paymentId },
    ]);
    expect((await walletOf(customer)).balance).toBe(499.5);
    await app.settled();
    expect(eventsOf('wallet.topped_up', paymentId)).toMatchObject([{ userId: customer.userId, amount: 49_950 }]);
    expect(eventsOf('payment.succeeded', paymentId)).toEqual([]);
  });

  it('moves nothing when it is declined', async () => {
    const customer = app.as('CUSTOMER');
    const { body } = await topUp(customer, { paymentToken: 'tok_declined' }).expect(201);
    expect(body).toMatchObject({ status: 'FAILED', reason: 'DECLINED' });
    expect(await walletOf(customer)).toEqual({ balance: 0, entries: [] });
    await app.settled();
    const [failure] = eventsOf('payment.failed', (body as { paymentId: string }).paymentId);
    expect(failure).toMatchObject({ userId: customer.userId, reason: 'DECLINED' });
    expect((failure as { orderId?: string }).orderId).toBeUndefined();
  });

  it.each([
    ['tok_pending_then_ok', 'SUCCESS', 500],
    ['tok_pending_then_fail', 'FAILED', 0],
  ])('with %s is settled by webhook', async (paymentToken, ending, balance) => {
    const customer = app.as('CUSTOMER');
    const { body } = await topUp(customer, { paymentToken }).expect(201);
    const { paymentId, status } = body as { paymentId: string; status: string };
    expect(status).toBe('PENDING');
    expect((await walletOf(customer)).balance).toBe(0);
    for (let waits = 0; waits < 50; waits++) {
      if ((await app.stored('Payments', { paymentId }))?.status !== 'PENDING') break;
      await sleep(100);
    }
    expect((await customer.get(`/payment/${paymentId}`).expect(200)).body.status).toBe(ending);
    expect((await walletOf(customer)).balance).toBe(balance);
  });

  it.each([
    ['tok_timeout_but_charged', 'SUCCESS', 500],
    ['tok_timeout_not_charged', 'FAILED', 0],
  ])('with %s is settled by the reconciliation', async (paymentToken, ending, balance) => {
    const customer = app.as('CUSTOMER');
    const { body } = await topUp(customer, { paymentToken }).expect(201);
    const { paymentId, status } = body as { paymentId: string; status: string };
    expect(status).toBe('PENDING');
    app.clock.setOffset(app.clock.offsetMilliseconds + 3 * 60_000);
    await app.get<PaymentSettlement>(PaymentSettlement).reconcile();
    expect((await customer.get(`/payment/${paymentId}`).expect(200)).body.status).toBe(ending);
    expect((await walletOf(customer)).balance).toBe(balance);
  });

  it('credits the wallet once, even when it is settled repeatedly', async () => {
    const customer = app.as('CUSTOMER');
    const { body } = await topUp(customer, { paymentToken: 'tok_timeout_but_charged' }).expect(201);
    const { paymentId } = body as { paymentId: string };
    const payment = await app.get<PaymentService>(PaymentService).get(paymentId);
    const settlement = app.get<PaymentSettlement>(PaymentSettlement);
    const endings = await Promise.all(
      Array.from({ length: 10 }, () => settlement.settle(payment, { status: 'SUCCESS' })),
    );
    expect(endings.map(({ status }) => status)).toEqual(endings.map(() => 'SUCCESS'));
    await settlement.settle(payment, { status: 'FAILED' });
    expect(await walletOf(customer)).toEqual({ balance: 500, entries: [['TOP_UP', 500]] });
    await app.settled();
    expect(eventsOf('wallet.topped_up', paymentId)).toHaveLength(1);
  });

  it('credits the wallet even when the gateway reports the charge late', async () => {
    const customer = app.as('CUSTOMER');
    const { body } = await topUp(customer, { paymentToken: 'tok_declined' }).expect(201);
    const { paymentId } = body as { paymentId: string };
    const payment = await app.get<PaymentService>(PaymentService).get(paymentId);
    await app.get<PaymentSettlement>(PaymentSettlement).settle(payment, { status: 'SUCCESS' });
    const { body: now } = await customer.get(`/payment/${paymentId}`).expect(200);
    expect(now.status).toBe('SUCCESS');
    expect(now).not.toHaveProperty('reason');
    expect((await walletOf(customer)).balance).toBe(500);
  });

  it('replays the response under the same idempotency key', async () => {
    const customer = app.as('CUSTOMER');
    const withKey = (body: object = {}) => topUp(customer, body).set('Idempotency-Key', 'top-1');
    const first = await withKey().expect(201);
    const second = await withKey().expect(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((await withKey({ amount: 501 }).expect(422)).body.code).toBe('idempotency.key_reused');
    expect((await walletOf(customer)).balance).toBe(500);
  });

  it('adds up twenty concurrent top-ups', async () => {
    const customer = app.as('CUSTOMER');
    await Promise.all(Array.from({ length: 20 }, () => customerWithBalance(app, 1.01, customer)));
    expect((await walletOf(customer)).balance).toBe(20.2);
  });

  it.each([
    ['nothing', { amount: 0 }],
    ['less than one', { amount: 0.99 }],
    ['a negative amount', { amount: -5 }],
    ['three decimals', { amount: 10.005 }],
    ['a text', { amount: '500' }],
    ['too much', { amount: 100_000.01 }],
    ['no amount', { amount: undefined }],
    ['more than can be counted', { amount: 1e21 }],
    ['the wallet itself', { paymentMethod: 'WALLET' }],
    ['cash', { paymentMethod: 'COD' }],
    ['an unknown token', { paymentToken: 'tok_stolen' }],
    ['an unknown field', { currency: 'EUR' }],
  ])('refuses %s, and moves nothing', async (_, wrong) => {
    const customer = app.as('CUSTOMER');
    expect((await topUp(customer, wrong).expect(400)).body.code).toBe('request.invalid');
    expect(await walletOf(customer)).toEqual({ balance: 0, entries: [] });
  });

  it('accepts the minimum and the maximum', async () => {
    const customer = await customerWithBalance(app, 1);
    await customerWithBalance(app, 100_000, customer);
    expect((await walletOf(customer)).balance).toBe(100_001);
  });

  it('is for the user’s own wallet; an admin may name any existing user', async () => {
    const account = { name: 'Tara', email: 'tara@milkround.test', password: 'test1234' };
    const { userId } = (await app.http.post('/user/register', account).expect(201)).body as { userId: string };
    expect((await topUp(app.as('CUSTOMER'), { userId }).expect(403)).body.code).toBe('auth.not_owner');
    expect((await topUp(app.as('ADMIN'), { userId: 'U-UNKNOWN' }).expect(404)).body.code).toBe('user.not_found');
    await topUp(app.as('ADMIN'), { userId }).expect(201);
    expect((await walletOf(app.as('CUSTOMER', userId))).balance).toBe(500);
    await app.http.post('/wallet/topup', { amount: 500, paymentMethod: 'UPI' }).expect(401);
  });
});
