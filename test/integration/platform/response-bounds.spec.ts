import { aProduct } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';

/** What every error response takes, whatever the request: standard members and the request id. */
const OVERHEAD_BYTES = 2_000;

describe('an error response', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  const unknownFields = (count: number, nameLength = 0) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}${'y'.repeat(nameLength)}`, 1]));
  const wrongLines = (count: number) => Array.from({ length: count }, () => ({}));

  it('lists at most 20 errors, and counts the others', async () => {
    const { body } = await app.http.post('/user/refresh', unknownFields(50)).expect(400);
    expect(body.errors).toHaveLength(20);
    expect(body.detail).toMatch(/; and 45 more$/);
  });

  it.each<[string, string, object]>([
    ['8,000 unknown fields', '/user/refresh', unknownFields(8_000)],
    ['100 unknown fields', '/user/refresh', unknownFields(100)],
    ['a field name of 90 kB', '/user/refresh', unknownFields(1, 90_000)],
    ['100 long field names', '/cart/add', unknownFields(100, 900)],
    ['20,000 empty lines', '/order/create', { cartItems: wrongLines(20_000) }],
    ['900 empty lines', '/order/create', { cartItems: wrongLines(900) }],
    ['unknown fields in each line', '/order/create', { cartItems: Array(90).fill(unknownFields(90)) }],
  ])('to %s is not much larger than the request', async (_, path, body) => {
    const { status, text } = await app.as('CUSTOMER').post(path, body as Record<string, unknown>);
    expect(status).toBe(400);
    expect(text.length).toBeLessThan(OVERHEAD_BYTES + 3 * JSON.stringify(body).length);
    expect(text.length).toBeLessThan(15_000);
  });

  it('to malformed entries of a list has one error for each', async () => {
    const { text } = await app.as('ADMIN').post('/delivery/updates', wrongLines(200)).expect(200);
    expect(text.length).toBeLessThan(200 * 110);
    const long = Array<object>(20).fill(unknownFields(5, 900));
    const answer = await app.as('ADMIN').post('/delivery/updates', long).expect(200);
    expect(answer.text.length).toBeLessThan(OVERHEAD_BYTES + JSON.stringify(long).length);
  });

  it.each([
    ['an unknown query parameter', `/product/P1?${'q'.repeat(10_000)}=1`],
    ['many query parameters', `/product/list?${Object.keys(unknownFields(1_500)).join('=1&')}=1`],
    ['an unknown route', `/${'r'.repeat(10_000)}`],
    ['an invalid id', `/product/${'i'.repeat(10_000)}`],
    ['an invalid cursor', `/product/list?cursor=${'c'.repeat(10_000)}`],
  ])('to %s does not echo it', async (_, path) => {
    const { status, text } = await app.http.get(path);
    expect([400, 404]).toContain(status);
    expect(text.length).toBeLessThan(OVERHEAD_BYTES);
  });
});

describe('the Cache-Control header', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  it('lets no client keep personal responses, errors and health checks', async () => {
    const [customer, admin] = [app.as('CUSTOMER'), app.as('ADMIN')];
    const person = { name: 'Asha', email: 'asha@cache.example', password: 'test123' };
    const { body } = await app.http.post('/user/register', person).expect(201);
    const { email, password } = person;
    for (const asked of [
      app.http.post('/user/login', { email, password }),
      app.as('CUSTOMER', body.userId as string).get('/user/profile'),
      customer.get('/wallet/view'),
      customer.get('/cart/view'),
      customer.get('/order/list'),
      customer.get('/delivery/list'),
      admin.get('/analytics/report', { from: '2026-01-01', to: '2026-01-02', format: 'csv' }),
      app.http.get('/user/profile'),
      app.http.get('/nowhere'),
      app.http.get('/%zz'),
      app.http.get('/product/UNKNOWN'),
      app.http.get('/product/list?color=white'),
      app.http.get('/health/live'),
    ]) {
      expect((await asked).headers['cache-control']).toBe('no-store');
    }
  });

  it('lets clients keep products if they ask again before each use', async () => {
    const productId = await aProduct(app, { productId: 'CACHED' });
    for (const path of ['/product/list', `/product/${productId}`]) {
      expect((await app.http.get(path).expect(200)).headers['cache-control']).toBe('no-cache');
    }
  });
});
