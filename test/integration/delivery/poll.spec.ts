// Standalone spec: it is slow, so that it can run in parallel.
import type supertest from 'supertest';
import { DeliveryWatch } from '../../../src/modules/delivery/delivery-watch.service';
import { UserService } from '../../../src/modules/user';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { Database } from '../../../src/platform/dynamo/database';
import type { TestUser } from '../../support/fixtures/order-steps';
import { aCourier, anOrder } from '../../support/fixtures/orders';
import { callsDuring, roundTripsOf } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';

/** Much longer than a change takes to show, and shorter than the longest wait. */
const SOON_MILLISECONDS = 12_000;

describe('waiting for a delivery', () => {
  let app: TestApp;
  let other: TestApp;
  let courier: TestUser;
  beforeAll(async () => {
    app = await TestApp.start();
    other = await TestApp.start({ TABLE_PREFIX: app.config.tablePrefix });
    courier = await aCourier(app);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await other.stop();
    await app.stop();
  });

  const sizeOf = (task: TestApp) => task.get<DeliveryWatch>(DeliveryWatch).size;
  const waiters = (count: number, task = app) =>
    waitUntil(`${count} waiters`, () => Promise.resolve(sizeOf(task) === count));
  const poll = (person: TestUser, deliveryId: string, query: Record<string, unknown>) =>
    person.get(`/delivery/${deliveryId}`, query);
  /** Sends a request that waits. A supertest request is sent when it is awaited. */
  const sent = (request: supertest.Test) => request.then((response) => response);
  const timed = async (request: Promise<supertest.Response>) => {
    const start = performance.now();
    const response = await request;
    return { response, milliseconds: performance.now() - start };
  };
  const pickUp = (task: TestApp, deliveryId: string) =>
    task.as('ADMIN').patch('/delivery/update', { deliveryId, status: 'PICKED_UP' }).expect(200);
  /** A delivery that is stored as the program would, which saves its order. */
  const storedDelivery = async (deliveryId: string, userId: string) => {
    const at = app.clock.now();
    await app.store('Deliveries', {
      ...{ deliveryId, orderId: deliveryId.replace(/^D/, 'O'), userId, status: 'ASSIGNED', deliverySlot: at },
      ...{ address: '12 Dairy Lane', amount: 3000, history: [{ status: 'ASSIGNED', at }], version: 1, createdAt: at },
    });
  };

  it('ends soon after another task has changed it', async () => {
    const { deliveryId, customer } = await anOrder(app, { status: 'PACKED' });
    const waiting = timed(sent(poll(customer, deliveryId, { since: 1, wait: 20 })));
    await waiters(1);
    await pickUp(other, deliveryId);
    const { response, milliseconds } = await waiting;
    expect(response.status).toBe(200);
    expect(response.headers.etag).toBe('"2"');
    expect(response.body).toMatchObject({ deliveryId, status: 'PICKED_UP', version: 2 });
    expect(milliseconds).toBeLessThan(SOON_MILLISECONDS);
  });

  it('ends at once when the same task changes it, even if the regular reads fail', async () => {
    const { deliveryId, customer } = await anOrder(app, { status: 'PACKED' });
    const database = app.get<Database>(Database);
    const batchGet = database.batchGet.bind(database);
    jest
      .spyOn(database, 'batchGet')
      .mockImplementation(((reads: never[], options?: { consistent?: boolean }) =>
        options?.consistent === false
          ? Promise.reject(new Error('no regular read'))
          : batchGet(reads, options)) as never);
    const waiting = timed(sent(poll(customer, deliveryId, { since: 1, wait: 20 })));
    await waiters(1);
    await pickUp(app, deliveryId);
    const { response, milliseconds } = await waiting;
    expect(response.body).toMatchObject({ status: 'PICKED_UP', version: 2 });
    expect(milliseconds).toBeLessThan(SOON_MILLISECONDS);
  });

  it('goes on after a regular read has failed', async () => {
    const { deliveryId, customer } = await anOrder(app, { status: 'PACKED' });
    const failing = jest
      .spyOn(app.get<Database>(Database), 'batchGet')
      .mockRejectedValueOnce(Object.assign(new Error('no answer'), { name: 'TimeoutError' }));
    const waiting = timed(sent(poll(customer, deliveryId, { since: 1 })));
    await waitUntil('a failed read', () => Promise.resolve(failing.mock.calls.length > 0));
    await pickUp(other, deliveryId);
    const { response, milliseconds } = await waiting;
    expect(response.body).toMatchObject({ version: 2 });
    expect(milliseconds).toBeLessThan(SOON_MILLISECONDS);
  });

  it('ends with the delivery as it is when the time is over', async () => {
    const { deliveryId, customer } = await anOrder(app);
    const { response, milliseconds } = await timed(sent(poll(customer, deliveryId, { since: 7, wait: 1 })));
    expect(response.body).toMatchObject({ deliveryId, status: 'ASSIGNED', version: 1 });
    expect(milliseconds).toBeGreaterThan(900);
    expect(sizeOf(app)).toBe(0);
  });

  it('does not begin if there is a later version, or without a time to wait', async () => {
    const { deliveryId, customer } = await anOrder(app);
    for (const query of ['since=0&wait=20', 'since=1&wait=0', '']) {
      const path = `/delivery/${deliveryId}?${query}`;
      expect(await roundTripsOf(app, () => customer.get(path).expect(200))).toEqual(['GetItemCommand']);
    }
  });

  it('takes one read a second for a hundred clients', async () => {
    const people = Array.from({ length: 100 }, () => app.as('CUSTOMER'));
    await Promise.all(people.map(({ userId }, index) => storedDelivery(`D-HUNDRED-${index}`, userId)));
    const seconds = 5;
    const polls = people.map((person, index) =>
      sent(poll(person, `D-HUNDRED-${index}`, { since: 1, wait: seconds }).expect(200)),
    );
    await waiters(100);
    const calls = await callsDuring(app, () => waitUntil('the first end', async () => sizeOf(app) < 100), {
      table: 'Deliveries',
    });
    const reads = calls.filter((call) => call === 'BatchGetItemCommand');
    expect(reads.length).toBeGreaterThanOrEqual(2);
    expect(reads.length).toBeLessThanOrEqual(seconds);
    await Promise.all(polls);
    expect(sizeOf(app)).toBe(0);
  });

  it('reads nothing while no client waits', async () => {
    const { deliveryId, customer } = await anOrder(app);
    await poll(customer, deliveryId, { since: 1, wait: 1 }).expect(200);
    const elsewhere = other.as('CUSTOMER', customer.userId);
    // Two seconds in which this task could read.
    const calls = await callsDuring(app, () => sent(poll(elsewhere, deliveryId, { since: 1, wait: 2 }).expect(200)), {
      table: 'Deliveries',
    });
    expect(calls.filter((call) => call === 'BatchGetItemCommand')).toEqual([]);
  });

  it('ends when the client disconnects, without another read', async () => {
    const { deliveryId, customer } = await anOrder(app);
    const request = poll(customer, deliveryId, { since: 1, wait: 20 });
    request.end(() => undefined);
    await waiters(1);
    const abort = async () => {
      request.abort();
      await waiters(0);
      // A later request has its answer, so the first one has ended.
      await app.http.get('/health/live').expect(200);
    };
    // The program reads other tables every second.
    const calls = await callsDuring(app, abort, { table: 'Deliveries' });
    expect(calls.filter((call) => call === 'GetItemCommand')).toEqual([]);
  });

  it('ends with the delivery as it is when the task shuts down', async () => {
    const { deliveryId, customer } = await anOrder(app);
    const stopping = await TestApp.start({ TABLE_PREFIX: app.config.tablePrefix });
    const client = stopping.as('CUSTOMER', customer.userId);
    const waiting = sent(poll(client, deliveryId, { since: 1, wait: 20 }));
    await waiters(1, stopping);
    const start = performance.now();
    await stopping.stop();
    expect(performance.now() - start).toBeLessThan(SOON_MILLISECONDS);
    const { status, body, headers } = await waiting;
    expect([status, body, headers.connection]).toMatchObject([200, { deliveryId, version: 1 }, 'close']);
  });

  it('is refused to others at once, and ends with 404 for a courier who has lost the delivery', async () => {
    const { orderId, deliveryId } = await anOrder(app);
    const admin = app.as('ADMIN');
    await admin.post('/delivery/assign', { orderId, courierId: courier.userId }).expect(201);
    const stranger = await timed(sent(poll(app.as('CUSTOMER'), deliveryId, { since: 9, wait: 20 })));
    expect([stranger.response.status, stranger.response.body.code]).toEqual([404, 'delivery.not_found']);
    expect(stranger.milliseconds).toBeLessThan(SOON_MILLISECONDS);

    const { body } = await courier.get(`/delivery/${deliveryId}`).expect(200);
    const waiting = sent(poll(courier, deliveryId, { since: body.version, wait: 20 }));
    await waiters(1);
    const { userId: courierId } = await aCourier(app);
    await admin.post('/delivery/assign', { orderId, courierId }).expect(201);
    const { status, body: problem } = await waiting;
    expect([status, problem.code]).toEqual([404, 'delivery.not_found']);
  });

  it('ends with 401 if the account was blocked meanwhile', async () => {
    const userId = newUserId();
    const person = { userId, name: 'Asha', email: `${userId.toLowerCase()}@milkround.test` };
    await app.get<UserService>(UserService).create(person, 'CUSTOMER', 'milk-before-dawn');
    const { body } = await app.http
      .post('/user/login', { email: person.email, password: 'milk-before-dawn' })
      .expect(200);
    await storedDelivery('D-BLOCKED', userId);
    const waiting = sent(app.http.as(body.accessToken).get('/delivery/D-BLOCKED?since=1&wait=3'));
    await waiters(1);
    await app.as('ADMIN').patch(`/admin/users/${userId}`, { blocked: true }).expect(200);
    expect((await waiting).status).toBe(401);
  });

  describe('at a task with six places', () => {
    let small: TestApp;
    beforeAll(async () => {
      small = await TestApp.start({ TABLE_PREFIX: app.config.tablePrefix, DELIVERY_POLL_MAX_WAITERS: '6' });
    });
    afterAll(() => small.stop());

    it('is bounded per user and per task', async () => {
      const people = Array.from({ length: 3 }, () => small.as('CUSTOMER'));
      const [asha, tara, uma] = people as [TestUser, TestUser, TestUser];
      for (const { userId } of people) await storedDelivery(`D-${userId}`, userId);
      const wait = (person: TestUser, seconds = 3) => poll(person, `D-${person.userId}`, { since: 1, wait: seconds });
      const waiting = Array.from({ length: 5 }, () => sent(wait(asha)));
      await waiters(5, small);
      const sixth = await wait(asha).expect(429);
      expect([sixth.body.code, sixth.headers['retry-after']]).toEqual(['delivery.too_many_polls', '5']);
      waiting.push(sent(wait(tara)));
      await waiters(6, small);
      const seventh = await wait(uma).expect(503);
      expect([seventh.body.code, seventh.headers['retry-after']]).toEqual(['delivery.polls_busy', '5']);
      await poll(uma, `D-${uma.userId}`, {}).expect(200);
      expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(6).fill(200));
      // Their places are free again.
      await Promise.all([wait(asha, 1).expect(200), wait(uma, 1).expect(200)]);
    });
  });

  it.each([
    ['since', 'since=-1'],
    ['since', 'since=one'],
    ['since', 'since=1.5'],
    ['since', 'since=1000000001'],
    ['since', 'wait=5'],
    ['wait', 'since=1&wait=21'],
    ['wait', 'since=1&wait=-1'],
    ['wait', 'since=1&wait=0.5'],
  ])('is refused for an invalid %s: %s', async (field, query) => {
    const { body } = await app.as('ADMIN').get(`/delivery/D1?${query}`).expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
  });
});
