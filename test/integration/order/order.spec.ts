import {
  aProduct,
  inHours,
  orderRequest,
  placeOrder,
  placePaidOrder,
  trackOrder,
} from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

describe('orders', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  const stockOf = async (productId: string) => (await app.stored('Products', { productId }))?.stock;

  it('are placed from the cart, which is cleared, and take the stock', async () => {
    const customer = app.as('CUSTOMER');
    const milk = await aProduct(app, { productId: 'MILK', price: 32.5, stock: 10 });
    await customer.post('/cart/add', { productId: milk, qty: 3 }).expect(200);
    const { cartItems: _, ...rest } = orderRequest(app, milk);
    const { body: order } = await customer.post('/order/create', { ...rest, totalAmount: 97.5 }).expect(201);
    expect(order).toMatchObject({
      orderId: expect.stringMatching(/^O/),
      userId: customer.userId,
      status: 'CREATED',
      amount: 97.5,
      items: [{ productId: milk, qty: 3, price: 32.5, lineTotal: 97.5 }],
      history: [{ status: 'CREATED' }],
    });
    expect(await stockOf(milk)).toBe(7);
    expect((await app.http.get(`/product/${milk}`)).body.stock).toBe(7);
    expect((await customer.get('/cart/view')).body.items).toEqual([]);
    expect(await trackOrder(customer, order.orderId)).toEqual(order);
  });

  it('use the address of the profile, and are refused without any address', async () => {
    const milk = await aProduct(app, { productId: 'MILK2' });
    const { address: _, ...body } = orderRequest(app, milk);
    const { body: user } = await app.http
      .post('/user/register', {
        name: 'Asha',
        email: 'asha@example.com',
        password: 'test1234',
        address: '5 Ghee Street',
      })
      .expect(201);
    const asha = app.as('CUSTOMER', user.userId);
    expect((await asha.post('/order/create', body).expect(201)).body.address).toBe('5 Ghee Street');
    expect((await app.as('CUSTOMER').post('/order/create', body).expect(400)).body.code).toBe('order.address_missing');
  });

  it('sell exactly the ten units in stock to fifty concurrent buyers', async () => {
    const ghee = await aProduct(app, { productId: 'GHEE', stock: 10 });
    const responses = await Promise.all(
      Array.from({ length: 50 }, () => app.as('CUSTOMER').post('/order/create', orderRequest(app, ghee))),
    );
    const statuses = responses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(10);
    expect(statuses.filter((status) => status === 409)).toHaveLength(40);
    expect(responses.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'order.insufficient_stock' });
    expect(await stockOf(ghee)).toBe(0);
  });

  it('are refused with a list of all lines that are short, and take no stock', async () => {
    const [plenty, two, none] = await Promise.all([
      aProduct(app, { productId: 'PLENTY' }),
      aProduct(app, { productId: 'TWO', stock: 2 }),
      aProduct(app, { productId: 'NONE', stock: 0 }),
    ]);
    const cartItems = [plenty, two, none].map((productId) => ({ productId, qty: 3 }));
    const { body } = await app
      .as('CUSTOMER')
      .post('/order/create', { ...orderRequest(app, plenty), cartItems })
      .expect(409);
    expect(body).toMatchObject({
      code: 'order.insufficient_stock',
      lines: [
        { productId: two, requested: 3, available: 2 },
        { productId: none, requested: 3, available: 0 },
      ],
    });
    expect(await stockOf(plenty)).toBe(100);
  });

  it('are refused when the total differs, with both amounts', async () => {
    const milk = await aProduct(app, { productId: 'MILK3', price: 10 });
    const { body } = await app
      .as('CUSTOMER')
      .post('/order/create', { ...orderRequest(app, milk), totalAmount: 9.99 })
      .expect(409);
    expect(body).toMatchObject({ code: 'order.total_mismatch', given: 9.99, actual: 10 });
  });

  it('never use a price that another task has changed', async () => {
    const milk = await aProduct(app, { productId: 'MILK4', price: 10 });
    await app.http.get(`/product/${milk}`).expect(200);
    const other = await TestApp.start({ TABLE_PREFIX: app.config.tablePrefix });
    await other.as('ADMIN').patch('/product/update', { productId: milk, price: 12 }).expect(200);
    await other.stop();
    const request = orderRequest(app, milk);
    const refused = await app
      .as('CUSTOMER')
      .post('/order/create', { ...request, totalAmount: 10 })
      .expect(409);
    expect(refused.body).toMatchObject({ code: 'order.total_mismatch', given: 10, actual: 12 });
    expect((await app.as('CUSTOMER').post('/order/create', request).expect(201)).body.amount).toBe(12);
  });

  it('are refused while ten are unpaid, and accepted again once one is paid or cancelled', async () => {
    const customer = app.as('CUSTOMER');
    const milk = await aProduct(app, { productId: 'UNPAID' });
    const orders: { orderId: string; amount: number }[] = [];
    for (let count = 0; count < 10; count++) orders.push(await placeOrder(app, customer, milk));
    const place = () => customer.post('/order/create', orderRequest(app, milk));
    expect((await place().expect(409)).body).toMatchObject({ code: 'order.too_many_unpaid', atMost: 10 });
    expect(await stockOf(milk)).toBe(90);
    await app.as('CUSTOMER').post('/order/create', orderRequest(app, milk)).expect(201);
    await customer.post('/order/cancel', { orderId: orders[0]?.orderId }).expect(200);
    await place().expect(201);
    await place().expect(409);
    const { orderId, amount } = orders[1] as { orderId: string; amount: number };
    await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'COD' }).expect(201);
    await place().expect(201);
  });

  it('keep the tax rate as sold, even if it changes at the same moment elsewhere', async () => {
    const customer = app.as('CUSTOMER');
    const milk = await aProduct(app, { productId: 'TAXED' });
    const admin = app.as('ADMIN');
    await admin.patch('/product/update', { productId: milk, taxRate: 5 }).expect(200);
    const sold = await placeOrder(app, customer, milk);
    await app.http.get(`/product/${milk}`).expect(200);
    const other = await TestApp.start({ TABLE_PREFIX: app.config.tablePrefix });
    await other.as('ADMIN').patch('/product/update', { productId: milk, taxRate: 0 }).expect(200);
    await other.stop();
    const next = await placeOrder(app, customer, milk);
    expect(await trackOrder(customer, sold.orderId)).toMatchObject({ items: [{ productId: milk, taxRate: 5 }] });
    expect(await trackOrder(customer, next.orderId)).toMatchObject({ items: [{ productId: milk, taxRate: 0 }] });
  });

  it('are placed once under one Idempotency-Key, even when sent five times at once or with an empty cart', async () => {
    const customer = app.as('CUSTOMER');
    const milk = await aProduct(app, { productId: 'MILK5', stock: 10 });
    await customer.post('/cart/add', { productId: milk, qty: 2 });
    const { cartItems: _, ...body } = orderRequest(app, milk);
    const send = () => customer.post('/order/create', body).set('Idempotency-Key', 'breakfast');
    const responses = await Promise.all(Array.from({ length: 5 }, send));
    responses.push(await send());
    const created = responses.filter(({ status }) => status === 201);
    expect(new Set(created.map((answer) => (answer.body as { orderId: string }).orderId)).size).toBe(1);
    expect(created.length).toBe(6);
    expect(responses.at(-1)?.headers['idempotency-replayed']).toBe('true');
    expect(await stockOf(milk)).toBe(8);
    const other = await customer.post('/order/create', orderRequest(app, milk, 3)).set('Idempotency-Key', 'breakfast');
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.key_reused' } });
  });

  it.each([
    ['a slot in the past', { deliverySlot: '2020-01-01T00:00:00Z' }, 'order.slot_too_soon', 'deliverySlot'],
    ['a slot without its offset', { deliverySlot: '2026-12-01T07:00:00' }, 'request.invalid', 'deliverySlot'],
    ['an invalid date', { deliverySlot: '2026-02-30T07:00:00Z' }, 'request.invalid', 'deliverySlot'],
    ['no lines', { cartItems: [] }, 'request.invalid', 'cartItems'],
    ['lines that are not a list', { cartItems: 'milk' }, 'request.invalid', 'cartItems'],
    ['a null line', { cartItems: [null] }, 'request.invalid', 'cartItems'],
    ['a line that is a list', { cartItems: [[]] }, 'request.invalid', 'cartItems'],
    [
      'a product id named after an object property',
      { cartItems: [{ productId: 'constructor', qty: 1 }] },
      'request.invalid',
      'cartItems.0.productId',
    ],
    ['half a bottle', { cartItems: [{ productId: 'MILK', qty: 0.5 }] }, 'request.invalid', 'cartItems.0.qty'],
    [
      'a product id of 10,000 characters',
      { cartItems: [{ productId: 'x'.repeat(10_000), qty: 1 }] },
      'request.invalid',
      'cartItems.0.productId',
    ],
    ['a total with three decimals', { totalAmount: 1.005 }, 'request.invalid', 'totalAmount'],
    ['an address of 301 characters', { address: 'x'.repeat(301) }, 'request.invalid', 'address'],
    ['a status', { status: 'DELIVERED' }, 'request.invalid', 'status'],
  ])('are refused with %s', async (_, wrong, code, field) => {
    const { body } = await app
      .as('CUSTOMER')
      .post('/order/create', { ...orderRequest(app, 'MILK'), ...wrong })
      .expect(400);
    expect(body).toMatchObject({ code, errors: [{ field }] });
  });

  it('are refused for an empty cart or an unknown product', async () => {
    const { cartItems: _, ...body } = orderRequest(app, 'MILK');
    expect((await app.as('CUSTOMER').post('/order/create', body).expect(400)).body.code).toBe('order.empty');
    const unknown = await app.as('CUSTOMER').post('/order/create', orderRequest(app, 'UNKNOWN')).expect(404);
    expect(unknown.body).toMatchObject({ code: 'product.not_found', errors: [{ field: 'cartItems' }] });
  });

  it('are visible to their customer and to admins only', async () => {
    const milk = await aProduct(app, { productId: 'MILK6' });
    const customer = app.as('CUSTOMER');
    const { orderId } = await placeOrder(app, customer, milk);
    await app.as('ADMIN').get('/order/track', { orderId }).expect(200);
    for (const stranger of [app.as('CUSTOMER'), app.as('COURIER')]) {
      expect((await stranger.get('/order/track', { orderId }).expect(404)).body.code).toBe('order.not_found');
      await stranger.post('/order/cancel', { orderId }).expect(404);
    }
  });

  it('are listed for a customer by local date and status, page by page', async () => {
    const milk = await aProduct(app, { productId: 'MILK7' });
    const customer = app.as('CUSTOMER');
    for (const hours of [24, 48, 72]) {
      await customer
        .post('/order/create', { ...orderRequest(app, milk), deliverySlot: inHours(app, hours) })
        .expect(201);
    }
    const first = await customer.get('/order/list', { limit: 2 }).expect(200);
    expect(first.body).toHaveLength(2);
    const next = /<(.*)>; rel="next"/.exec(first.headers.link as string)?.[1] as string;
    expect((await customer.get(next).expect(200)).body).toHaveLength(1);
    const date = (hours: number) =>
      new Intl.DateTimeFormat('en-CA', { timeZone: app.config.zone }).format(new Date(inHours(app, hours)));
    const middle = await customer.get('/order/list', { from: date(48), to: date(48) }).expect(200);
    expect(middle.body).toHaveLength(1);
    expect((await customer.get('/order/list', { status: 'PACKED' })).body).toEqual([]);
    await customer.get('/order/list', { from: date(48), to: date(24) }).expect(400);
    await customer.get('/order/list', { status: 'LOST' }).expect(400);
    expect((await customer.get('/order/list', { from: '8999-12-31' }).expect(200)).body).toEqual([]);
    await customer.get('/order/list', { from: '9999-12-31' }).expect(400);
  });

  describe('cancelling', () => {
    it('returns stock and ends the order, once', async () => {
      const milk = await aProduct(app, { productId: 'MILK8', stock: 10 });
      const customer = app.as('CUSTOMER');
      const { orderId } = await placeOrder(app, customer, milk, 4);
      const responses = await Promise.all(
        Array.from({ length: 5 }, () => customer.post('/order/cancel', { orderId, reason: 'Away' })),
      );
      expect(responses.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
      expect(await stockOf(milk)).toBe(10);
      expect((await app.http.get(`/product/${milk}`)).body.stock).toBe(10);
      expect(await trackOrder(customer, orderId)).toMatchObject({
        status: 'CANCELLED',
        history: [{ status: 'CREATED' }, { status: 'CANCELLED', reason: 'Away' }],
      });
    });

    it('is allowed for the customer until the order is packed, and for an admin after that', async () => {
      const milk = await aProduct(app, { productId: 'MILK9', stock: 10 });
      const customer = app.as('CUSTOMER');
      const { orderId } = await placePaidOrder(app, customer, milk, { paymentMethod: 'COD' });
      await app.settled();
      await app.as('ADMIN').patch('/admin/order/status', { orderId, status: 'PACKED' }).expect(200);
      const late = await customer.post('/order/cancel', { orderId }).expect(409);
      expect(late.body).toMatchObject({ code: 'order.illegal_transition', from: 'PACKED' });
      await app.as('ADMIN').post('/order/cancel', { orderId }).expect(200);
      expect(await stockOf(milk)).toBe(10);
    });
  });
});
