import { Database } from '../../../src/platform/dynamo/database';
import { inHours, type TestUser } from '../../support/fixtures/order-steps';
import { aCourier, anOrder } from '../../support/fixtures/orders';
import { TestApp } from '../../support/test-app';

describe('lists of deliveries', () => {
  let app: TestApp;
  let admin: TestUser;
  let couriers: [TestUser, TestUser];
  /** Eleven deliveries by slot, one hour apart, starting in two days; the couriers alternate. */
  const slots: string[] = [];
  const ids: string[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
    admin = app.as('ADMIN');
    couriers = [await aCourier(app), await aCourier(app)];
    const orders = await Promise.all(Array.from({ length: 11 }, () => anOrder(app)));
    for (const [index, { orderId, deliveryId }] of orders.entries()) {
      const deliverySlot = inHours(app, 48 + index);
      const { userId: courierId } = couriers[index % 2] as TestUser;
      const { body } = await admin.post('/delivery/assign', { orderId, deliverySlot, courierId }).expect(201);
      slots.push(body.deliverySlot as string);
      ids.push(deliveryId);
    }
  });
  afterAll(() => app.stop());

  const dateOf = (slot: string) => new Date(Date.parse(slot) + 5.5 * 3_600_000).toISOString().slice(0, 10);
  const idsOf = (body: unknown) => (body as { deliveryId: string }[]).map(({ deliveryId }) => deliveryId);
  const all = async (person: TestUser, query: Record<string, unknown>) => {
    const found: string[] = [];
    let page = await person.get('/delivery/list', query).expect(200);
    for (;;) {
      found.push(...idsOf(page.body));
      const next = /<(.*)>/.exec(page.headers.link ?? '')?.[1];
      if (!next) return found;
      page = await person.get(next).expect(200);
    }
  };

  it.each([1, 3, 20])('show an admin all deliveries by slot, %i per page', async (limit) => {
    expect(await all(admin, { limit })).toEqual(ids);
    for (const date of new Set(slots.map(dateOf))) {
      expect(await all(admin, { limit, date })).toEqual(ids.filter((_, index) => dateOf(slots[index] ?? '') === date));
    }
  });

  it.each([2, 20])('show couriers their own deliveries by slot, %i per page', async (limit) => {
    const own = ids.filter((_, index) => index % 2 === 1);
    expect(await all(couriers[1], { limit })).toEqual(own);
    expect(await all(couriers[1], { limit, courierId: couriers[1].userId })).toEqual(own);
    expect(await all(admin, { limit, courierId: couriers[1].userId })).toEqual(own);
    expect(await all(couriers[1], { limit, date: dateOf(slots[1] ?? '') })).toEqual(
      own.filter((id) => dateOf(slots[ids.indexOf(id)] ?? '') === dateOf(slots[1] ?? '')),
    );
  });

  it('leave out past days unless requested', async () => {
    const ahead = app.clock.offsetMilliseconds;
    app.clock.setOffset(ahead + 5 * 86_400_000);
    expect(await all(admin, {})).toEqual([]);
    expect(await all(couriers[0], {})).toEqual([]);
    const date = dateOf(slots[0] ?? '');
    expect(await all(couriers[0], { date })).toContain(ids[0]);
    expect(await all(admin, { date })).toContain(ids[0]);
    app.clock.setOffset(ahead);
  });

  it('filter by status', async () => {
    await admin.patch('/delivery/update', { deliveryId: ids[4], status: 'FAILED', reason: 'OTHER' }).expect(200);
    const date = dateOf(slots[4] ?? '');
    expect(await all(admin, { status: 'FAILED', date, limit: 2 })).toEqual([ids[4]]);
    expect(await all(couriers[0], { status: 'FAILED', date })).toEqual([ids[4]]);
  });

  it('are for admins and couriers only', async () => {
    const { body } = await couriers[0].get('/delivery/list', { courierId: couriers[1].userId }).expect(403);
    expect(body.code).toBe('auth.not_owner');
    await app.as('CUSTOMER').get('/delivery/list').expect(403);
    await app.http.get('/delivery/list').expect(401);
  });

  it.each([
    ['date', '2026-02-30'],
    ['status', 'EATEN'],
    ['limit', '0'],
    ['cursor', 'nonsense'],
    ['cursor', Buffer.from('{"partition":"1999-01-01"}').toString('base64url')],
    ['since', '1'],
  ])('refuse a %s such as %s', async (field, value) => {
    const { body } = await admin.get('/delivery/list', { [field]: value }).expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
  });

  it('refuse a forged cursor', async () => {
    const cursor = Buffer.from(JSON.stringify({ deliveryId: 'D1', courierId: 5, deliverySlot: true })).toString(
      'base64url',
    );
    const { body } = await couriers[0].get('/delivery/list', { cursor }).expect(400);
    expect(body.errors).toMatchObject([{ field: 'cursor' }]);
  });

  it('show the current state while the index lags behind', async () => {
    const { orderId, deliveryId } = await anOrder(app);
    const database = app.get<Database>(Database);
    const [one, two] = couriers;
    const date = dateOf(inHours(app, 24 * 20));
    const assign = (body: object) => admin.post('/delivery/assign', { orderId, ...body }).expect(201);
    const meanwhile = (change: object) =>
      jest.spyOn(database, 'batchGet').mockImplementationOnce(async (reads) => {
        jest.restoreAllMocks();
        await assign(change);
        return database.batchGet(reads);
      });

    await assign({ courierId: one.userId, deliverySlot: inHours(app, 24 * 20) });
    meanwhile({ courierId: two.userId });
    expect(idsOf((await one.get('/delivery/list', { date }).expect(200)).body)).not.toContain(deliveryId);
    meanwhile({ deliverySlot: inHours(app, 24 * 21) });
    expect(await all(admin, { date })).not.toContain(deliveryId);
  });
});
