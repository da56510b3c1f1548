import { TestApp } from '../../support/test-app';

describe('products', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  const milk = { name: 'Full cream milk', price: 32.5, stock: 10, category: 'Milk', unit: '500 ml' };

  it('are visible as soon as an admin has added them', async () => {
    const added = await app
      .as('ADMIN')
      .post('/product/add', { ...milk, productId: 'P1' })
      .expect(201);
    expect(added.body).toMatchObject({ ...milk, productId: 'P1', version: 1 });
    expect(added.headers.etag).toBe('"1"');
    const shown = await app.http.get('/product/P1').expect(200);
    expect(shown.body).toEqual(added.body);
    const { body: list } = await app.http.get('/product/list').expect(200);
    expect(list).toEqual([added.body]);
    expect(await app.stored('Products', { productId: 'P1' })).toMatchObject({ price: 3250, stock: 10 });
  });

  it('have unique ids', async () => {
    await app
      .as('ADMIN')
      .post('/product/add', { ...milk, productId: 'P2' })
      .expect(201);
    const { body } = await app
      .as('ADMIN')
      .post('/product/add', { ...milk, productId: 'P2' })
      .expect(409);
    expect(body).toMatchObject({ code: 'product.id_taken', status: 409 });
  });

  it.each([
    ['a third decimal', { price: 1.005 }, 'price'],
    ['a price that is text', { price: '10' }, 'price'],
    ['half a bottle', { stock: 1.5 }, 'stock'],
    ['a negative stock', { stock: -1 }, 'stock'],
    ['an unknown field', { colour: 'white' }, 'colour'],
    ['a name of spaces', { name: '   ' }, 'name'],
    ['a control character', { name: 'Milk\u0007' }, 'name'],
    ['an invalid URL', { imageUrl: 'javascript:alert(1)' }, 'imageUrl'],
  ])('are refused with %s', async (_, wrong, field) => {
    const { body } = await app
      .as('ADMIN')
      .post('/product/add', { ...milk, ...wrong })
      .expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
  });

  it('can be changed by admins only', async () => {
    await app.http.post('/product/add', milk).expect(401);
    const { body } = await app.as('CUSTOMER').post('/product/add', milk).expect(403);
    expect(body.code).toBe('auth.forbidden');
  });

  it('are added once under one Idempotency-Key, with the same response', async () => {
    const admin = app.as('ADMIN');
    const once = (body: object) => admin.post('/product/add', body as never).set('Idempotency-Key', 'k1');
    const first = await once(milk).expect(201);
    const second = await once({ ...milk }).expect(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((await once({ ...milk, stock: 11 }).expect(422)).body.code).toBe('idempotency.key_reused');
  });

  it('require If-Match to be the latest version', async () => {
    const admin = app.as('ADMIN');
    await admin.post('/product/add', { ...milk, productId: 'P3' });
    const sell = (body: object, tag: string) =>
      admin.patch('/product/update', { productId: 'P3', ...body }).set('If-Match', tag);
    expect((await sell({ price: 33 }, '"1"').expect(200)).headers.etag).toBe('"2"');
    expect((await sell({ price: 34 }, '"1"').expect(412)).body.code).toBe('request.stale');
    expect((await sell({ stockDelta: 5 }, '"2"').expect(200)).headers.etag).toBe('"2"');
    expect((await app.http.get('/product/P3')).body).toMatchObject({ price: 33, stock: 15 });
    expect((await sell({}, '"2"').expect(400)).body.errors).toMatchObject([{ field: 'body' }]);
    await sell({ stock: 1, stockDelta: 1 }, '"2"').expect(400);
    expect((await sell({ stockDelta: -16 }, '"2"').expect(409)).body.code).toBe('product.stock_below_zero');
  });

  it('are changed once under one Idempotency-Key, with the same response', async () => {
    const admin = app.as('ADMIN');
    await admin.post('/product/add', { ...milk, productId: 'P6' }).expect(201);
    const restock = (stockDelta: number) =>
      admin.patch('/product/update', { productId: 'P6', stockDelta }).set('Idempotency-Key', 'restock');
    const first = await restock(20).expect(200);
    expect(first.body).toMatchObject({ stock: 30, version: 1 });
    await admin.patch('/product/update', { productId: 'P6', stockDelta: -1 }).expect(200);

    const again = await restock(20).expect(200);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect((await restock(30).expect(422)).body.code).toBe('idempotency.key_reused');
    expect((await app.http.get('/product/P6')).body).toMatchObject({ stock: 29 });
  });

  it('are not changed by a refused request, whose Idempotency-Key stays free', async () => {
    const admin = app.as('ADMIN');
    await admin.post('/product/add', { ...milk, productId: 'P7' }).expect(201);
    const take = () =>
      admin.patch('/product/update', { productId: 'P7', stockDelta: -11 }).set('Idempotency-Key', 'take');
    expect((await take().expect(409)).body.code).toBe('product.stock_below_zero');
    await admin.patch('/product/update', { productId: 'P7', stockDelta: 1 }).expect(200);
    expect((await take().expect(200)).body).toMatchObject({ stock: 0 });
  });

  it('lose an optional field by null, and keep the others', async () => {
    const admin = app.as('ADMIN');
    const optional = { unit: '1 l', description: 'Fresh', imageUrl: 'https://images.example/milk.jpg', taxRate: 5 };
    await admin.post('/product/add', { ...milk, ...optional, productId: 'P5' }).expect(201);
    const update = (change: object) => admin.patch('/product/update', { productId: 'P5', ...change });
    const { body } = await update({ taxRate: null, price: 40 }).expect(200);
    expect(body).toMatchObject({ unit: '1 l', description: 'Fresh', price: 40, version: 2 });
    expect(body).not.toHaveProperty('taxRate');
    const { body: bare } = await update({ unit: null, description: null, imageUrl: null }).expect(200);
    expect(bare).toEqual((await app.http.get('/product/P5').expect(200)).body);
    for (const field of Object.keys(optional)) expect(bare).not.toHaveProperty(field);
    expect(await app.stored('Products', { productId: 'P5' })).not.toHaveProperty('taxRate');
    await update({ taxRate: null }).expect(200);
  });

  it.each(['list', 'Price', 'undefined'])('cannot have the reserved id %s', async (productId) => {
    const { body } = await app
      .as('ADMIN')
      .post('/product/add', { ...milk, productId })
      .expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'productId' }] });
  });

  it('are hidden once withdrawn', async () => {
    const admin = app.as('ADMIN');
    await admin.post('/product/add', { ...milk, productId: 'P4' });
    await admin.patch('/product/update', { productId: 'P4', active: false }).expect(200);
    expect((await app.http.get('/product/P4').expect(404)).body.code).toBe('product.not_found');
  });

  it('are listed for admins, also once withdrawn', async () => {
    const admin = app.as('ADMIN');
    for (const productId of ['GHEE-1', 'GHEE-2']) {
      await admin.post('/product/add', { ...milk, name: productId, category: 'Ghee', productId }).expect(201);
    }
    await admin.patch('/product/update', { productId: 'GHEE-2', active: false, stockDelta: 5 }).expect(200);
    const listed = async (query: object) =>
      ((await admin.get('/admin/products', { category: 'ghee', ...query }).expect(200)).body as object[]).map(
        (product) => (product as { productId: string }).productId,
      );
    expect(await listed({})).toEqual(['GHEE-1', 'GHEE-2']);
    expect(await listed({ active: true })).toEqual(['GHEE-1']);
    expect(await listed({ active: false })).toEqual(['GHEE-2']);
    expect((await app.http.get('/product/list', { category: 'ghee' })).body).toHaveLength(1);
    await app.http.get('/product/list', { active: false }).expect(400);

    const { body, headers } = await admin.get('/admin/product/GHEE-2').expect(200);
    expect(body).toMatchObject({ productId: 'GHEE-2', active: false, stock: 15, version: 2 });
    expect(headers.etag).toBe('"2"');
    expect((await admin.get('/admin/product/GHEE-3').expect(404)).body.code).toBe('product.not_found');
  });

  it('are searched page by page in the requested order', async () => {
    const admin = app.as('ADMIN');
    for (const price of [30, 10, 20]) {
      await admin.post('/product/add', { ...milk, name: `Paneer ${price}`, category: 'Cheese', price }).expect(201);
    }
    const prices: number[] = [];
    let address: string | undefined = '/product/list?category=cheese&sort=-price&limit=2';
    while (address) {
      const page: { body: unknown; headers: Record<string, string> } = await app.http.get(address).expect(200);
      prices.push(...(page.body as { price: number }[]).map(({ price }) => price));
      address = /<(.*)>/.exec(page.headers.link ?? '')?.[1];
    }
    expect(prices).toEqual([30, 20, 10]);
    await app.http.get('/product/list?cursor=nonsense').expect(400);
    expect((await app.http.get('/product/list?q=PANEER&maxPrice=15')).body).toHaveLength(1);
  });

  it('are counted by category, without those withdrawn', async () => {
    const admin = app.as('ADMIN');
    for (const category of ['Lassi', 'lassi', 'Kulfi']) {
      await admin.post('/product/add', { ...milk, name: `Some ${category}`, category }).expect(201);
    }
    const { productId } = (await admin.post('/product/add', { ...milk, category: 'Withdrawn' }).expect(201)).body;
    await admin.patch('/product/update', { productId, active: false }).expect(200);
    const { body } = await app.http.get('/product/categories').expect(200);
    expect(body).toEqual(expect.arrayContaining([{ category: 'Kulfi', products: 1 }]));
    const categories = body as { category: string; products: number }[];
    const names = categories.map(({ category }) => category);
    expect(names).toEqual([...names].sort());
    expect(categories.filter(({ category }) => /lassi/i.test(category))).toMatchObject([{ products: 2 }]);
    expect(names).not.toContain('Withdrawn');
  });

  it('are found in every Unicode form of a search text', async () => {
    const name = 'K\u00E4se \uFF15\uFF10\uFF10 g';
    await app
      .as('ADMIN')
      .post('/product/add', { ...milk, name, category: 'Fr\u00FChst\u00FCck' })
      .expect(201);
    for (const query of [
      { q: 'Ka\u0308se 500' },
      { q: '\uFF2B\u00C4\uFF33\uFF25\u3000' },
      { category: 'Fru\u0308hstu\u0308ck ' },
    ]) {
      expect((await app.http.get('/product/list', query).expect(200)).body).toMatchObject([
        { name: 'K\u00E4se \uFF15\uFF10\uFF10 g' },
      ]);
    }
  });
});
