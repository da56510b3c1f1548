// Standalone spec: it is slow, so that it can run in parallel.
import { PaymentSettlement } from '../../../src/modules/payment';
import { newPaymentId } from '../../../src/modules/payment/domain/ids';
import { PaymentGateway } from '../../../src/modules/payment/payment.gateway';
import { OffsetRealClock } from '../../support/clocks/offset-real-clock';
import { aProduct, placeOrder, placePaidOrder, type TestUser, trackOrder } from '../../support/fixtures/order-steps';
import type { StripeFake } from '../../support/fakes/stripe-fake';
import type { TestApp } from '../../support/test-app';
import { startWithStripe } from './start-with-stripe';

const HOUR = 60;

describe('Stripe payments', () => {
  let stripe: StripeFake;
  let app: TestApp;
  let milk: string;
  let gateway: PaymentGateway;
  const clock = new OffsetRealClock();
  beforeAll(async () => {
    ({ app, stripe } = await startWithStripe(clock));
    gateway = app.get<PaymentGateway>(PaymentGateway);
    milk = await aProduct(app, { productId: 'MILK', price: 30, stock: 1_000 });
  });
  afterEach(() => {
    stripe.recover();
    clock.reset();
  });
  afterAll(async () => {
    await app.stop();
    await stripe.stop();
  });

  /** Advances business time and real time, and asks Stripe about open payments. */
  const settleLater = async (minutes: number) => {
    clock.advance(minutes * 60_000);
    app.clock.setOffset(app.clock.offsetMilliseconds + minutes * 60_000);
    await app.get<PaymentSettlement>(PaymentSettlement).reconcile();
  };
  const later = async (minutes: number) => {
    await settleLater(minutes);
    await app.settled();
  };
  const pay = (customer: TestUser, orderId: string, paymentToken?: string) =>
    customer.post('/payment/pay', { orderId, amount: 30, paymentMethod: 'CARD', paymentToken });
  const payment = (paymentId: string) => app.stored('Payments', { paymentId });
  const timesCharged = (paymentId: string) => stripe.chargedPaymentIds.filter((id) => id === paymentId).length;

  it.each([
    ['CARD', 'card'],
    ['UPI', 'upi'],
  ])('confirm an order paid by %s', async (paymentMethod, type) => {
    const customer = app.as('CUSTOMER');
    const answer = await placePaidOrder(app, customer, milk, { paymentMethod, paymentToken: 'pm_ok' });
    expect(answer).toMatchObject({ status: 'SUCCESS' });
    expect(answer).not.toHaveProperty('clientSecret');
    const intent = stripe.intentOf(answer.paymentId);
    expect(intent).toMatchObject({ amount: 3_000, currency: 'inr', allowed_payment_method_types: [type] });
    expect(await payment(answer.paymentId)).toMatchObject({ status: 'SUCCESS', reference: intent.id });
    expect(await trackOrder(customer, answer.orderId)).toMatchObject({ status: 'CONFIRMED' });
  });

  it('are refused without a token, and nothing is stored', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId } = await placeOrder(app, customer, milk);
    const calls = stripe.calls.length;
    expect((await pay(customer, orderId).expect(400)).body.code).toBe('payment.token_required');
    expect(await trackOrder(customer, orderId)).not.toHaveProperty('payment');
    expect(stripe.calls).toHaveLength(calls);
  });

  it.each([
    ['insufficient funds', 'pm_declined', 'INSUFFICIENT_FUNDS'],
    ['a stolen card, without naming that reason', 'pm_stolen', 'DECLINED'],
    ['an unknown card', 'pm_unknown', 'DECLINED'],
  ])('fail with %s, and allow another payment', async (_, card, reason) => {
    const customer = app.as('CUSTOMER');
    const { orderId, paymentId, status } = await placePaidOrder(app, customer, milk, { paymentToken: card });
    expect(status).toBe('FAILED');
    expect(await payment(paymentId)).toMatchObject({ status: 'FAILED', reason });
    expect(stripe.intentOf(paymentId).status).toBe('canceled');
    const { body: second } = await pay(customer, orderId, 'pm_ok').expect(201);
    expect(second.status).toBe('SUCCESS');
    expect(timesCharged(paymentId) + timesCharged(second.paymentId)).toBe(1);
  });

  it('fail when Stripe refuses to create the intent', async () => {
    const coin = await aProduct(app, { productId: 'COIN', price: 0.3 });
    const { paymentId, status } = await placePaidOrder(app, app.as('CUSTOMER'), coin, { paymentToken: 'pm_ok' });
    expect(status).toBe('FAILED');
    expect(await payment(paymentId)).toMatchObject({ reason: 'AMOUNT_TOO_SMALL' });
  });

  it('charge once when an order is paid ten times at once', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId } = await placeOrder(app, customer, milk);
    const before = stripe.chargedPaymentIds.length;
    const responses = await Promise.all(Array.from({ length: 10 }, () => pay(customer, orderId, 'pm_ok')));
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(stripe.chargedPaymentIds).toHaveLength(before + 1);
  });

  describe('when Stripe does not answer', () => {
    /** Pays while a Stripe call fails. */
    const payDuring = async (
      route: 'create' | 'confirm',
      fault: 'response-lost' | 'request-lost' | 'server-error',
      card = 'pm_ok',
    ) => {
      const customer = app.as('CUSTOMER');
      stripe.failOn(route, fault);
      const answer = await placePaidOrder(app, customer, milk, { paymentToken: card });
      stripe.recover();
      expect(answer.status).toBe('PENDING');
      return { ...answer, customer };
    };

    it('succeed if Stripe has charged nevertheless', async () => {
      const { customer, orderId, paymentId } = await payDuring('confirm', 'response-lost');
      expect(timesCharged(paymentId)).toBe(1);
      await later(3);
      expect(await payment(paymentId)).toMatchObject({ status: 'SUCCESS', reference: stripe.intentOf(paymentId).id });
      expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CONFIRMED' });
      expect(timesCharged(paymentId)).toBe(1);
    });

    it('stay open for a customer whose authentication request was lost', async () => {
      const { paymentId } = await payDuring('confirm', 'response-lost', 'pm_asks');
      await later(3);
      expect(await payment(paymentId)).toMatchObject({ status: 'PENDING' });
      stripe.succeed(paymentId);
      await later(1);
      expect(await payment(paymentId)).toMatchObject({ status: 'SUCCESS' });
    });

    it.each([
      ['create', 'request-lost', 'FAILED'],
      ['create', 'response-lost', 'FAILED'],
      ['confirm', 'request-lost', 'FAILED'],
      // Stripe replays failures too.
      ['confirm', 'server-error', 'StripeAPIError, 500'],
    ] as const)('never charge later after a %s with %s', async (route, fault, answer) => {
      const { customer, orderId, paymentId } = await payDuring(route, fault);
      await later(3);
      expect(await payment(paymentId)).toMatchObject({ status: 'FAILED', reason: 'NOT_CHARGED' });
      const late = gateway.charge({ paymentId, amount: 3_000, method: 'CARD', token: 'pm_ok' });
      expect(await late.then(({ status }) => status, String)).toContain(answer);
      expect(timesCharged(paymentId)).toBe(0);
      expect((await pay(customer, orderId, 'pm_ok').expect(201)).body.status).toBe('SUCCESS');
    });

    it('stay FAILED when the confirmation arrives after the settlement', async () => {
      const customer = app.as('CUSTOMER');
      stripe.beforeCall = async (route) => {
        // Without waiting for events: the request answers PENDING after ten seconds.
        if (route === 'confirm') await settleLater(3);
      };
      const { paymentId, status } = await placePaidOrder(app, customer, milk, { paymentToken: 'pm_ok' });
      expect(status).toBe('FAILED');
      expect(timesCharged(paymentId)).toBe(0);
    });

    it('succeed when the charge overtakes the cancellation', async () => {
      const { paymentId } = await payDuring('confirm', 'request-lost');
      stripe.beforeCall = (route) => {
        if (route === 'cancel') stripe.succeed(paymentId);
      };
      await later(3);
      expect(await payment(paymentId)).toMatchObject({ status: 'SUCCESS' });
    });

    it('stay PENDING until the missing intent proves that nothing was charged', async () => {
      const { paymentId } = await payDuring('create', 'server-error');
      await later(3);
      expect(await payment(paymentId)).toMatchObject({ status: 'PENDING' });
      await later(8);
      expect(await payment(paymentId)).toMatchObject({ status: 'FAILED', reason: 'NOT_CHARGED' });
    });

    it('stay PENDING while Stripe is unreachable', async () => {
      const { paymentId } = await payDuring('confirm', 'response-lost');
      stripe.failOn('create', 'request-lost');
      stripe.failOn('list', 'request-lost');
      await later(24 * HOUR);
      expect(await payment(paymentId)).toMatchObject({ status: 'PENDING' });
      stripe.recover();
      await later(1);
      expect(await payment(paymentId)).toMatchObject({ status: 'SUCCESS' });
    });

    it('find a charge whose idempotency key has expired, and do not charge again', async () => {
      const { paymentId } = await payDuring('confirm', 'response-lost');
      stripe.expireKeys();
      await later(25 * HOUR);
      expect(await payment(paymentId)).toMatchObject({ status: 'SUCCESS' });
      expect(timesCharged(paymentId)).toBe(1);
    });

    it('are not confirmed after too long a delay', async () => {
      const paymentId = newPaymentId();
      stripe.beforeCall = () => clock.advance(6 * 60_000);
      const verdict = await gateway.charge({ paymentId, amount: 3_000, method: 'CARD', token: 'pm_ok' });
      expect(verdict).toMatchObject({ status: 'FAILED', reason: 'NOT_CHARGED' });
      expect(stripe.intentOf(paymentId).status).toBe('canceled');
    });

    it('keep personal data and secrets out of the log', async () => {
      const charge = { paymentId: newPaymentId(), amount: 3_000, method: 'CARD', token: 'pm_declined' } as const;
      stripe.failOn('cancel', 'request-lost');
      const error: Error = (await gateway.charge(charge).catch((caught: Error) => caught)) as Error;
      expect(error.message).toBe('Stripe: StripeConnectionError, ECONNRESET');
      expect(Object.keys(error)).toEqual([]);
      expect(error.cause).toBeUndefined();
    });
  });

  describe('when the bank decides later', () => {
    const open = async (card: string) => {
      const customer = app.as('CUSTOMER');
      const answer = await placePaidOrder(app, customer, milk, { paymentToken: card });
      expect(answer.status).toBe('PENDING');
      return { ...answer, customer };
    };

    it('return the client secret once, and give the customer an hour', async () => {
      const answer = await open('pm_asks');
      const { paymentId, customer } = answer;
      expect(answer).toHaveProperty('clientSecret', stripe.intentOf(paymentId).client_secret);
      expect((await customer.get(`/payment/${paymentId}`).expect(200)).body).not.toHaveProperty('clientSecret');
      await later(50);
      expect(await payment(paymentId)).toMatchObject({ status: 'PENDING', reference: stripe.intentOf(paymentId).id });
      await later(11);
      expect(await payment(paymentId)).toMatchObject({ status: 'FAILED', reason: 'NOT_CHARGED' });
      expect(stripe.intentOf(paymentId).status).toBe('canceled');
    });

    it('get the result from Stripe, even days later', async () => {
      const { paymentId } = await open('pm_processing');
      stripe.expireKeys();
      await later(50 * HOUR);
      expect(await payment(paymentId)).toMatchObject({ status: 'PENDING' });
      stripe.succeed(paymentId);
      await later(1);
      expect(await payment(paymentId)).toMatchObject({ status: 'SUCCESS' });
    });
  });

  describe('refunded', () => {
    it('return the money once, even when the refund is repeated', async () => {
      const customer = app.as('CUSTOMER');
      const { orderId, paymentId } = await placePaidOrder(app, customer, milk, { paymentToken: 'pm_ok' });
      const before = stripe.refunds;
      await customer.post('/order/cancel', { orderId }).expect(200);
      await app.settled();
      expect(await payment(paymentId)).toMatchObject({ status: 'REFUNDED' });
      const charge = { paymentId, amount: 3_000, method: 'CARD' } as const;
      await gateway.refund(charge);
      stripe.expireKeys();
      await gateway.refund({ ...charge, reference: stripe.intentOf(paymentId).id });
      expect(stripe.refunds).toBe(before + 1);
    });

    it('retry a refund after a lost response, and return the money once', async () => {
      const { paymentId } = await placePaidOrder(app, app.as('CUSTOMER'), milk, { paymentToken: 'pm_ok' });
      const before = stripe.refunds;
      const charge = { paymentId, amount: 3_000, method: 'CARD' } as const;
      stripe.failOn('refund', 'response-lost');
      await expect(gateway.refund(charge)).rejects.toThrow('StripeConnectionError');
      stripe.recover();
      await gateway.refund(charge);
      expect(stripe.refunds).toBe(before + 1);
    });
  });

  it('are listed page by page for the reconciliation, without foreign and uncharged intents', async () => {
    const [kept, back, declined] = await Promise.all(
      ['pm_ok', 'pm_ok', 'pm_declined'].map((paymentToken) =>
        placePaidOrder(app, app.as('CUSTOMER'), milk, { paymentToken }),
      ),
    );
    if (!kept || !back || !declined) throw new Error('A payment is missing');
    await gateway.refund({ paymentId: back.paymentId, amount: 3_000, method: 'CARD' });
    const foreign = Array.from({ length: 150 }, (_, index) => ({
      ...stripe.intentOf(kept.paymentId),
      id: `pi_foreign_${index}`,
      metadata: {},
    }));
    stripe.intents.push(...foreign);
    const booked = [];
    for await (const charge of gateway.capturedCharges()) booked.push(charge);
    const keptCharge = { paymentId: kept.paymentId, amount: 3_000, refunded: 0, isDisputed: false };
    const backCharge = { paymentId: back.paymentId, amount: 3_000, refunded: 3_000, isDisputed: false };
    expect(booked).toEqual(expect.arrayContaining([keptCharge, backCharge]));
    expect(booked.filter(({ paymentId }) => !paymentId || paymentId === declined.paymentId)).toEqual([]);
    const charge = { amount: 3_000, method: 'CARD' } as const;
    expect(await gateway.capturedChargeOf({ ...charge, paymentId: kept.paymentId })).toEqual(keptCharge);
    const { reference } = (await payment(back.paymentId)) as { reference: string };
    expect(await gateway.capturedChargeOf({ ...charge, paymentId: back.paymentId, reference })).toEqual(backCharge);
    expect(await gateway.capturedChargeOf({ ...charge, paymentId: declined.paymentId })).toBeUndefined();
    stripe.intents.splice(-foreign.length);
  });
});
