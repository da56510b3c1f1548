import Stripe from 'stripe';
import { newEventId } from '../../../src/kernel/ids';
import { aProduct, placePaidOrder, trackOrder } from '../../support/fixtures/order-steps';
import type { StripeFake } from '../../support/fakes/stripe-fake';
import type { TestApp } from '../../support/test-app';
import { startWithStripe, WEBHOOK_SECRET } from './start-with-stripe';

describe('Stripe webhooks', () => {
  let stripe: StripeFake;
  let app: TestApp;
  let milk: string;
  beforeAll(async () => {
    ({ app, stripe } = await startWithStripe());
    milk = await aProduct(app, { productId: 'MILK', price: 30, stock: 1_000 });
  });
  afterAll(async () => {
    await app.stop();
    await stripe.stop();
  });

  const newId = () => `evt_${newEventId()}`;
  const event = (type: string, object: object, id = newId()) =>
    JSON.stringify({ id, object: 'event', type: `payment_intent.${type}`, data: { object } }, null, 2);
  const signed = (payload: string, { secret = WEBHOOK_SECRET, secondsAgo = 0 } = {}) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Date.now() / 1000 - secondsAgo });
  const send = (body: string, signature = signed(body)) =>
    app.http
      .post('/payment/webhook', body)
      .set({ 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': signature });
  const kept = (noticeId: string) => app.stored('PaymentWebhooks', { noticeId });
  const payment = (paymentId: string) => app.stored('Payments', { paymentId });

  /** A payment that the bank has not decided. */
  const open = async () => {
    const customer = app.as('CUSTOMER');
    const { orderId, paymentId } = await placePaidOrder(app, customer, milk, { paymentToken: 'pm_processing' });
    return { customer, orderId, paymentId, intent: stripe.intentOf(paymentId) };
  };

  it('settle a payment that the bank has decided', async () => {
    const { customer, orderId, paymentId, intent } = await open();
    stripe.succeed(paymentId);
    expect((await send(event('succeeded', intent)).expect(200)).body).toEqual({ received: true });
    await app.settled();
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CONFIRMED', payment: { status: 'SUCCESS' } });
  });

  it('cannot settle a payment by their own content', async () => {
    const { paymentId, intent } = await open();
    await send(event('succeeded', { ...intent, status: 'succeeded', amount_received: 3_000 })).expect(200);
    await send(event('payment_failed', intent)).expect(200);
    await app.settled();
    expect(await payment(paymentId)).toMatchObject({ status: 'PENDING' });
  });

  it('are harmless when repeated, concurrent or out of order', async () => {
    const { paymentId, intent, orderId, customer } = await open();
    stripe.succeed(paymentId);
    const succeeded = event('succeeded', intent);
    await Promise.all(Array.from({ length: 5 }, () => send(succeeded).expect(200)));
    await app.settled();
    for (const type of ['processing', 'payment_failed', 'canceled']) await send(event(type, intent)).expect(200);
    await app.settled();
    expect(await payment(paymentId)).toMatchObject({ status: 'SUCCESS', version: 2 });
    expect(await trackOrder(customer, orderId)).toMatchObject({ payment: { status: 'SUCCESS' } });
  });

  it('are recorded once, without the personal data in their body', async () => {
    const id = newId();
    const first = `${event('succeeded', { metadata: { paymentId: 'PAYUNKNOWN', note: 'दूध  🥛' } }, id)}\n`;
    await send(first).expect(200);
    await send(event('canceled', {}, id)).expect(200);
    expect(await kept(id)).toEqual({
      noticeId: id,
      type: 'payment_intent.succeeded',
      paymentId: 'PAYUNKNOWN',
      receivedAt: expect.any(String),
      expiresAt: expect.any(Number),
    });
  });

  it.each([
    ['an unknown payment', event('succeeded', { metadata: { paymentId: 'PAYUNKNOWN' } }, 'evt_unknown')],
    ['a foreign intent', event('succeeded', { id: 'pi_other', metadata: {} }, 'evt_other')],
    ['another object type', JSON.stringify({ id: 'evt_else', type: 'customer.created', data: { object: {} } })],
    ['no object', JSON.stringify({ id: 'evt_none', type: 'payment_intent.succeeded' })],
  ])('about %s are accepted and stored, and change nothing', async (_, body) => {
    const calls = stripe.calls.length;
    await send(body).expect(200);
    await app.settled();
    expect(stripe.calls).toHaveLength(calls);
    const { id, type } = JSON.parse(body) as { id: string; type: string };
    expect(await kept(id)).toMatchObject({ type });
  });

  it('are refused and not stored when unsigned, tampered with, signed with another secret, or an hour old', async () => {
    const { paymentId, intent } = await open();
    stripe.succeed(paymentId);
    const id = newId();
    const body = event('succeeded', intent, id);
    for (const signature of [
      '',
      'nonsense',
      't=1,v1=',
      signed(`${body} `),
      signed(body, { secret: 'whsec_of_another' }),
      signed(body, { secondsAgo: 3_600 }),
      signed(body, { secondsAgo: 301 }),
    ]) {
      expect((await send(body, signature).expect(401)).body.code).toBe('payment.webhook_refused');
    }
    await app.http.post('/payment/webhook', body).set('Content-Type', 'application/json').expect(401);
    await send('not JSON', 'nonsense').expect(401);
    await send(event('succeeded', {})).set('Content-Type', 'text/plain').expect(200);
    await app.settled();
    expect(await kept(id)).toBeUndefined();
    expect(await payment(paymentId)).toMatchObject({ status: 'PENDING' });
  });

  it.each(['{}', 'null', '[]', '{"id":1}', '{"id":"../1","type":"payment_intent.succeeded"}', 'not JSON', ''])(
    'are refused when signed but malformed: %s',
    async (body) => {
      const { status } = await send(body, signed(body || ' '));
      expect(status).toBe(body === '' ? 401 : 400);
    },
  );

  it('are limited per address while their signature is wrong, but not while it is right', async () => {
    Object.assign(app.config, { rateLimits: true });
    const body = event('succeeded', {});
    const refusals = await Promise.all(Array.from({ length: 65 }, () => send(body, 'nonsense')));
    expect(refusals.filter(({ status }) => status === 401)).toHaveLength(60);
    const [excess, ...others] = refusals.filter(({ status }) => status === 429);
    expect(others).toHaveLength(4);
    expect(excess?.body.code).toBe('request.too_many');
    expect(Number(excess?.headers['retry-after'])).toBeLessThanOrEqual(60);
    await send(body).expect(200);
    Object.assign(app.config, { rateLimits: false });
  });

  it('are refused when they are too large', async () => {
    const body = event('succeeded', { description: 'x'.repeat(1_000_000) });
    expect((await send(body).expect(413)).body.code).toBe('request.too_large');
  });
});
