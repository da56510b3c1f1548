import { PaymentSettlement } from '../../../src/modules/payment';
import { SandboxRepository } from '../../../src/modules/payment/adapters/sandbox.repository';
import { PaymentGateway } from '../../../src/modules/payment/payment.gateway';
import { PaymentService } from '../../../src/modules/payment/payment.service';
import { aProduct, placeOrder, placePaidOrder, trackOrder } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

describe('payments', () => {
  let app: TestApp;
  let milk: string;
  beforeAll(async () => {
    app = await TestApp.start();
    milk = await aProduct(app, { productId: 'MILK', price: 30, stock: 1_000 });
  });
  afterAll(() => app.stop());

  const later = (minutes: number) => app.clock.setOffset(app.clock.offsetMilliseconds + minutes * 60_000);
  const reconcile = async () => {
    await app.get<PaymentSettlement>(PaymentSettlement).reconcile();
    await app.settled();
  };

  it.each(['CARD', 'UPI'])('confirm an order paid by %s', async (paymentMethod) => {
    const customer = app.as('CUSTOMER');
    const { orderId, paymentId, status } = await placePaidOrder(app, customer, milk, {
      paymentMethod,
      paymentToken: 'tok_ok',
    });
    expect(status).toBe('SUCCESS');
    expect(await trackOrder(customer, orderId)).toMatchObject({
      status: 'CONFIRMED',
      history: [{ status: 'CREATED' }, { status: 'CONFIRMED' }],
      payment: { paymentId, method: paymentMethod, status: 'SUCCESS' },
    });
    const stored = await app.stored('Orders', { orderId });
    expect(stored).not.toHaveProperty('unpaid');
    expect((await customer.get(`/payment/${paymentId}`).expect(200)).body).toMatchObject({ amount: 30, status });
    await app.as('CUSTOMER').get(`/payment/${paymentId}`).expect(404);
  });

  it('confirm a cash order, and are collected on delivery', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId, paymentId, status } = await placePaidOrder(app, customer, milk, { paymentMethod: 'COD' });
    expect(status).toBe('PENDING');
    expect(await trackOrder(customer, orderId)).toMatchObject({
      status: 'CONFIRMED',
      payment: { method: 'COD', status },
    });
    await customer.post('/order/cancel', { orderId }).expect(200);
    await app.settled();
    expect(await app.stored('Payments', { paymentId })).toMatchObject({ status: 'FAILED', reason: 'ORDER_CANCELLED' });
    expect(await trackOrder(customer, orderId)).toMatchObject({ payment: { status: 'FAILED' } });
  });

  it('can be tried again after a decline', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const pay = (paymentToken: string) =>
      customer.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD', paymentToken });
    expect((await pay('tok_declined').expect(201)).body).toMatchObject({ status: 'FAILED', reason: 'DECLINED' });
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CREATED', payment: { status: 'FAILED' } });
    expect((await pay('tok_ok').expect(201)).body.status).toBe('SUCCESS');
    expect((await pay('tok_ok').expect(409)).body.code).toBe('payment.already_paid');
  });

  it('charge once when an order is paid ten times at once', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => customer.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD' })),
    );
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { body } of responses.filter(({ status }) => status !== 201)) {
      expect((body as { code: string }).code).toMatch(/^payment\.(already_paid|in_progress)$/);
    }
  });

  it.each([
    ['a paisa too little', { amount: 29.99 }, 409, 'payment.amount_mismatch'],
    ['an unknown token', { paymentToken: 'tok_stolen' }, 400, 'request.invalid'],
    ['a token named after an object property', { paymentToken: 'valueOf' }, 400, 'request.invalid'],
    ['an unknown method', { paymentMethod: 'GOLD' }, 400, 'request.invalid'],
    ['an unknown order', { orderId: 'O01STRANGER' }, 404, 'order.not_found'],
  ])('are refused for %s, and move nothing', async (_, wrong, status, code) => {
    const customer = app.as('CUSTOMER');
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const { body } = await customer
      .post('/payment/pay', { orderId, amount, paymentMethod: 'CARD', ...wrong })
      .expect(status);
    expect(body.code).toBe(code);
    expect(await trackOrder(customer, orderId)).not.toHaveProperty('payment');
  });

  it('are refused for a cancelled order, and for another user’s order unless by an admin', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const body = { orderId, amount, paymentMethod: 'CARD' };
    expect((await app.as('CUSTOMER').post('/payment/pay', body).expect(404)).body.code).toBe('order.not_found');
    await app.as('ADMIN').post('/payment/pay', body).expect(201);
    expect(await app.stored('Orders', { orderId })).toMatchObject({ status: 'CONFIRMED', userId: customer.userId });
    const gone = await placeOrder(app, customer, milk);
    await customer.post('/order/cancel', { orderId: gone.orderId }).expect(200);
    const late = await customer.post('/payment/pay', { ...body, orderId: gone.orderId }).expect(409);
    expect(late.body.code).toBe('payment.order_not_payable');
  });

  it('replay the first response under the same Idempotency-Key', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const pay = () =>
      customer.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD' }).set('Idempotency-Key', 'pay-1');
    const first = await pay().expect(201);
    const second = await pay().expect(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
  });

  it('are refunded once when the order is cancelled', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId, paymentId } = await placePaidOrder(app, customer, milk);
    await customer.post('/order/cancel', { orderId }).expect(200);
    await app.settled();
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CANCELLED', payment: { status: 'REFUNDED' } });
    expect(await app.stored('Payments', { paymentId })).toMatchObject({ status: 'REFUNDED' });
    expect(await app.stored('SandboxCharges', { paymentId })).toMatchObject({ refunded: true });
  });

  it.each([
    ['tok_timeout_but_charged', 'SUCCESS', 'CONFIRMED'],
    ['tok_timeout_not_charged', 'FAILED', 'CREATED'],
  ])('are settled with the gateway after %s', async (paymentToken, ending, orderStatus) => {
    const customer = app.as('CUSTOMER');
    const { orderId, status } = await placePaidOrder(app, customer, milk, { paymentToken });
    expect(status).toBe('PENDING');
    later(3);
    await reconcile();
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: orderStatus, payment: { status: ending } });
  });

  it('stay FAILED when the charge arrives after the settlement, because NOT_CHARGED is final', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const gateway = app.get<PaymentGateway>(PaymentGateway);
    const charge = gateway.charge.bind(gateway);
    jest.spyOn(gateway, 'charge').mockImplementationOnce(async (wanted) => {
      later(3);
      await reconcile();
      return charge(wanted);
    });
    const { body } = await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD' }).expect(201);
    expect(body).toMatchObject({ status: 'FAILED' });
    expect(
      (await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD' }).expect(201)).body.status,
    ).toBe('SUCCESS');
  });

  it('can be made again after a late success was refunded', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId, amount, paymentId } = await placePaidOrder(app, customer, milk, { paymentToken: 'tok_declined' });
    const declined = await app.get<PaymentService>(PaymentService).get(paymentId);
    const books = app.get<SandboxRepository>(SandboxRepository);
    jest.spyOn(books, 'refund').mockResolvedValueOnce();
    await app.get<PaymentSettlement>(PaymentSettlement).settle(declined, { status: 'SUCCESS' });
    await app.settled();
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CREATED', payment: { status: 'REFUNDED' } });
    await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD' }).expect(201);
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CONFIRMED', payment: { status: 'SUCCESS' } });
  });

  it('are refunded when the order was cancelled in the meantime', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId, paymentId } = await placePaidOrder(app, customer, milk, {
      paymentToken: 'tok_timeout_but_charged',
    });
    await customer.post('/order/cancel', { orderId }).expect(200);
    later(3);
    await reconcile();
    expect(await app.stored('Payments', { paymentId })).toMatchObject({ status: 'REFUNDED' });
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CANCELLED', payment: { status: 'REFUNDED' } });
  });
});
