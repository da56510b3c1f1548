import { ReconciliationService } from '../../../src/modules/reconciliation';
import { EventRecorder } from '../../support/measure/event-recorder';
import {
  aProduct,
  placeOrder,
  placePaidOrder,
  type TestUser,
  trackOrder,
  walletOf,
} from '../../support/fixtures/order-steps';
import type { StripeFake } from '../../support/fakes/stripe-fake';
import { TestApp } from '../../support/test-app';
import { startWithStripe } from './start-with-stripe';

const METHODS = ['CARD', 'UPI', 'WALLET', 'COD'];

describe.each(['sandbox', 'stripe'])('an order of 0, with the %s gateway', (gateway) => {
  let app: TestApp;
  let stripe: StripeFake | undefined;
  let gift: string;
  beforeAll(async () => {
    if (gateway === 'stripe') ({ app, stripe } = await startWithStripe());
    else app = await TestApp.start({}, { providers: [EventRecorder] });
    gift = await aProduct(app, { productId: 'GIFT', price: 0, stock: 1_000 });
  });
  afterAll(async () => {
    await app.stop();
    await stripe?.stop();
  });

  const gatewayCalls = async () => stripe?.calls.length ?? (await app.allStored('SandboxCharges')).length;
  const violations = async () => (await app.get<ReconciliationService>(ReconciliationService).run()).violations;
  const untouchedWallet = async (customer: TestUser) =>
    expect(await walletOf(customer)).toEqual({ balance: 0, entries: [] });

  it.each(METHODS)('is confirmed at once by %s: no token, no charge, no ledger entry', async (paymentMethod) => {
    const customer = app.as('CUSTOMER');
    const before = await gatewayCalls();
    const { orderId, paymentId, status } = await placePaidOrder(app, customer, gift, { paymentMethod });
    expect(status).toBe('SUCCESS');
    await app.settled();
    expect(await trackOrder(customer, orderId)).toMatchObject({
      status: 'CONFIRMED',
      payment: { paymentId, method: paymentMethod, status: 'SUCCESS' },
    });
    expect(await app.stored('Payments', { paymentId })).not.toHaveProperty('pending');
    expect(await gatewayCalls()).toBe(before);
    await untouchedWallet(customer);
    const again = await customer.post('/payment/pay', { orderId, amount: 0, paymentMethod }).expect(409);
    expect(again.body.code).toBe('payment.already_paid');
    expect(await violations()).toEqual([]);
  });

  it.each(METHODS)('is cancelled without moving money, by %s', async (paymentMethod) => {
    const customer = app.as('CUSTOMER');
    const before = await gatewayCalls();
    const { orderId, paymentId } = await placePaidOrder(app, customer, gift, { paymentMethod });
    await customer.post('/order/cancel', { orderId }).expect(200);
    await app.settled();
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CANCELLED', payment: { status: 'REFUNDED' } });
    expect(await app.stored('Payments', { paymentId })).toMatchObject({ status: 'REFUNDED' });
    expect(await gatewayCalls()).toBe(before);
    await untouchedWallet(customer);
    expect(await violations()).toEqual([]);
  });

  it('is paid once, however many requests pay it at the same time', async () => {
    const customer = app.as('CUSTOMER');
    const { orderId } = await placeOrder(app, customer, gift);
    const responses = await Promise.all(
      METHODS.map((paymentMethod) => customer.post('/payment/pay', { orderId, amount: 0, paymentMethod })),
    );
    expect(responses.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
  });

  it('cannot be claimed for an order that has a price', async () => {
    const milk = await aProduct(app, { productId: 'MILK', price: 30 });
    const customer = app.as('CUSTOMER');
    const { orderId } = await placeOrder(app, customer, milk);
    for (const paymentMethod of METHODS) {
      const { body } = await customer.post('/payment/pay', { orderId, amount: 0, paymentMethod }).expect(409);
      expect(body.code).toBe('payment.amount_mismatch');
    }
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CREATED' });
  });
});

describe('payments that people repeat', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({}, { providers: [EventRecorder] })));
  afterAll(() => app.stop());

  it('can succeed after many declined attempts, even if the product was withdrawn meanwhile', async () => {
    const milk = await aProduct(app, { productId: 'MILK', price: 30 });
    const customer = app.as('CUSTOMER');
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const pay = (paymentToken: string) =>
      customer.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD', paymentToken }).expect(201);
    for (let attempt = 0; attempt < 4; attempt++) expect((await pay('tok_declined')).body.status).toBe('FAILED');
    await app.as('ADMIN').patch('/product/update', { productId: milk, active: false }).expect(200);
    expect((await pay('tok_ok')).body.status).toBe('SUCCESS');
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'CONFIRMED', payment: { status: 'SUCCESS' } });
  });

  it('refuse a top-up of 0', async () => {
    const { body } = await app.as('CUSTOMER').post('/wallet/topup', { amount: 0, paymentMethod: 'UPI' }).expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'amount' }] });
  });

  it('need no cash for a delivered order of 0', async () => {
    const gift = await aProduct(app, { productId: 'GIFT', price: 0 });
    const customer = app.as('CUSTOMER');
    const { orderId } = await placePaidOrder(app, customer, gift, { paymentMethod: 'COD' });
    await app.settled();
    const admin = app.as('ADMIN');
    await admin.patch('/admin/order/status', { orderId, status: 'PACKED' }).expect(200);
    const { delivery } = (await trackOrder(customer, orderId)) as unknown as { delivery: { deliveryId: string } };
    for (const status of ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED']) {
      await admin.patch('/delivery/update', { deliveryId: delivery.deliveryId, status }).expect(200);
    }
    await app.settled();
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'DELIVERED', payment: { status: 'SUCCESS' } });
    const types = app.get<EventRecorder>(EventRecorder).typesOf(orderId);
    expect(types.filter((type) => type === 'payment.succeeded')).toHaveLength(1);
    expect((await admin.get('/admin/books').expect(200)).body).toMatchObject({ balanced: true });
  });
});
