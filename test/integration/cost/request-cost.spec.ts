import { CartEventRelay } from '../../../src/modules/cart/cart-event-relay.service';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, customerWithBalance, orderRequest, placeOrder } from '../../support/fixtures/order-steps';
import { aCourier, anOrder } from '../../support/fixtures/orders';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TUESDAY_MORNING } from '../../support/fixtures/subscriptions';
import { TestApp } from '../../support/test-app';
import { WriteUnitCounter } from '../../support/measure/write-units';

/** Counts the DynamoDB calls and write units of requests. */
describe('the cost of a request', () => {
  let app: TestApp;
  let milk: string;
  let curd: string;
  beforeAll(async () => {
    // In the morning, because an order of the evening is not on the route sheet of today.
    app = await TestApp.start({}, { clock: new FixedBusinessClock(TUESDAY_MORNING) });
    milk = await aProduct(app, { productId: 'MILK' });
    curd = await aProduct(app, { productId: 'CURD' });
    await app.http.get('/product/list');
  });
  afterAll(() => app.stop());

  // A cart is tidied up to five seconds after its last change. A slow machine must not change the counts of other tests.
  beforeEach(() => {
    jest.spyOn(app.get<CartEventRelay>(CartEventRelay), 'removeRelayed' as never).mockResolvedValue(undefined as never);
  });

  const registered = async (name: string) => {
    const account = { name, email: `${name}@example.com`, password: 'test1234', address: '1 Dairy Lane' };
    const { body } = await app.http.post('/user/register', account).expect(201);
    return { ...account, customer: app.as('CUSTOMER', (body as { userId: string }).userId) };
  };

  it('is zero reads for products in memory', async () => {
    expect(await countRoundTrips(app, () => app.http.get('/product/list').expect(200))).toBe(0);
    expect(await countRoundTrips(app, () => app.http.get(`/product/${milk}`).expect(200))).toBe(0);
  });

  it('is one round trip each for profile, cart and order', async () => {
    const { customer } = await registered('asha');
    const { orderId } = await placeOrder(app, customer, milk);
    expect(await countRoundTrips(app, () => customer.get('/user/profile').expect(200))).toBe(1);
    expect(await countRoundTrips(app, () => customer.get('/cart/view').expect(200))).toBe(1);
    expect(await countRoundTrips(app, () => customer.get('/order/track', { orderId }).expect(200))).toBe(1);
  });

  it('is one round trip to add to the cart, and two the first time', async () => {
    const customer = app.as('CUSTOMER');
    const add = () => customer.post('/cart/add', { productId: milk, qty: 1 }).expect(200);
    expect(await countRoundTrips(app, add)).toBe(2);
    expect(await countRoundTrips(app, add)).toBe(1);
  });

  it('is one transaction for an order, after one read of cart and address', async () => {
    const order = orderRequest(app, milk);
    const { customer } = await registered('birbal');
    expect(await countRoundTrips(app, () => customer.post('/order/create', order).expect(201))).toBe(1);
    const { customer: another } = await registered('bhavna');
    const withKey = () => another.post('/order/create', order).set('Idempotency-Key', 'k').expect(201);
    expect(await countRoundTrips(app, withKey)).toBe(1);
    const { customer: shopper } = await registered('bela');
    await shopper.post('/cart/add', { productId: milk, qty: 1 });
    const fromCart = { deliverySlot: order.deliverySlot };
    expect(await countRoundTrips(app, () => shopper.post('/order/create', fromCart).expect(201))).toBe(2);
  });

  it('is one transaction too for an order of a customer with unpaid orders', async () => {
    const customer = app.as('CUSTOMER');
    const order = orderRequest(app, milk);
    await customer.post('/order/create', order).expect(201);
    expect(await countRoundTrips(app, () => customer.post('/order/create', order).expect(201))).toBe(1);
  });

  it.each([
    ['COD', 1],
    ['WALLET', 1],
    ['CARD', 2],
  ])('is, when paying by %s, %i round trips', async (paymentMethod, trips) => {
    const customer = await customerWithBalance(app, 500);
    const { orderId, amount } = await placeOrder(app, customer, milk);
    const pay = () => customer.post('/payment/pay', { orderId, amount, paymentMethod }).expect(201);
    expect(await countRoundTrips(app, pay)).toBe(trips);
  });

  it('is two round trips for the wallet payment that crosses the threshold', async () => {
    const customer = await customerWithBalance(app, 140);
    const pay = async () => {
      const { orderId, amount } = await placeOrder(app, customer, milk);
      const body = { orderId, amount, paymentMethod: 'WALLET' };
      return countRoundTrips(app, () => customer.post('/payment/pay', body).expect(201));
    };
    expect([await pay(), await pay(), await pay()]).toEqual([1, 2, 1]);
  });

  it('is one round trip each for wallet and ledger, and two for a top-up', async () => {
    const customer = app.as('CUSTOMER');
    const topUp = () => customer.post('/wallet/topup', { amount: 100, paymentMethod: 'UPI' }).expect(201);
    expect(await countRoundTrips(app, topUp)).toBe(2);
    expect(await countRoundTrips(app, () => customer.get('/wallet/view').expect(200))).toBe(1);
    expect(await countRoundTrips(app, () => customer.get('/wallet/ledger').expect(200))).toBe(1);
  });

  it('is six round trips for a route sheet of up to a hundred deliveries, and seven if it gets a number', async () => {
    const courier = await aCourier(app);
    const { orderId } = await anOrder(app);
    await app.as('ADMIN').post('/delivery/assign', { orderId, courierId: courier.userId }).expect(201);
    await app.settled();
    const get = () => courier.get('/delivery/manifest').expect(200);
    // One of them checks that the token of the courier has not been revoked.
    expect([await countRoundTrips(app, get), await countRoundTrips(app, get)]).toEqual([7, 6]);
  });

  it('is three round trips to sign in', async () => {
    const { email, password } = await registered('chandra');
    const login = () => app.http.post('/user/login', { email, password }).expect(200);
    expect(await countRoundTrips(app, login)).toBeLessThanOrEqual(3);
  });

  it('is 13 write units for a wallet payment', async () => {
    const customer = await customerWithBalance(app, 500);
    const { orderId, amount } = await placeOrder(app, customer, milk);
    await app.settled();
    const units = await WriteUnitCounter.start(app);
    await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' }).expect(201);
    await app.settled();
    const spent = units.stop();
    expect({ spent, writes: units.notes }).toEqual({ spent: 13, writes: expect.any(Array) });
  });

  it('is 31 write units for a card purchase of two lines, from cart to confirmation', async () => {
    const { customer } = await registered('devi');
    await customer.post('/cart/add', { productId: milk, qty: 1 }).expect(200);
    await customer.delete('/cart/clear').expect(200);
    await app.settled();

    const units = await WriteUnitCounter.start(app);
    await customer.post('/cart/add', { productId: milk, qty: 2 }).expect(200);
    await customer.post('/cart/add', { productId: curd, qty: 1 }).expect(200);
    const { deliverySlot } = orderRequest(app, milk);
    const { body: order } = await customer.post('/order/create', { deliverySlot }).expect(201);
    const { orderId, amount } = order as { orderId: string; amount: number };
    await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD' }).expect(201);
    await app.settled();
    const spent = units.stop();
    expect({ spent, writes: units.notes }).toEqual({ spent: 31, writes: expect.any(Array) });
  });
});
