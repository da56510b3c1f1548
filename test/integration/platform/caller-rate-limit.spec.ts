import { UserService } from '../../../src/modules/user';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';

describe('the request limit of a signed-in user', () => {
  let app: TestApp;
  const limits = { USER_REQUESTS_PER_MINUTE: '10', STAFF_REQUESTS_PER_MINUTE: '20' };
  beforeAll(async () => (app = await TestApp.start({ RATE_LIMITS: 'on', ...limits })));
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const exhaust = async (person: ReturnType<TestApp['as']>, limit: number) => {
    for (let count = 0; count < limit; count++) await person.get('/wallet/view').expect(200);
  };

  it('serves as many of several simultaneous requests as it allows, and refuses the others', async () => {
    const customer = app.as('CUSTOMER');
    const responses = await Promise.all(Array.from({ length: 15 }, () => customer.get('/wallet/view')));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = responses.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    for (const { body, headers } of refused) {
      expect(body).toMatchObject({ code: 'request.too_many', status: 429 });
      expect(headers).toMatchObject({ 'ratelimit-limit': '10', 'ratelimit-remaining': '0' });
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
      expect(headers['ratelimit-reset']).toBe(headers['retry-after']);
    }
  });

  it('counts each user on all routes, and starts again after a minute', async () => {
    const customer = app.as('CUSTOMER');
    const clock = jest.spyOn(app.clock, 'realNow').mockReturnValue(app.clock.realNow());
    const { headers } = await customer.get('/wallet/view').expect(200);
    expect(headers).toMatchObject({ 'ratelimit-limit': '10', 'ratelimit-remaining': '9', 'ratelimit-reset': '60' });
    await exhaust(customer, 9);
    await customer.get('/order/list').expect(429);
    await customer.post('/cart/add', {}).expect(429);
    await app.as('CUSTOMER').get('/order/list').expect(200);
    await app.http.get('/product/list').expect(200);
    clock.mockReturnValue(app.clock.realNow() + 60_000);
    await customer.get('/order/list').expect(200);
  });

  it('is higher for couriers and admins, and refuses without a round trip', async () => {
    for (const role of ['COURIER', 'ADMIN'] as const) {
      const person = app.as(role);
      await exhaust(person, 20);
      expect(await countRoundTrips(app, () => person.get('/wallet/view').expect(429))).toBe(0);
    }
  });

  it.each(['CUSTOMER', 'ADMIN'] as const)(
    'does not count the revoked token of a %s, and refuses it without a round trip',
    async (role) => {
      const email = `olga-${role.toLowerCase()}@example.com`;
      const [password, newPassword] = ['milk-before-dawn', 'cream-on-top-7'];
      await app.get<UserService>(UserService).create({ name: 'Olga', email }, role, password);
      const signedIn = async (secret: string) => {
        const { body } = await app.http.post('/user/login', { email, password: secret }).expect(200);
        return app.http.as((body as { accessToken: string }).accessToken);
      };
      const stolen = await signedIn(password);
      await stolen.post('/user/password/change', { currentPassword: password, newPassword }).expect(204);
      for (let count = 0; count < 25; count++) {
        expect(await countRoundTrips(app, () => stolen.get('/wallet/view').expect(401))).toBe(0);
      }
      await (await signedIn(newPassword)).get('/wallet/view').expect(200);
    },
  );

  it('shows the lower limit of a route that has its own', async () => {
    const change = { currentPassword: 'wrong', newPassword: 'a new one' };
    const { headers } = await app.as('CUSTOMER').post('/user/password/change', change);
    expect(headers['ratelimit-limit']).toBe('60');
  });
});

describe('the request limit by default', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ RATE_LIMITS: 'on' })));
  afterAll(() => app.stop());

  it.each([
    ['CUSTOMER', '300'],
    ['COURIER', '1200'],
    ['ADMIN', '1200'],
  ] as const)('of a %s is %s a minute', async (role, limit) => {
    expect((await app.as(role).get('/wallet/view').expect(200)).headers['ratelimit-limit']).toBe(limit);
  });
});
