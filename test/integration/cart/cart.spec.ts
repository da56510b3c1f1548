import { IdleMonitor } from '../../../src/platform/idle-monitor';
import { TestApp } from '../../support/test-app';

describe('the cart', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
    const admin = app.as('ADMIN');
    for (const productId of ['MILK', 'CURD']) {
      await admin
        .post('/product/add', { productId, name: productId.toLowerCase(), price: 30.25, stock: 100, category: 'Dairy' })
        .expect(201);
    }
  });
  afterAll(() => app.stop());

  it('adds to existing lines, and shows current prices', async () => {
    const customer = app.as('CUSTOMER');
    await customer.post('/cart/add', { productId: 'MILK', qty: 2 }).expect(200);
    await customer.post('/cart/add', { productId: 'CURD', qty: 1 }).expect(200);
    const { body } = await customer.post('/cart/add', { productId: 'MILK', qty: 3 }).expect(200);
    expect(body).toMatchObject({
      items: expect.arrayContaining([
        { productId: 'MILK', qty: 5, name: 'milk', price: 30.25, lineTotal: 151.25, available: true },
        { productId: 'CURD', qty: 1, name: 'curd', price: 30.25, lineTotal: 30.25, available: true },
      ]),
      totalAmount: 181.5,
      version: 3,
    });
    expect((await customer.get('/cart/view').expect(200)).body).toEqual(body);
    await app.settled();
    expect(await app.stored('Carts', { userId: customer.userId })).toMatchObject({
      items: { MILK: 5, CURD: 1 },
      totalAmount: 18150,
    });
  });

  it('removes relayed events with its next write', async () => {
    const customer = app.as('CUSTOMER');
    const add = () => customer.post('/cart/add', { productId: 'MILK', qty: 1 }).expect(200);
    const unsent = async () => {
      const cart = await app.stored('Carts', { userId: customer.userId });
      return Object.keys(cart?.unsent as object);
    };
    await add();
    await add();
    const first = await unsent();
    expect(first).toHaveLength(2);
    await app.settled();
    await add();
    expect(await unsent()).toHaveLength(1);
    expect(first).not.toContain((await unsent())[0]);
  });

  it('is settled after a refused write, and still removes relayed events with its next write', async () => {
    const customer = app.as('CUSTOMER');
    const add = (qty: number) => customer.post('/cart/add', { productId: 'MILK', qty });
    await add(1).expect(200);
    await app.settled();
    await add(1_000).expect(409);
    expect(await app.get<IdleMonitor>(IdleMonitor).findBusyComponent()).toBeUndefined();
    await add(1).expect(200);
    const cart = await app.stored('Carts', { userId: customer.userId });
    expect(Object.keys(cart?.unsent as object)).toHaveLength(1);
  });

  it('loses none of twenty concurrent additions', async () => {
    const customer = app.as('CUSTOMER');
    await Promise.all(
      Array.from({ length: 20 }, () => customer.post('/cart/add', { productId: 'MILK', qty: 1 }).expect(200)),
    );
    expect((await customer.get('/cart/view')).body).toMatchObject({ items: [{ qty: 20 }], version: 20 });
  });

  it('requires the latest version to set, remove and clear lines', async () => {
    const customer = app.as('CUSTOMER');
    await customer.post('/cart/add', { productId: 'MILK', qty: 2 });
    const set = (qty: number, tag: string) =>
      customer.patch('/cart/update', { productId: 'MILK', qty }).set('If-Match', tag);
    expect((await set(4, '"1"').expect(200)).body.items).toMatchObject([{ qty: 4 }]);
    expect((await set(5, '"1"').expect(412)).body.code).toBe('request.stale');
    expect((await set(0, '"2"').expect(200)).body).toMatchObject({ items: [], totalAmount: 0 });
    await customer.patch('/cart/update', { productId: 'CURD', qty: 1 }).expect(200);
    expect((await customer.delete('/cart/clear').expect(200)).body).toMatchObject({ items: [], totalAmount: 0 });
  });

  it('flags withdrawn products, and excludes them from the total', async () => {
    const customer = app.as('CUSTOMER');
    await app
      .as('ADMIN')
      .post('/product/add', { productId: 'GHEE', name: 'Ghee', price: 500, stock: 5, category: 'Ghee' });
    await customer.post('/cart/add', { productId: 'GHEE', qty: 1 }).expect(200);
    await app.as('ADMIN').patch('/product/update', { productId: 'GHEE', active: false }).expect(200);
    expect((await customer.get('/cart/view')).body).toMatchObject({
      items: [{ productId: 'GHEE', available: false, lineTotal: 0 }],
      totalAmount: 0,
    });
    expect((await customer.post('/cart/add', { productId: 'GHEE', qty: 1 }).expect(404)).body).toMatchObject({
      code: 'product.not_found',
      errors: [{ field: 'productId' }],
    });
  });

  it('holds at most fifty products and a thousand of each', async () => {
    const customer = app.as('CUSTOMER');
    await customer.post('/cart/add', { productId: 'MILK', qty: 1000 }).expect(200);
    expect((await customer.post('/cart/add', { productId: 'MILK', qty: 1 }).expect(409)).body.code).toBe(
      'cart.quantity_too_large',
    );
    for (let i = 0; i < 49; i++) {
      const productId = `EXTRA${i}`;
      await app.as('ADMIN').post('/product/add', { productId, name: productId, price: 1, stock: 1, category: 'Extra' });
      await customer.post('/cart/add', { productId, qty: 1 }).expect(200);
    }
    expect((await customer.post('/cart/add', { productId: 'CURD', qty: 1 }).expect(409)).body.code).toBe('cart.full');
    expect((await customer.patch('/cart/update', { productId: 'CURD', qty: 1 }).expect(409)).body.code).toBe(
      'cart.full',
    );
  });

  it.each([0, -1, 1.5, 1001, '2', null, 1e21])('refuses a quantity of %p', async (qty) => {
    const { body } = await app.as('CUSTOMER').post('/cart/add', { productId: 'MILK', qty }).expect(400);
    expect(body.errors).toMatchObject([{ field: 'qty' }]);
  });

  it('belongs to its user; an admin may act for an existing user', async () => {
    const account = { name: 'Asha', email: 'asha@example.com', password: 'test1234' };
    const { userId } = (await app.http.post('/user/register', account).expect(201)).body as { userId: string };
    const other = await app.as('CUSTOMER').post('/cart/add', { userId, productId: 'MILK', qty: 1 }).expect(403);
    expect(other.body.code).toBe('auth.not_owner');
    await app.as('ADMIN').post('/cart/add', { userId, productId: 'MILK', qty: 1 }).expect(200);
    expect((await app.as('CUSTOMER', userId).get('/cart/view')).body.items).toHaveLength(1);
    expect((await app.as('ADMIN').get('/cart/view', { userId })).body.items).toHaveLength(1);
    const typo = await app.as('ADMIN').post('/cart/add', { userId: 'UNOBODY', productId: 'MILK', qty: 1 }).expect(404);
    expect(typo.body.code).toBe('user.not_found');
  });
});
