import { newEventId } from '../../../src/kernel/ids';
import { sign } from '../../../src/modules/payment/adapters/sandbox-signature';
import { SandboxWebhooks } from '../../../src/modules/payment/adapters/sandbox-webhooks.service';
import { PAYMENT_SETTINGS } from '../../../src/modules/payment/payment.settings';
import { WebhookService } from '../../../src/modules/payment/webhook.service';
import { aProduct, placePaidOrder, trackOrder, walletOf } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';

/** The program on a real port, and the webhooks that it receives. */
async function startWithSandbox(webhookModes = '') {
  const app = await TestApp.start({ SANDBOX_WEBHOOKS: webhookModes });
  const receiveWebhook = jest.spyOn(app.get<WebhookService>(WebhookService), 'receive');
  return {
    app,
    milk: await aProduct(app, { productId: 'MILK', price: 30, stock: 1_000 }),
    /** The payments of the webhooks, in order of arrival. */
    webhookPaymentIds: () =>
      receiveWebhook.mock.calls.map(([body]) => (JSON.parse(body.toString()) as { paymentId: string }).paymentId),
    bodies: () => receiveWebhook.mock.calls.map(([body]) => body.toString()),
    settled: () =>
      waitUntil('the program to be settled', async () => (await app.as('ADMIN').get('/admin/settled')).status === 200),
  };
}

describe('sandbox webhooks', () => {
  let sandbox: Awaited<ReturnType<typeof startWithSandbox>>;
  beforeAll(async () => (sandbox = await startWithSandbox()));
  afterAll(() => sandbox.app.stop());

  const now = () => Math.floor(Date.now() / 1000);
  const signed = (body: string, at = now()) =>
    sign(body, sandbox.app.configuration.get(PAYMENT_SETTINGS).sandboxSecret, at);
  const send = (body: string, signature = signed(body)) =>
    sandbox.app.http
      .post('/payment/webhook', body)
      .set({ 'Content-Type': 'application/json', 'X-Milkround-Signature': signature });
  const about = (paymentId: string, id = newEventId()) => JSON.stringify({ id, type: 'payment.decided', paymentId });

  it.each([
    ['tok_pending_then_ok', 'SUCCESS', 'CONFIRMED'],
    ['tok_pending_then_fail', 'FAILED', 'CREATED'],
  ])('settle %s', async (paymentToken, ending, orderStatus) => {
    const { app, milk, settled } = sandbox;
    const customer = app.as('CUSTOMER');
    const { orderId, status } = await placePaidOrder(app, customer, milk, { paymentToken });
    expect(status).toBe('PENDING');
    const again = await customer.post('/payment/pay', { orderId, amount: 30, paymentMethod: 'CARD' }).expect(409);
    expect(again.body.code).toBe('payment.in_progress');
    await settled();
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: orderStatus, payment: { status: ending } });
  });

  it('credit the wallet when a refund fails', async () => {
    const { app, milk, settled } = sandbox;
    const customer = app.as('CUSTOMER');
    const { orderId, paymentId, status } = await placePaidOrder(app, customer, milk, {
      paymentToken: 'tok_refund_fails',
    });
    expect(status).toBe('SUCCESS');
    await customer.post('/order/cancel', { orderId }).expect(200);
    await settled();
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CANCELLED', payment: { status: 'REFUNDED' } });
    expect((await customer.get(`/payment/${paymentId}`).expect(200)).body).toMatchObject({
      status: 'REFUNDED',
      refund: { status: 'FAILED', to: 'WALLET', amount: 30 },
    });
    expect(await walletOf(customer)).toEqual({ balance: 30, entries: [['REFUND', 30]] });
    const { body } = await app.as('ADMIN').get('/admin/books').expect(200);
    expect(body).toMatchObject({ balanced: true, violations: [] });
  });

  it('report a dispute, which keeps the order and the wallet as they are', async () => {
    const { app, milk, settled } = sandbox;
    const customer = app.as('CUSTOMER');
    const { orderId, paymentId } = await placePaidOrder(app, customer, milk, { paymentToken: 'tok_disputed' });
    await settled();
    const { body } = await app.as('ADMIN').get('/admin/disputes', { state: 'OPEN' }).expect(200);
    expect(body).toMatchObject([{ paymentId, orderId, status: 'OPEN', amount: 30, reason: 'fraudulent' }]);
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CONFIRMED', payment: { status: 'SUCCESS' } });
    await customer.post('/order/cancel', { orderId }).expect(200);
    await settled();
    expect(await app.stored('Payments', { paymentId })).toMatchObject({ status: 'SUCCESS' });
    const books = await app.as('ADMIN').get('/admin/books').expect(200);
    expect(books.body).toMatchObject({ balanced: true, notices: [{ kind: 'DISPUTE_OPEN', paymentId }] });
  });

  it('about refunds do not touch cash payments', async () => {
    const { app, milk } = sandbox;
    const { paymentId } = await placePaidOrder(app, app.as('CUSTOMER'), milk, { paymentMethod: 'COD' });
    await send(JSON.stringify({ id: newEventId(), type: 'refund.failed', paymentId })).expect(200);
    await app.settled();
    expect(await app.stored('Payments', { paymentId })).toMatchObject({ status: 'PENDING', version: 1 });
  });

  it('are not sent when the call returned the result', async () => {
    const { app, milk, settled, webhookPaymentIds } = sandbox;
    const { paymentId } = await placePaidOrder(app, app.as('CUSTOMER'), milk, { paymentToken: 'tok_ok' });
    await settled();
    expect(webhookPaymentIds()).not.toContain(paymentId);
  });

  it('are refused and not stored when unsigned, tampered with, or an hour old', async () => {
    const id = newEventId();
    const body = about('PAY1', id);
    for (const signature of ['', 'nonsense', signed(`${body} `), sign(body, 'x', now()), signed(body, now() - 3600)]) {
      const { body: problem } = await send(body, signature).expect(401);
      expect(problem).toMatchObject({ code: 'payment.webhook_refused' });
    }
    expect(await sandbox.app.stored('PaymentWebhooks', { noticeId: id })).toBeUndefined();
  });

  it('are harmless as duplicates or for unknown payments, and are stored as first received', async () => {
    const { app, milk } = sandbox;
    const customer = app.as('CUSTOMER');
    const { orderId, paymentId } = await placePaidOrder(app, customer, milk, {
      paymentToken: 'tok_timeout_but_charged',
    });
    const id = newEventId();
    await Promise.all(Array.from({ length: 5 }, () => send(about(paymentId, id)).expect(200)));
    await send(about('PAYUNKNOWN', id)).expect(200);
    await app.settled();
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CONFIRMED', payment: { status: 'SUCCESS' } });
    expect(await app.stored('PaymentWebhooks', { noticeId: id })).toMatchObject({ paymentId });
  });

  it('do not touch cash payments', async () => {
    const { app, milk } = sandbox;
    const { paymentId } = await placePaidOrder(app, app.as('CUSTOMER'), milk, { paymentMethod: 'COD' });
    await send(about(paymentId)).expect(200);
    await app.settled();
    expect(await app.stored('Payments', { paymentId })).toMatchObject({ status: 'PENDING' });
  });

  it('are refused when signed but malformed', async () => {
    for (const body of ['{}', 'null', '[]', '{"id":1,"paymentId":"PAY1"}', 'not JSON']) await send(body).expect(400);
  });

  it('are verified before they are parsed', async () => {
    for (const body of ['null', 'not JSON', '{"a":', '{"__proto__":1}', '{"toString":1}', '['.repeat(5_000)]) {
      expect((await send(body, 'nonsense').expect(401)).body.code).toBe('payment.webhook_refused');
      await send(body, 'nonsense').type('text/plain').expect(401);
    }
    await sandbox.app.http.post('/payment/webhook', '').expect(401);
    const tooLarge = await send(JSON.stringify('x'.repeat(200_000)), 'nonsense').expect(413);
    expect(tooLarge.body.code).toBe('request.too_large');
  });

  it('are accepted with any content type and with extra query parameters', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'image/png', 'nonsense']) {
      await send(about('PAYUNKNOWN')).set('Content-Type', type).query({ from: 'gateway', toString: '' }).expect(200);
    }
  });
});

