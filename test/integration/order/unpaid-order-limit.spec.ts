import { aProduct, orderRequest, type TestUser } from '../../support/fixtures/order-steps';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';

describe('the limit of unpaid orders', () => {
  let app: TestApp;
  let others: TestApp[];
  let milk: string;
  beforeAll(async () => {
    app = await TestApp.start();
    const sameTables = { TABLE_PREFIX: app.config.tablePrefix };
    others = [await TestApp.start(sameTables), await TestApp.start(sameTables)];
    milk = await aProduct(app, { productId: 'MILK', stock: 10_000 });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    for (const other of others) await other.stop();
    await app.stop();
  });

  const stockOfMilk = async () => Number((await app.stored('Products', { productId: milk }))?.stock);
  const place = (customer: TestUser) => customer.post('/order/create', orderRequest(app, milk));
  const placeMany = async (count: number, ...clients: readonly TestUser[]) => {
    const responses = await Promise.all(
      clients.flatMap((client) => Array.from({ length: count }, () => place(client))),
    );
    const placed = responses.filter(({ status }) => status === 201);
    const refused = responses.filter(({ status, body }) => status === 409 && body.code === 'order.too_many_unpaid');
    expect(placed.length + refused.length).toBe(count * clients.length);
    return placed.map(({ body }) => body as { orderId: string; amount: number });
  };
  /** The same customer at this task and at others. */
  const atAllTasks = (): [TestUser, TestUser, TestUser] => {
    const here = app.as('CUSTOMER');
    const [second, third] = others.map((other) => other.as('CUSTOMER', here.userId)) as [TestUser, TestUser];
    return [here, second, third];
  };

  it('holds for forty requests at once', async () => {
    const before = await stockOfMilk();
    const customer = app.as('CUSTOMER');
    expect(await placeMany(40, customer)).toHaveLength(10);
    expect(await stockOfMilk()).toBe(before - 10);
  });

  it('holds for many requests at once when some orders are unpaid already, and again after a cancellation', async () => {
    const customer = app.as('CUSTOMER');
    const [first] = await placeMany(7, customer);
    expect(await placeMany(20, customer)).toHaveLength(3);
    await customer.post('/order/cancel', { orderId: first?.orderId }).expect(200);
    expect(await placeMany(20, customer)).toHaveLength(1);
  });

  it('lets the first order of each other task pass, and no more', async () => {
    const [here, second, third] = atAllTasks();
    await place(second).expect(201);
    expect(await placeMany(20, here)).toHaveLength(10);
    await place(second).expect(409);
    await place(third).expect(201);
    for (const client of [here, second, third]) await place(client).expect(409);
  });

  it('is exceeded by at most one order for each other task, of many requests at once at all of them', async () => {
    const placed = await placeMany(20, ...atAllTasks());
    expect(placed.length).toBeGreaterThanOrEqual(10);
    expect(placed.length).toBeLessThanOrEqual(12);
  });

  it('is exceeded by as few when all tasks rewrite a list that is full of cancelled orders', async () => {
    const [here, second, third] = atAllTasks();
    const cancelled = await placeMany(12, here);
    for (const client of [second, third]) await place(client).expect(201);
    for (const { orderId } of cancelled) await here.post('/order/cancel', { orderId }).expect(200);
    // Two orders are unpaid, and each task has room for one that is not in the list.
    const placed = await placeMany(20, here, second, third);
    expect(placed.length).toBeGreaterThanOrEqual(8);
    expect(placed.length).toBeLessThanOrEqual(10);
  });

  it('counts an order that was paid or cancelled at another task no more', async () => {
    const [here, second] = atAllTasks();
    for (const { orderId, amount } of await placeMany(12, here)) {
      await second.post('/payment/pay', { orderId, amount, paymentMethod: 'COD' }).expect(201);
    }
    expect(await placeMany(12, here)).toHaveLength(10);
    await place(second).expect(201);
    await place(second).expect(409);
  });

  it('lets repeated requests with one key place one order, even at the limit', async () => {
    const customer = app.as('CUSTOMER');
    await placeMany(9, customer);
    const request = orderRequest(app, milk);
    const repeat = () => customer.post('/order/create', request).set('Idempotency-Key', 'the last one').expect(201);
    const responses = await Promise.all(Array.from({ length: 8 }, repeat));
    expect(new Set(responses.map(({ body }) => body.orderId as string)).size).toBe(1);
    await place(customer).expect(409);
  });

  it('takes one round trip, and five if the list is full but an order in it has ended', async () => {
    const customer = app.as('CUSTOMER');
    const order = () => customer.post('/order/create', orderRequest(app, milk));
    // The first request reads the catalogue.
    await app.http.get('/product/list').expect(200);
    jest.spyOn(app.clock, 'realNow').mockReturnValue(app.clock.realNow());
    for (let count = 0; count < 9; count++) {
      expect(await countRoundTrips(app, () => order().expect(201))).toBe(1);
    }
    const { body } = await order().expect(201);
    expect(await countRoundTrips(app, () => order().expect(409))).toBe(1);
    await customer.post('/order/cancel', { orderId: body.orderId }).expect(200);
    // The list still names the cancelled order: a transaction that fails, three reads, and one that succeeds.
    expect(await countRoundTrips(app, () => order().expect(201))).toBe(5);
  });

  it('keeps a list only of customers with several unpaid orders', async () => {
    const customer = app.as('CUSTOMER');
    const orderIds: string[] = [];
    const placeOne = async () => orderIds.push((await place(customer).expect(201)).body.orderId as string);
    const key = { userId: customer.userId };
    await placeOne();
    expect(await app.stored('UnpaidOrders', key)).toBeUndefined();
    await placeOne();
    expect(await app.stored('UnpaidOrders', key)).toMatchObject({ orderIds: new Set(orderIds) });
  });
});
