import Stripe from 'stripe';
import { newEventId } from '../../../src/kernel/ids';
import { PaymentFollowUp } from '../../../src/modules/payment';
import type { OrderPayment } from '../../../src/modules/payment/domain/payment';
import { PaymentRefund } from '../../../src/modules/payment/payment-refund.service';
import { PaymentGateway } from '../../../src/modules/payment/payment.gateway';
import { ReconciliationService } from '../../../src/modules/reconciliation';
import { BackgroundTasks } from '../../../src/platform/background-tasks';
import { EventRecorder } from '../../support/measure/event-recorder';
import { interleave } from '../../support/faults/interleave';
import { aProduct, placePaidOrder, type TestUser, trackOrder, walletOf } from '../../support/fixtures/order-steps';
import type { StripeFake } from '../../support/fakes/stripe-fake';
import type { TestApp } from '../../support/test-app';
import { startWithStripe, WEBHOOK_SECRET } from './start-with-stripe';

const DAY = 24 * 60;

describe('Stripe charges after they succeeded', () => {
  let stripe: StripeFake;
  let app: TestApp;
  let milk: string;
  beforeAll(async () => {
    ({ app, stripe } = await startWithStripe(undefined, [EventRecorder]));
    milk = await aProduct(app, { productId: 'MILK', price: 30, stock: 1_000 });
  });
  afterEach(() => stripe.recover());
  afterAll(async () => {
    await app.stop();
    await stripe.stop();
  });

  const webhook = (type: string, object: object, id = `evt_${newEventId()}`) => {
    const payload = JSON.stringify({ id, object: 'event', type, data: { object } });
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET });
    return app.http
      .post('/payment/webhook', payload)
      .set({ 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': signature });
  };
  const receive = async (type: string, object: object) => {
    await webhook(type, object).expect(200);
    await settled();
  };
  const settled = async () => {
    await app.get<BackgroundTasks>(BackgroundTasks).waitUntilIdle();
    await app.settled();
  };
  const later = async (minutes: number) => {
    app.clock.setOffset(app.clock.offsetMilliseconds + minutes * 60_000);
    await app.get<PaymentFollowUp>(PaymentFollowUp).runDue();
    await settled();
  };
  const stored = (paymentId: string) => app.stored('Payments', { paymentId });
  const eventsOf = (orderId: string, type: string) =>
    app
      .get<EventRecorder>(EventRecorder)
      .eventsOf(orderId)
      .filter((event) => event.type === type);
  const books = () => app.get<ReconciliationService>(ReconciliationService).run();
  const noticesOf = async (paymentId: string) =>
    (await books()).notices.filter((notice) => notice.paymentId === paymentId).map(({ kind }) => kind);

  async function paid(customer: TestUser = app.as('CUSTOMER')) {
    const order = await placePaidOrder(app, customer, milk, { paymentToken: 'pm_ok' });
    await app.settled();
    return { ...order, customer };
  }

  async function refunded() {
    const order = await paid();
    await order.customer.post('/order/cancel', { orderId: order.orderId }).expect(200);
    await settled();
    expect(await stored(order.paymentId)).toMatchObject({
      status: 'REFUNDED',
      refund: { status: 'SUCCEEDED', to: 'SOURCE' },
    });
    return order;
  }

  async function expectCredited({ customer, orderId, paymentId }: Awaited<ReturnType<typeof refunded>>) {
    const { body } = await customer.get(`/payment/${paymentId}`).expect(200);
    expect(body).toMatchObject({ status: 'REFUNDED', refund: { status: 'FAILED', to: 'WALLET', amount: 30 } });
    expect(await walletOf(customer)).toEqual({ balance: 30, entries: [['REFUND', 30]] });
    expect(eventsOf(orderId, 'payment.refund_failed')).toMatchObject([{ paymentId, credited: 3_000 }]);
    expect((await books()).violations).toEqual([]);
  }

  describe('with a refund that fails', () => {
    it.each(['refund.failed', 'charge.refund.updated', 'refund.updated'])(
      'credit the wallet after %s',
      async (type) => {
        const order = await refunded();
        await receive(type, stripe.failRefund(order.paymentId));
        await expectCredited(order);
      },
    );

    it('credit it once, however often and in whatever order the webhooks arrive', async () => {
      const order = await refunded();
      const refund = stripe.failRefund(order.paymentId);
      await Promise.all(Array.from({ length: 5 }, () => webhook('refund.failed', refund).expect(200)));
      await settled();
      await receive('charge.refunded', { payment_intent: refund.payment_intent });
      await receive('refund.updated', { ...refund, status: 'succeeded' });
      await expectCredited(order);
    });

    it('credit it months later', async () => {
      const order = await refunded();
      await later(100 * DAY);
      expect(await stored(order.paymentId)).not.toHaveProperty('followUp');
      await receive('refund.failed', stripe.failRefund(order.paymentId));
      await expectCredited(order);
    });

    it('credit it without any webhook, within a week', async () => {
      const order = await refunded();
      await later(20 * DAY);
      stripe.failRefund(order.paymentId);
      await later(7 * DAY);
      await expectCredited(order);
    });

    it('do not believe the webhook itself', async () => {
      const { paymentId, customer } = await refunded();
      const { latest_charge: charge } = stripe.intentOf(paymentId);
      await receive('refund.failed', { ...charge?.refunds.data[0], status: 'failed' });
      expect(await stored(paymentId)).toMatchObject({ refund: { status: 'SUCCEEDED' } });
      expect((await walletOf(customer)).balance).toBe(0);
    });

    it('leave the webhook to Stripe’s retries while Stripe cannot say which payment it is about', async () => {
      const order = await refunded();
      const refund = stripe.failRefund(order.paymentId);
      const id = `evt_${newEventId()}`;
      stripe.failOn('retrieve', 'server-error');
      const { body } = await webhook('refund.failed', refund, id).expect(503);
      expect(body.code).toBe('service.unavailable');
      stripe.recover();
      await webhook('refund.failed', refund, id).expect(200);
      await settled();
      await expectCredited(order);
    });

    it('are followed up by the scheduler if Stripe fails after the webhook was answered', async () => {
      const order = await refunded();
      stripe.failOn('refunds', 'server-error');
      await receive('refund.failed', stripe.failRefund(order.paymentId));
      expect((await walletOf(order.customer)).balance).toBe(0);
      stripe.recover();
      await later(0);
      await expectCredited(order);
    });

    it('are not overwritten by an older state that was read before', async () => {
      const order = await refunded();
      const { paymentId } = order;
      const isPayment = (action: { Update?: { Key: Record<string, unknown> } }) =>
        action.Update?.Key.paymentId === paymentId;
      interleave(app, isPayment, async () => {
        stripe.failRefund(paymentId);
        await app.get<PaymentFollowUp>(PaymentFollowUp).followUp(paymentId);
      });
      await app.get<PaymentFollowUp>(PaymentFollowUp).followUp(paymentId);
      await settled();
      await expectCredited(order);
    });

    it('are a violation if the money is also paid out by hand', async () => {
      const { paymentId } = await refunded();
      await receive('refund.failed', stripe.failRefund(paymentId));
      stripe.refundByHand(paymentId, 3_000);
      const violations = (await books()).violations.filter((one) => one.paymentId === paymentId);
      expect(violations).toMatchObject([{ kind: 'REFUNDED_TWICE' }]);
      stripe.failRefund(paymentId);
    });
  });

  describe('refunded by hand', () => {
    it('make the payment REFUNDED if all of it went back, and keep the order', async () => {
      const { customer, orderId, paymentId } = await paid();
      const refund = stripe.refundByHand(paymentId, 3_000);
      await receive('charge.refunded', { object: 'charge', payment_intent: refund.payment_intent });
      expect(await trackOrder(customer, orderId)).toMatchObject({
        status: 'CONFIRMED',
        payment: { status: 'REFUNDED' },
      });
      expect((await customer.get(`/payment/${paymentId}`).expect(200)).body).toMatchObject({
        status: 'REFUNDED',
        refund: { status: 'SUCCEEDED', to: 'SOURCE', amount: 30 },
      });
      expect(eventsOf(orderId, 'payment.refunded')).toHaveLength(1);
      expect((await books()).violations).toEqual([]);
      expect(await noticesOf(paymentId)).toEqual(['REFUND_BY_HAND']);
      const before = stripe.refunds;
      await customer.post('/order/cancel', { orderId }).expect(200);
      await settled();
      expect(stripe.refunds).toBe(before);
      expect(await noticesOf(paymentId)).toEqual([]);
    });

    it('stay SUCCESS if a part went back, and are refunded for the rest when the order is cancelled', async () => {
      const { customer, orderId, paymentId } = await paid();
      const refund = stripe.refundByHand(paymentId, 1_000);
      await receive('charge.refunded', { object: 'charge', payment_intent: refund.payment_intent });
      expect(await stored(paymentId)).toMatchObject({ status: 'SUCCESS', refund: { amount: 1_000, to: 'SOURCE' } });
      expect((await books()).violations).toEqual([]);
      await customer.post('/order/cancel', { orderId }).expect(200);
      await settled();
      await receive('refund.failed', stripe.failRefund(paymentId));
      expect(await stored(paymentId)).toMatchObject({
        status: 'REFUNDED',
        refund: { status: 'FAILED', to: 'WALLET', amount: 2_000 },
      });
      expect((await walletOf(customer)).balance).toBe(20);
      expect((await books()).violations).toEqual([]);
    });

    it('report each part once, however often and in whatever order the webhooks arrive', async () => {
      const { customer, orderId, paymentId } = await paid();
      const refundOf = (amount: number) => stripe.refundByHand(paymentId, amount);
      const notice = { payment_intent: refundOf(1_000).payment_intent };
      await Promise.all(Array.from({ length: 3 }, () => webhook('charge.refunded', notice).expect(200)));
      await settled();
      // The refund of a part fails, and the dairy repeats it.
      await receive('refund.failed', stripe.failRefund(paymentId));
      refundOf(1_000);
      await receive('charge.refunded', notice);
      refundOf(500);
      await receive('charge.refunded', notice);
      await customer.post('/order/cancel', { orderId }).expect(200);
      await settled();
      expect(eventsOf(orderId, 'payment.refunded')).toMatchObject([
        { amount: 1_000, refundedTotal: 1_000 },
        { amount: 500, refundedTotal: 1_500 },
        { amount: 1_500, refundedTotal: 3_000 },
      ]);
      expect((await books()).violations).toEqual([]);
    });

    it('report a part only once it is no longer pending, because the dairy may cancel it', async () => {
      const { orderId, paymentId } = await paid();
      const refund = Object.assign(stripe.refundByHand(paymentId, 1_000), { status: 'pending' });
      const notice = { payment_intent: refund.payment_intent };
      await receive('charge.refunded', notice);
      expect(await stored(paymentId)).toMatchObject({ refund: { status: 'PENDING', amount: 1_000 } });
      expect(eventsOf(orderId, 'payment.refunded')).toEqual([]);
      Object.assign(refund, { status: 'canceled' });
      await receive('refund.updated', { object: 'refund', ...notice });
      expect(eventsOf(orderId, 'payment.refunded')).toEqual([]);

      Object.assign(stripe.refundByHand(paymentId, 700), { status: 'succeeded' });
      await receive('charge.refunded', notice);
      expect(eventsOf(orderId, 'payment.refunded')).toMatchObject([{ amount: 700, refundedTotal: 700 }]);
    });

    it('report a part that arrives while the order is cancelled, and then the rest', async () => {
      const { customer, orderId, paymentId } = await paid();
      const payment = (await stored(paymentId)) as unknown as OrderPayment;
      const { payment_intent } = stripe.refundByHand(paymentId, 1_000);
      await receive('charge.refunded', { payment_intent });
      // It read the payment before the part was recorded.
      await app.get<PaymentRefund>(PaymentRefund).refund(payment);
      await settled();
      expect(eventsOf(orderId, 'payment.refunded')).toMatchObject([{ amount: 1_000 }, { amount: 2_000 }]);
      expect(await stored(paymentId)).toMatchObject({ status: 'REFUNDED', refundReported: 3_000 });
      await customer.post('/order/cancel', { orderId }).expect(200);
      await settled();
    });

    it.each(['in order', 'in one'])('credit the wallet if that fails, with the webhooks %s', async (order) => {
      const { customer, orderId, paymentId } = await paid();
      const refund = stripe.refundByHand(paymentId, 3_000);
      if (order === 'in order') await receive('charge.refunded', { payment_intent: refund.payment_intent });
      await receive('refund.failed', stripe.failRefund(paymentId));
      await expectCredited({ customer, orderId, paymentId, amount: 30, status: '' });
    });

    it('leave a top-up in the wallet, and are shown to the dairy', async () => {
      const customer = app.as('CUSTOMER');
      const { body } = await customer.post('/wallet/topup', {
        amount: 50,
        paymentMethod: 'CARD',
        paymentToken: 'pm_ok',
      });
      const { paymentId } = body as { paymentId: string };
      const refund = stripe.refundByHand(paymentId, 5_000);
      await receive('charge.refunded', { payment_intent: refund.payment_intent });
      expect(await stored(paymentId)).toMatchObject({
        status: 'SUCCESS',
        refund: { status: 'SUCCEEDED', amount: 5_000 },
      });
      expect(await walletOf(customer)).toEqual({ balance: 50, entries: [['TOP_UP', 50]] });
      expect((await books()).violations).toEqual([]);
      expect(await noticesOf(paymentId)).toEqual(['REFUND_BY_HAND']);
      await receive('refund.failed', stripe.failRefund(paymentId));
      expect(await walletOf(customer)).toEqual({ balance: 50, entries: [['TOP_UP', 50]] });
      expect((await books()).violations).toEqual([]);
    });
  });

  describe('that are disputed', () => {
    const listed = async (state?: string) =>
      (await app.as('ADMIN').get('/admin/disputes', { state, limit: 100 }).expect(200)).body as { paymentId: string }[];
    const listedOf = async (paymentId: string, state?: string) =>
      (await listed(state)).filter((one) => one.paymentId === paymentId);
    const shownTo = async (person: TestUser, paymentId: string) =>
      (await person.get(`/payment/${paymentId}`).expect(200)).body as object;

    it('are shown to the admin, and not to the customer', async () => {
      const { customer, orderId, paymentId } = await paid();
      const dispute = stripe.dispute(paymentId);
      await receive('charge.dispute.created', dispute);
      const shown = {
        disputeId: dispute.id,
        status: 'OPEN',
        amount: 30,
        withdrawn: 30,
        reason: 'product_not_received',
        openedAt: expect.any(String),
        respondBy: expect.any(String),
      };
      expect(await shownTo(app.as('ADMIN'), paymentId)).toMatchObject({ status: 'SUCCESS', dispute: shown });
      expect(await shownTo(customer, paymentId)).not.toHaveProperty('dispute');
      expect(await listedOf(paymentId, 'OPEN')).toEqual([{ ...shown, paymentId, orderId, userId: customer.userId }]);
      expect((await books()).violations).toEqual([]);
      expect(await noticesOf(paymentId)).toEqual(['DISPUTE_OPEN']);
      await customer.get('/admin/disputes').expect(403);
    });

    it.each([
      ['lost', 'LOST', 30, ['DISPUTE_LOST']],
      ['won', 'WON', 0, []],
    ])('say that the dispute was %s', async (status, ending, withdrawn, notices) => {
      const { customer, paymentId } = await paid();
      const dispute = stripe.dispute(paymentId);
      await receive('charge.dispute.created', dispute);
      dispute.status = status;
      if (status === 'won') dispute.balance_transactions.push({ amount: dispute.amount });
      await receive('charge.dispute.closed', dispute);
      const shown = { status: ending, withdrawn, closedAt: expect.any(String) };
      expect(await shownTo(app.as('ADMIN'), paymentId)).toMatchObject({ status: 'SUCCESS', dispute: shown });
      expect(await listedOf(paymentId, 'OPEN')).toEqual([]);
      expect(await listedOf(paymentId)).toMatchObject([shown]);
      expect((await walletOf(customer)).balance).toBe(0);
      expect((await books()).violations).toEqual([]);
      expect(await noticesOf(paymentId)).toEqual(notices);
    });

    it('learn the result without a webhook', async () => {
      const { paymentId } = await paid();
      const dispute = stripe.dispute(paymentId);
      await receive('charge.dispute.created', dispute);
      dispute.status = 'lost';
      await later(8 * DAY);
      expect(await stored(paymentId)).toMatchObject({ dispute: { status: 'LOST' } });
      expect(await stored(paymentId)).not.toHaveProperty('followUp');
    });

    it('are a violation if the webhook was lost', async () => {
      const { paymentId } = await paid();
      const dispute = stripe.dispute(paymentId);
      expect((await books()).violations).toMatchObject([{ kind: 'DISPUTE_UNKNOWN', paymentId }]);
      await receive('charge.dispute.updated', dispute);
      expect((await books()).violations).toEqual([]);
    });

    it('are left to the bank when the order is cancelled', async () => {
      const { customer, orderId, paymentId } = await paid();
      const dispute = stripe.dispute(paymentId);
      await customer.post('/order/cancel', { orderId }).expect(200);
      await settled();
      await later(0);
      expect(await stored(paymentId)).toMatchObject({ status: 'SUCCESS', dispute: { status: 'OPEN' } });
      expect((await books()).violations).toEqual([]);
      dispute.status = 'won';
      await receive('charge.dispute.closed', dispute);
      expect((await books()).violations).toMatchObject([{ kind: 'REFUND_MISSING', paymentId }]);
      const refund = stripe.refundByHand(paymentId, 3_000);
      await receive('charge.refunded', { payment_intent: refund.payment_intent });
      expect(await stored(paymentId)).toMatchObject({ status: 'REFUNDED' });
      expect((await books()).violations).toEqual([]);
    });

    it('leave a top-up in the wallet, which does not fall below zero', async () => {
      const customer = app.as('CUSTOMER');
      const { body } = await customer.post('/wallet/topup', {
        amount: 50,
        paymentMethod: 'CARD',
        paymentToken: 'pm_ok',
      });
      const { paymentId } = body as { paymentId: string };
      const dispute = stripe.dispute(paymentId);
      dispute.status = 'lost';
      await receive('charge.dispute.closed', dispute);
      expect(await listedOf(paymentId, 'CLOSED')).toMatchObject([{ status: 'LOST', userId: customer.userId }]);
      expect(await walletOf(customer)).toEqual({ balance: 50, entries: [['TOP_UP', 50]] });
      expect(await noticesOf(paymentId)).toEqual(['DISPUTE_LOST']);
    });

    it('are listed page by page', async () => {
      const all = await listed();
      const paged: { paymentId: string }[] = [];
      let path: string | undefined = '/admin/disputes?limit=2';
      while (path) {
        const { body, headers }: { body: unknown; headers: unknown } = await app.as('ADMIN').get(path).expect(200);
        paged.push(...(body as { paymentId: string }[]));
        path = /<(.*)>/.exec((headers as Record<string, string>).link ?? '')?.[1];
      }
      expect(paged).toEqual(all);
      expect(all.length).toBeGreaterThan(2);
    });
  });

  it.each([
    ['a foreign intent', { payment_intent: 'pi_of_another_shop' }],
    ['no intent', { payment_intent: null }],
    ['nothing', {}],
  ])('change nothing for an event about %s', async (_, object) => {
    const before = await app.allStored('Payments');
    await receive('refund.failed', object);
    await receive('charge.dispute.created', object);
    await app.settled();
    expect(await app.allStored('Payments')).toEqual(before);
  });

  it('ask Stripe twice about an undisputed charge', async () => {
    const { paymentId } = await paid();
    const gateway = app.get<PaymentGateway>(PaymentGateway);
    const { reference } = (await stored(paymentId)) as { reference: string };
    const before = stripe.calls.length;
    await gateway.followUp({ paymentId, amount: 3_000, method: 'CARD', reference });
    expect(stripe.calls.slice(before)).toEqual(['retrieve', 'refunds']);
  });
});