describe('unreliable sandbox webhooks', () => {
  let sandbox: Awaited<ReturnType<typeof startWithSandbox>> | undefined;
  const startWith = async (ways: string) => (sandbox = await startWithSandbox(ways));
  afterEach(() => sandbox?.app.stop());

  it('are sent for every charge when configured, even if the call timed out', async () => {
    const { app, milk, settled, webhookPaymentIds } = await startWith('every');
    const tokens = ['tok_ok', 'tok_declined', 'tok_timeout_but_charged', 'tok_timeout_not_charged'];
    const payments = await Promise.all(
      tokens.map((paymentToken) => placePaidOrder(app, app.as('CUSTOMER'), milk, { paymentToken })),
    );
    await settled();
    const [ok, declined, charged, lost] = payments.map(({ paymentId }) => paymentId);
    expect(webhookPaymentIds().sort()).toEqual([ok, declined, charged].sort());
    expect(await app.stored('Payments', { paymentId: charged })).toMatchObject({ status: 'SUCCESS' });
    expect(await app.stored('Payments', { paymentId: lost })).toMatchObject({ status: 'PENDING' });
  });

  it('arrive late', async () => {
    const { app, milk, settled, webhookPaymentIds } = await startWith('every,late');
    const before = Date.now();
    const { paymentId } = await placePaidOrder(app, app.as('CUSTOMER'), milk);
    await settled();
    expect(webhookPaymentIds()).toEqual([paymentId]);
    expect(Date.now() - before).toBeGreaterThanOrEqual(2_000);
  });

  it('arrive twice and identical', async () => {
    const { app, milk, settled, bodies } = await startWith('every,twice');
    await placePaidOrder(app, app.as('CUSTOMER'), milk);
    await settled();
    const [first, ...others] = bodies();
    expect(others).toEqual([first]);
  });

  it('arrive in reverse order', async () => {
    const { app, settled, webhookPaymentIds } = await startWith('shuffled');
    for (const paymentId of ['PAY1', 'PAY2', 'PAY3'])
      app.get<SandboxWebhooks>(SandboxWebhooks).scheduleWebhook(paymentId, 0);
    await settled();
    expect(webhookPaymentIds()).toEqual(['PAY3', 'PAY2', 'PAY1']);
  });

  it('settle every payment correctly when late, repeated and out of order', async () => {
    const { app, milk, settled, webhookPaymentIds } = await startWith('every,late,twice,shuffled');
    const ends = {
      tok_ok: 'SUCCESS',
      tok_declined: 'FAILED',
      tok_pending_then_ok: 'SUCCESS',
      tok_pending_then_fail: 'FAILED',
      tok_timeout_but_charged: 'SUCCESS',
    };
    const payments = await Promise.all(
      Object.entries(ends).map(async ([paymentToken, end]) => {
        const { paymentId } = await placePaidOrder(app, app.as('CUSTOMER'), milk, { paymentToken });
        return { paymentId, end };
      }),
    );
    await settled();
    expect(webhookPaymentIds()).toHaveLength(10);
    for (const { paymentId, end } of payments) {
      expect(await app.stored('Payments', { paymentId })).toMatchObject({ status: end, version: 2 });
    }
  });
});
