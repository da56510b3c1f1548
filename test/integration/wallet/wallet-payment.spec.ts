import { orderNumberOf } from '../../../src/kernel/ids';
import { newOrderId } from '../../../src/modules/order/domain/ids';
import { PaymentRefund } from '../../../src/modules/payment/payment-refund.service';
import { PaymentService } from '../../../src/modules/payment/payment.service';
import { PaymentSubscribers } from '../../../src/modules/payment/payment.subscribers';
import { EventRecorder } from '../../support/measure/event-recorder';
import {
  aProduct,
  customerWithBalance,
  placeOrder,
  placePaidOrder,
  trackOrder,
  walletOf,
} from '../../support/fixtures/order-steps';
import { aCourier, anOrder } from '../../support/fixtures/orders';
import { publishEvent } from '../../support/fixtures/publish-event';
import { TestApp } from '../../support/test-app';

describe('paying from the wallet', () => {
  let app: TestApp;
  let milk: string;
  beforeAll(async () => {
    app = await TestApp.start({ UNPAID_ORDERS_MAX: '20' }, { providers: [EventRecorder] });
    milk = await aProduct(app, { productId: 'MILK', price: 30, stock: 10_000 });
  });
  afterAll(() => app.stop());

  it('confirms the order and debits the wallet at once', async () => {
    const customer = await customerWithBalance(app, 500);
    const { orderId, paymentId, status } = await placePaidOrder(app, customer, milk, {
      paymentMethod: 'WALLET',
      qty: 2,
    });
    expect(status).toBe('SUCCESS');
    expect(await trackOrder(customer, orderId)).toMatchObject({
      status: 'CONFIRMED',
      payment: { paymentId, method: 'WALLET', status: 'SUCCESS' },
    });
    expect(await walletOf(customer)).toEqual({
      balance: 440,
      entries: [
        ['PAYMENT', -60],
        ['TOP_UP', 500],
      ],
    });
    const [entry] = (await customer.get('/wallet/ledger').expect(200)).body;
    expect(entry).toEqual({
      entryId: `PAYMENT-${paymentId}`,
      type: 'PAYMENT',
      amount: -60,
      reason: `Order ${orderNumberOf(orderId)}`,
      sourceId: paymentId,
      at: expect.stringMatching(/Z$/),
    });
    await app.settled();
    expect(app.get<EventRecorder>(EventRecorder).typesOf(orderId)).toEqual(
      expect.arrayContaining(['payment.succeeded', 'order.confirmed', 'delivery.assigned']),
    );
  });

  it('confirms a free order without a ledger entry', async () => {
    const freeProduct = await aProduct(app, { productId: 'GIFT', price: 0 });
    const customer = app.as('CUSTOMER');
    await placePaidOrder(app, customer, freeProduct, { paymentMethod: 'WALLET' });
    expect(await walletOf(customer)).toEqual({ balance: 0, entries: [] });
  });

  it('refuses a payment above the balance with both amounts, and moves nothing', async () => {
    const customer = await customerWithBalance(app, 29.99);
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const { body } = await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' }).expect(409);
    expect(body).toMatchObject({ code: 'wallet.insufficient_balance', balance: 29.99, amount: 30 });
    expect(body.detail).toContain('POST /wallet/topup');
    expect(await trackOrder(customer, orderId)).not.toHaveProperty('payment');
    expect(await walletOf(customer)).toEqual({ balance: 29.99, entries: [['TOP_UP', 29.99]] });
    await customerWithBalance(app, 1, customer);
    await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' }).expect(201);
    expect((await walletOf(customer)).balance).toBe(0.99);
  });

  it('reports errors of the order before errors of the wallet', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const codeOf = async (wrong: object, person = customer) =>
      (await person.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET', ...wrong })).body.code as string;
    expect(await codeOf({ amount: 29.99 })).toBe('payment.amount_mismatch');
    expect(await codeOf({ orderId: newOrderId() })).toBe('order.not_found');
    expect(await codeOf({}, await customerWithBalance(app, 100))).toBe('order.not_found');
    await customer.post('/order/cancel', { orderId }).expect(200);
    expect(await codeOf({})).toBe('payment.order_not_payable');
    expect((await walletOf(customer)).balance).toBe(0);
  });

  it('debits the wallet once when an order is paid ten times at once', async () => {
    const customer = await customerWithBalance(app, 1_000);
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => customer.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' })),
    );
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = responses.filter(({ status }) => status !== 201).map(({ body }) => (body as { code: string }).code);
    expect(new Set(refused)).toEqual(new Set(['payment.already_paid']));
    expect((await walletOf(customer)).balance).toBe(970);
  });

  it('replays the first response, even when the payment took the balance below the threshold', async () => {
    const customer = await customerWithBalance(app, 110);
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const pay = () =>
      customer.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' }).set('Idempotency-Key', 'pay-1');
    const responses = await Promise.all(Array.from({ length: 5 }, pay));
    expect(responses.map(({ status, body }) => [status, (body as { paymentId: string }).paymentId])).toEqual(
      responses.map(() => [201, (responses[0]?.body as { paymentId: string }).paymentId]),
    );
    expect(responses.filter(({ headers }) => headers['idempotency-replayed'])).toHaveLength(4);
    expect((await walletOf(customer)).balance).toBe(80);
  });

  it('never lets twenty concurrent orders overdraw the wallet', async () => {
    const customer = await customerWithBalance(app, 400);
    const orders = await Promise.all(Array.from({ length: 20 }, () => placeOrder(app, customer, milk)));
    const pay = async ({ orderId, amount }: { orderId: string; amount: number }) => {
      const body = { orderId, amount, paymentMethod: 'WALLET' };
      const once = () => customer.post('/payment/pay', body).set('Idempotency-Key', orderId);
      // On a busy machine some time out and are retried, as a client would.
      for (;;) {
        const answer = await once();
        if (answer.status !== 503) return answer;
      }
    };
    const responses = await Promise.all(orders.map(pay));
    const paidFor = responses.filter(({ status }) => status === 201).length;
    const short = responses.filter(({ body }) => body.code === 'wallet.insufficient_balance').length;
    expect([paidFor, short]).toEqual([13, 7]);
    expect((await walletOf(customer)).balance).toBe(10);
    await app.settled();
    const warnings = app.get<EventRecorder>(EventRecorder).ofType('wallet.balance_low');
    expect(warnings.filter((event) => 'userId' in event && event.userId === customer.userId)).toHaveLength(1);
  });

  it('debits the customer’s wallet when an admin pays', async () => {
    const customer = await customerWithBalance(app, 200);
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const admin = app.as('ADMIN');
    await admin.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' }).expect(201);
    expect((await walletOf(customer)).balance).toBe(170);
    expect((await walletOf(admin)).balance).toBe(0);
  });

  describe('when the order is cancelled', () => {
    it('refunds the wallet once, even when the event is repeated', async () => {
      const customer = await customerWithBalance(app, 200);
      const { orderId, paymentId, amount } = await placePaidOrder(app, customer, milk, { paymentMethod: 'WALLET' });
      await customer.post('/order/cancel', { orderId }).expect(200);
      await app.settled();
      const reason = 'CANCELLED_BY_CUSTOMER';
      const cancelled = { type: 'order.cancelled', orderId, userId: customer.userId, reason } as const;
      await Promise.all(
        Array.from({ length: 5 }, () =>
          publishEvent(app, PaymentSubscribers, { ...cancelled, amount: amount * 100, moneyBack: true }),
        ),
      );
      expect(await walletOf(customer)).toEqual({
        balance: 200,
        entries: [
          ['REFUND', 30],
          ['PAYMENT', -30],
          ['TOP_UP', 200],
        ],
      });
      expect(await trackOrder(customer, orderId)).toMatchObject({
        status: 'CANCELLED',
        payment: { status: 'REFUNDED' },
      });
      expect((await customer.get(`/payment/${paymentId}`).expect(200)).body.status).toBe('REFUNDED');
      expect(
        app
          .get<EventRecorder>(EventRecorder)
          .typesOf(orderId)
          .filter((type) => type === 'payment.refunded'),
      ).toHaveLength(1);
    });

    it('refunds once when ten events arrive at the same time', async () => {
      const customer = await customerWithBalance(app, 200);
      const { orderId, paymentId } = await placePaidOrder(app, customer, milk, { paymentMethod: 'WALLET' });
      const payment = await app.get<PaymentService>(PaymentService).getOrderPayment(paymentId);
      const refunds = app.get<PaymentRefund>(PaymentRefund);
      await Promise.all(Array.from({ length: 10 }, () => refunds.refund(payment)));
      expect(await walletOf(customer)).toMatchObject({
        balance: 200,
        entries: [['REFUND', 30], expect.anything(), expect.anything()],
      });
      await app.settled();
      expect(
        app
          .get<EventRecorder>(EventRecorder)
          .typesOf(orderId)
          .filter((type) => type === 'payment.refunded'),
      ).toHaveLength(1);
    });

    it.each([
      ['the dairy’s', 'VEHICLE', 200, 'REFUNDED'],
      ['the customer’s', 'CUSTOMER_UNAVAILABLE', 170, 'SUCCESS'],
    ])('refunds a failed delivery only when it is the dairy’s fault: %s, %s', async (_, reason, balance, status) => {
      const customer = await customerWithBalance(app, 200);
      const courier = await aCourier(app);
      const { orderId, deliveryId } = await anOrder(app, { customer, status: 'PACKED', paymentMethod: 'WALLET' });
      await app.as('ADMIN').post('/delivery/assign', { orderId, courierId: courier.userId }).expect(201);
      await courier.patch('/delivery/update', { deliveryId, status: 'PICKED_UP' }).expect(200);
      await courier.patch('/delivery/update', { deliveryId, status: 'FAILED', reason }).expect(200);
      await app.settled();
      expect((await walletOf(customer)).balance).toBe(balance);
      expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CANCELLED', payment: { status } });
    });

    it('ends consistently whichever comes first, the payment or the cancellation', async () => {
      const customer = await customerWithBalance(app, 3_000);
      const orders = await Promise.all(Array.from({ length: 20 }, () => placeOrder(app, customer, milk)));
      const payments = await Promise.all(
        orders.map(async ({ orderId, amount }) => {
          const [payment] = await Promise.all([
            customer.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' }),
            customer.post('/order/cancel', { orderId }).expect(200),
          ]);
          return payment.status;
        }),
      );
      await app.settled();
      const { balance, entries } = await walletOf(customer);
      expect(balance).toBe(3_000);
      const paidFor = payments.filter((status) => status === 201).length;
      expect(entries.filter(([type]) => type === 'REFUND')).toHaveLength(paidFor);
      for (const { orderId } of orders)
        expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CANCELLED' });
    });
  });
});
