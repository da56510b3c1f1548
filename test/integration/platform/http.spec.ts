import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { aProduct, orderRequest } from '../../support/fixtures/order-steps';
import { aCourier } from '../../support/fixtures/orders';
import { TestApp } from '../../support/test-app';

describe('the HTTP server', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ CORS_ORIGINS: 'https://shop.example' })));
  afterAll(() => app.stop());

  const nested = (levels: number) => `{"name":${'['.repeat(levels)}${']'.repeat(levels)}}`;

  it.each([
    ['broken JSON', '{"name":', 400, 'request.invalid'],
    ['a body nested thousands of levels deep', nested(6_000), 400, 'request.invalid'],
    ['a body of a megabyte', JSON.stringify({ name: 'x'.repeat(1_000_000) }), 413, 'request.too_large'],
    ['a list', '[]', 400, 'request.invalid'],
    ['null', 'null', 400, 'request.invalid'],
  ])('refuses %s', async (_, body, status, code) => {
    const answer = await app.http.post('/user/register', body).set('Content-Type', 'application/json').expect(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ code, status, requestId: answer.headers['x-request-id'] });
  });

  it('does not treat a null body as missing', async () => {
    const admin = app.as('ADMIN');
    const { body } = await admin.post('/admin/outbox/retry', 'null').type('application/json').expect(400);
    expect(body.errors).toEqual([{ field: 'body', message: 'the body must be an object' }]);
  });

  it('reports malformed JSON', async () => {
    const answer = await app.http.post('/user/login', '{"email":').set('Content-Type', 'application/json').expect(400);
    expect(answer.body.errors).toEqual([{ field: 'body', message: 'the body must be valid JSON' }]);
  });

  it.each(['toString', 'hasOwnProperty', 'constructor'])('refuses a field named %s', async (name) => {
    const { body } = await app.http.post('/user/login', { email: 'a@b.example', password: 'x', [name]: 1 }).expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: name }] });
    await app.http.get('/product/list', { [name]: 1 }).expect(400);
  });

  it('accepts JSON only, and ignores the content type of an empty body', async () => {
    const form = await app.http.post('/user/login', 'email=a@b.example').type('form').expect(400);
    expect(form.body).toMatchObject({ code: 'request.invalid', detail: 'send Content-Type: application/json' });
    for (const type of ['', 'nonsense', 'text/plain', 'application/octet-stream', 'application/jsonp']) {
      const { body } = await app.http.post('/user/login', '{}').set('Content-Type', type).expect(400);
      expect(body).toMatchObject({ code: 'request.invalid', detail: form.body.detail });
    }
    await app.as('CUSTOMER').delete('/cart/clear').set('Content-Type', 'application/json').expect(200);
  });

  it('refuses unknown query parameters, except on routes for machines', async () => {
    const customer = app.as('CUSTOMER');
    await aProduct(app, { productId: 'PLAIN' });
    for (const asked of [
      app.http.get('/product/PLAIN?color=white'),
      app.http.get('/product/PLAIN?userId=U1'),
      app.http.post('/user/login?color=white', { email: 'a@b.example', password: 'x' }),
      customer.get('/payment/PAY1?color=white'),
      customer.get('/subscription/S1?color=white'),
      customer.get('/payment/PAY1?userId=U1&userId=U2'),
      customer.post('/cart/add?color=white', { productId: 'PLAIN', qty: 1 }),
      customer.patch('/user/profile?color=white', {}),
      app.as('ADMIN').get('/admin/books?color=white'),
    ]) {
      const { body } = await asked.expect(400);
      expect(body).toMatchObject({
        code: 'request.invalid',
        errors: [{ message: expect.stringMatching(/not exist/) }],
      });
    }
    await app.http.get('/health/live?from=balancer').expect(200);
    await app.http.get('/product/PLAIN?color=').expect(200);
  });

  it('lets only an admin name another user, in the query or in the body', async () => {
    const [asha, admin] = [app.as('CUSTOMER'), app.as('ADMIN')];
    const line = { productId: await aProduct(app, { productId: 'NAMED' }), qty: 1 };
    for (const asked of [
      asha.post('/cart/add?userId=U-other', line),
      asha.post('/cart/add', { ...line, userId: 'U-other' }),
      asha.post('/cart/add?userId=U-other', { ...line, userId: asha.userId }),
      asha.get('/payment/PAY1?userId=U-other'),
      asha.get('/order/track?orderId=O1&userId=U-other'),
      asha.post('/order/cancel', { orderId: 'O1', userId: 'U-other' }),
      app.as('COURIER').get('/delivery/list?userId=U-other'),
    ]) {
      expect((await asked.expect(403)).body.code).toBe('auth.not_owner');
    }
    await asha.head('/cart/view?userId=U-other').expect(403);
    await asha.post(`/cart/add?userId=${asha.userId}`, line).expect(200);
    await asha.head(`/cart/view?userId=${asha.userId}`).expect(200);
    expect((await admin.post(`/cart/add?userId=${asha.userId}`, line).expect(404)).body.code).toBe('user.not_found');
    const { userId } = await aCourier(app);
    await admin.post(`/cart/add?userId=${userId}`, line).expect(200);
    expect((await admin.get(`/cart/view?userId=${userId}`).expect(200)).body.items).toMatchObject([line]);
    const two = await admin.post(`/cart/add?userId=${userId}`, { ...line, userId: 'U-other' }).expect(400);
    expect(two.body).toMatchObject({ errors: [{ field: 'userId' }] });
    const courier = app.as('COURIER');
    await courier.get(`/delivery/list?userId=${courier.userId}`).expect(200);
    await admin.head('/cart/view?userId=U-UNKNOWN').expect(404);
    for (const asked of [
      admin.post('/user/password/change', { userId, currentPassword: 'test123', newPassword: 'another one' }),
      admin.post(`/user/password/change?userId=${userId}`, { currentPassword: 'test123', newPassword: 'another one' }),
      admin.get(`/delivery/list?userId=${userId}`),
    ]) {
      expect((await asked.expect(403)).body.code).toBe('auth.not_owner');
    }
    await admin.get('/payment/PAY1?userId=U-UNKNOWN').expect(404);
  });

  it('treats an empty query parameter as absent, and accepts numbers in plain digits only', async () => {
    const { userId } = app.as('CUSTOMER');
    await aProduct(app, { productId: 'EMPTY1', price: 1.15 });
    const all = 'category=&q=product+empty&minPrice=&maxPrice=&inStock=&sort=&limit=&cursor=';
    expect((await app.http.get(`/product/list?${all}`).expect(200)).body).toHaveLength(1);
    expect((await app.http.get('/product/list?q=empty1&maxPrice=1.15').expect(200)).body).toHaveLength(1);
    await app.as('CUSTOMER', userId).get('/order/list?status=&from=&to=&userId=').expect(200);
    await app.as('CUSTOMER').get('/order/track?orderId=').expect(400);
    for (const query of [
      'maxPrice=0x10',
      'maxPrice=1e2',
      'minPrice=1.001',
      'minPrice=%201',
      'limit=0x10',
      'limit=1e1',
    ]) {
      const { body } = await app.http.get(`/product/list?${query}`).expect(400);
      expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: query.split('=')[0] }] });
    }
  });

  it('keeps all query parameters in the link to the next page', async () => {
    await aProduct(app, { productId: 'WHY1' });
    await aProduct(app, { productId: 'WHY2' });
    const { headers } = await app.http.get('/product/list?q=product%20why&limit=1').expect(200);
    expect(headers.link).toMatch(/^<\/product\/list\?q=product\+why&limit=1&cursor=[\w-]+>; rel="next"$/);
  });

  it('answers unknown routes and malformed paths with problem documents', async () => {
    expect((await app.http.get('/nowhere').expect(404)).body.code).toBe('request.unknown_route');
    const malformed = await app.http.get('/%zz').expect(400);
    expect(malformed.body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'path' }] });
    expect(malformed.body.requestId).toBe(malformed.headers['x-request-id']);
  });

  it('uses the client’s request id, else the trace id, else a new one', async () => {
    const idOf = async (headers: Record<string, string>) =>
      (await app.http.get('/health/live').set(headers)).headers['x-request-id'] as string;
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    expect(await idOf({ 'X-Request-Id': 'mine-1' })).toBe('mine-1');
    expect(await idOf({ traceparent: `00-${trace}-00f067aa0ba902b7-01` })).toBe(trace);
    expect(await idOf({ 'X-Request-Id': 'x'.repeat(200) })).toMatch(/^[0-9A-Z]{26}$/);
  });

  it('lets browsers of the configured origins use every method', async () => {
    const preflight = await app.http
      .options('/cart/update')
      .set({ Origin: 'https://shop.example', 'Access-Control-Request-Method': 'PATCH' })
      .expect(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': expect.stringContaining('PATCH'),
    });
    const foreign = await app.http.get('/product/list').set('Origin', 'https://other.example');
    expect(foreign.headers['access-control-allow-origin']).not.toBe('https://other.example');
  });

  it('looks every two seconds for requests that have not arrived within 30 seconds', async () => {
    const server: Server = app.nest.getHttpServer();
    expect(server.requestTimeout).toBe(30_000);
    const { headersTimeout } = server;
    // A higher limit of headers would count for whole requests.
    expect(headersTimeout).toBeLessThanOrEqual(30_000);
    // As if the time had passed.
    Object.assign(server, { requestTimeout: 1, headersTimeout: 1 });
    const started = performance.now();
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const headers = ['Host: dairy', 'Content-Type: application/json', 'Content-Length: 9'];
    socket.write(['POST /user/login HTTP/1.1', ...headers, '', '{'].join('\r\n'));
    const answer = await text(socket);
    Object.assign(server, { requestTimeout: 30_000, headersTimeout });
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    // By default Node would look after 30 seconds.
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('refuses forged cursors', async () => {
    const forged = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');
    const customer = app.as('CUSTOMER');
    for (const key of [{ orderId: 2 ** 60 }, { orderId: 'O1' }, [], 'x', { a: { b: [1] } }, null]) {
      const { body } = await customer.get('/order/list', { cursor: forged(key) }).expect(400);
      expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'cursor' }] });
    }
    for (const path of ['/analytics/events', '/admin/orders', '/delivery/list', '/admin/users', '/admin/outbox']) {
      for (const key of [{ eventId: 'A'.repeat(1_100) }, { partition: 'A'.repeat(1_100) }]) {
        const { body } = await app
          .as('ADMIN')
          .get(path, { cursor: forged(key) })
          .expect(400);
        expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'cursor' }] });
      }
    }
  });

  describe('when other writers change the same items', () => {
    const conflicting = (times: number) => {
      let left = times;
      app.get<DynamoDB>(DynamoDB).middlewareStack.remove('conflicts');
      app.get<DynamoDB>(DynamoDB).middlewareStack.add(
        (next, { commandName }) =>
          (args) => {
            if (!/Transact|Update/.test(commandName ?? '') || left-- <= 0) return next(args);
            const isTransaction = (commandName ?? '').startsWith('Transact');
            throw Object.assign(new Error('conflict'), {
              name: isTransaction ? 'TransactionCanceledException' : 'TransactionConflictException',
              ...(isTransaction && { CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }] }),
            });
          },
        { step: 'initialize', name: 'conflicts' },
      );
    };
    afterEach(() => app.get<DynamoDB>(DynamoDB).middlewareStack.remove('conflicts'));

    it('retries without an error', async () => {
      const milk = await aProduct(app, { productId: 'MILK' });
      conflicting(3);
      await app.as('CUSTOMER').post('/order/create', orderRequest(app, milk)).expect(201);
      conflicting(2);
      await app.as('CUSTOMER').post('/cart/add', { productId: milk, qty: 1 }).expect(200);
    });

    it('gives up after some retries with a 503 and Retry-After', async () => {
      const milk = await aProduct(app, { productId: 'CURD' });
      conflicting(100);
      const { body, headers } = await app.as('CUSTOMER').post('/order/create', orderRequest(app, milk)).expect(503);
      expect(body.code).toBe('service.unavailable');
      expect(headers['retry-after']).toBe('2');
      app.get<DynamoDB>(DynamoDB).middlewareStack.remove('conflicts');
      expect(await app.stored('Products', { productId: milk })).toMatchObject({ stock: 100 });
    });
  });
});
