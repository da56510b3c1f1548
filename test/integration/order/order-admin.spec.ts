import { orderNumberOf } from '../../../src/kernel/ids';
import {
  aProduct,
  inHours,
  orderRequest,
  placeOrder,
  placePaidOrder,
  type TestUser,
  trackOrder,
} from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

describe('order administration', () => {
  let app: TestApp;
  let admin: TestUser;
  let customer: TestUser;
  beforeAll(async () => {
    app = await TestApp.start();
    admin = app.as('ADMIN');
    customer = app.as('CUSTOMER');
    await aProduct(app, { productId: 'MILK', stock: 1000 });
  });
  afterAll(() => app.stop());

  const confirmed = () => placePaidOrder(app, customer, 'MILK', { paymentMethod: 'COD' });
  const setStatus = (body: object) => admin.patch('/admin/order/status', body as never);

  it('packs a confirmed order, and returns it with its new version', async () => {
    const { orderId } = await confirmed();
    const { body, headers } = await setStatus({ orderId, status: 'PACKED' }).expect(200);
    expect(body).toMatchObject({ orderId, status: 'PACKED' });
    expect(headers.etag).toBe(`"${body.version}"`);
    expect(await trackOrder(customer, orderId)).toMatchObject({ status: 'PACKED' });
  });

  it('packs confirmed orders only', async () => {
    const { orderId } = await placeOrder(app, customer, 'MILK');
    const { body } = await setStatus({ orderId, status: 'PACKED' }).expect(409);
    expect(body).toMatchObject({ code: 'order.illegal_transition', from: 'CREATED', to: 'PACKED' });
  });

  it('packs an order once when two admins try at once', async () => {
    const { orderId } = await confirmed();
    await app.settled();
    const responses = await Promise.all(Array.from({ length: 5 }, () => setStatus({ orderId, status: 'PACKED' })));
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    const { history } = await trackOrder(customer, orderId);
    expect(history).toHaveLength(3);
  });

  it('packs while the delivery is being assigned', async () => {
    const orders = await Promise.all(Array.from({ length: 5 }, confirmed));
    const responses = await Promise.all(orders.map(({ orderId }) => setStatus({ orderId, status: 'PACKED' })));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  it('requires If-Match to be the latest version', async () => {
    const { orderId } = await confirmed();
    await app.settled();
    const version: number = (await trackOrder(customer, orderId)).version ?? 0;
    for (const status of ['PACKED', 'CANCELLED']) {
      const { body } = await setStatus({ orderId, status }).set('If-Match', '"1"').expect(412);
      expect(body.code).toBe('request.stale');
    }
    await setStatus({ orderId, status: 'PACKED' }).set('If-Match', `"${version}"`).expect(200);
    await setStatus({ orderId, status: 'CANCELLED' })
      .set('If-Match', `"${version + 1}"`)
      .expect(200);
  });

  it('cancels a packed order, and returns its stock', async () => {
    const before = (await app.stored('Products', { productId: 'MILK' }))?.stock;
    const { orderId } = await confirmed();
    await setStatus({ orderId, status: 'PACKED' }).expect(200);
    const { body } = await setStatus({ orderId, status: 'CANCELLED' }).expect(200);
    expect(body.status).toBe('CANCELLED');
    expect(body.history[3]).toMatchObject({ status: 'CANCELLED', reason: 'CANCELLED_BY_DAIRY' });
    expect((await app.stored('Products', { productId: 'MILK' }))?.stock).toBe(before);
  });

  it.each(['CREATED', 'CONFIRMED', 'DISPATCHED', 'DELIVERED'])('refuses to set the status %s', async (status) => {
    const { orderId } = await confirmed();
    expect((await setStatus({ orderId, status }).expect(409)).body.code).toBe('order.illegal_transition');
  });

  it('returns the result of each order of a batch', async () => {
    const [first, second] = [await confirmed(), await confirmed()];
    const unpaid = await placeOrder(app, customer, 'MILK');
    const orderIds = [first.orderId, unpaid.orderId, 'NONE', second.orderId, first.orderId];
    const { body } = await setStatus({ orderIds, status: 'PACKED' }).expect(200);
    expect(body).toEqual([
      { orderId: first.orderId, orderNumber: orderNumberOf(first.orderId), status: 'PACKED' },
      {
        orderId: unpaid.orderId,
        orderNumber: orderNumberOf(unpaid.orderId),
        code: 'order.illegal_transition',
        detail: expect.stringContaining('CREATED'),
      },
      { orderId: 'NONE', orderNumber: orderNumberOf('NONE'), code: 'order.not_found', detail: expect.any(String) },
      { orderId: second.orderId, orderNumber: orderNumberOf(second.orderId), status: 'PACKED' },
    ]);
    const cancelled = await setStatus({ orderIds: [first.orderId, second.orderId], status: 'CANCELLED' }).expect(200);
    expect(cancelled.body).toHaveLength(2);
    expect(await trackOrder(customer, second.orderId)).toMatchObject({ status: 'CANCELLED' });
  });

  it.each([
    ['an unknown status', { orderId: 'O1', status: 'LOST' }, 'status'],
    ['no order', { status: 'PACKED' }, 'orderId'],
    ['both orderId and orderIds', { orderId: 'O1', orderIds: ['O2'], status: 'PACKED' }, 'orderId'],
    ['an empty list', { orderIds: [], status: 'PACKED' }, 'orderIds'],
    ['101 orders', { orderIds: Array.from({ length: 101 }, (_, i) => `O${i}`), status: 'PACKED' }, 'orderIds'],
    ['an invalid id', { orderIds: ['O 1'], status: 'PACKED' }, 'orderIds'],
  ])('refuses %s', async (_, body, field) => {
    const answer = await setStatus(body).expect(400);
    expect(answer.body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
  });

  it('refuses If-Match for a batch', async () => {
    const { body } = await setStatus({ orderIds: ['O1'], status: 'PACKED' })
      .set('If-Match', '"1"')
      .expect(400);
    expect(body).toMatchObject({ errors: [{ field: 'If-Match' }] });
  });

  it('lists the orders of a local date, page by page', async () => {
    const slot = inHours(app, 24 * 10);
    const [first, second] = await Promise.all(
      [1, 2].map(async () => {
        const order = { ...orderRequest(app, 'MILK'), deliverySlot: slot };
        return (await customer.post('/order/create', order).expect(201)).body.orderId as string;
      }),
    );
    const date = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Kolkata' }).format(new Date(slot));
    const found: string[] = [];
    let address: string | undefined = `/admin/orders?date=${date}&status=CREATED&limit=1`;
    while (address) {
      const page: { body: unknown; headers: Record<string, string> } = await admin.get(address).expect(200);
      found.push(...(page.body as { orderId: string }[]).map(({ orderId }) => orderId));
      address = /<(.*)>/.exec(page.headers.link ?? '')?.[1];
    }
    expect(found.sort()).toEqual([first, second].sort());
    expect((await admin.get('/admin/orders', { date, status: 'PACKED' })).body).toEqual([]);
    await admin.get('/admin/orders', { date: '2026-02-30' }).expect(400);
  });

  describe('finds orders by number', () => {
    const found = async (query: Record<string, string>): Promise<string[]> => {
      const { body } = await admin.get('/admin/orders', query).expect(200);
      return (body as { orderId: string }[]).map(({ orderId }) => orderId);
    };

    it('as people write it, unpaid and cancelled orders too', async () => {
      const { orderId } = await placeOrder(app, customer, 'MILK');
      const number = orderNumberOf(orderId);
      expect(await trackOrder(customer, orderId)).toMatchObject({ orderNumber: number });
      for (const typed of [number, number.toLowerCase(), number.replace('-', ''), ` ${number.replaceAll('0', 'o')} `]) {
        expect(await found({ number: typed })).toEqual([orderId]);
      }
      await setStatus({ orderId, status: 'CANCELLED' }).expect(200);
      expect(await found({ number })).toEqual([orderId]);
      expect(await found({ number, status: 'CANCELLED' })).toEqual([orderId]);
      expect(await found({ number, status: 'CREATED' })).toEqual([]);
      expect(await found({ number, date: '2020-01-01' })).toEqual([]);
    });

    it('several, if they have the same number', async () => {
      const orders = [await placeOrder(app, customer, 'MILK'), await placeOrder(app, customer, 'MILK')];
      const ids = orders.map(({ orderId }) => orderId).sort();
      const number = orderNumberOf(ids[0] ?? '');
      const other = await app.stored('Orders', { orderId: ids[1] });
      await app.store('Orders', { ...other, orderNumber: number });
      expect((await found({ number })).sort()).toEqual(ids);
    });

    it('of earlier versions, once they change', async () => {
      const { orderId } = await confirmed();
      await app.settled();
      const { orderNumber: number, ...earlier } = (await app.stored('Orders', { orderId })) as { orderNumber: string };
      await app.store('Orders', earlier);
      expect(await found({ number })).toEqual([]);
      expect(await trackOrder(customer, orderId)).toMatchObject({ orderNumber: number });
      await setStatus({ orderId, status: 'PACKED' }).expect(200);
      expect(await found({ number })).toEqual([orderId]);
    });

    it('and refuses a text that is no number', async () => {
      for (const number of ['K7M4', 'K7M4-Q2XU', 'O01K9Z7Q4M2']) {
        const { body } = await admin.get('/admin/orders', { number }).expect(400);
        expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'number' }] });
      }
      expect(await found({ number: '0000-0000' })).toEqual([]);
    });
  });

  it('is for admins only', async () => {
    await app.http.get('/admin/orders').expect(401);
    await customer.get('/admin/orders').expect(403);
    await customer.patch('/admin/order/status', { orderId: 'O1', status: 'PACKED' }).expect(403);
    await app.as('COURIER').patch('/admin/order/status', { orderId: 'O1', status: 'PACKED' }).expect(403);
  });
});
