import type supertest from 'supertest';
import { type User, UserService } from '../../../src/modules/user';
import { roundTripsOf } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { aRegistration, registerUser } from './registered-user';

describe('administering users', () => {
  let app: TestApp;
  let users: UserService;
  beforeAll(async () => {
    app = await TestApp.start();
    users = app.get(UserService);
  });
  afterAll(() => app.stop());

  it('creates couriers, who are active until they are blocked', async () => {
    const admin = app.as('ADMIN');
    const { body: courier, headers } = await admin
      .post('/admin/users', aRegistration({ name: 'Ravi', role: 'COURIER' }))
      .expect(201);
    expect(courier).toMatchObject({ name: 'Ravi', role: 'COURIER', blocked: false, version: 1 });
    expect(headers.etag).toBe('"1"');
    const { userId } = courier;
    expect(await users.listCouriers()).toContainEqual({ userId, name: 'Ravi', blocked: false });
    expect(await users.isActiveCourier(userId)).toBe(true);
    await admin.patch(`/admin/users/${userId}`, { blocked: true }).expect(200);
    expect(await users.listCouriers()).toContainEqual({ userId, name: 'Ravi', blocked: true });
    expect(await users.isActiveCourier(userId)).toBe(false);
  });

  it('changes the role and the name of a user in one request', async () => {
    const { userId, email } = await registerUser(app);
    const admin = app.as('ADMIN');
    const { body } = await admin
      .patch(`/admin/users/${userId}`, { role: 'COURIER', name: 'Courier Jim', phone: null })
      .set('If-Match', '"1"')
      .expect(200);
    expect(body).toMatchObject({ role: 'COURIER', name: 'Courier Jim', version: 2 });
    expect(await app.stored('UserEmails', { email })).toMatchObject({ role: 'COURIER', blocked: false });
    expect((await users.listCouriers()).map((courier) => courier.userId)).toContain(userId);
    await admin.patch(`/admin/users/${userId}`, { role: 'ADMIN' }).set('If-Match', '"1"').expect(412);
    expect(await app.stored('UserEmails', { email })).toMatchObject({ role: 'COURIER' });
  });

  it('pages through all users and the users of a role, each once', async () => {
    const admin = app.as('ADMIN');
    const couriers = await Promise.all(
      Array.from({ length: 7 }, async () => {
        const { body } = await admin.post('/admin/users', aRegistration({ role: 'COURIER' })).expect(201);
        return body.userId as string;
      }),
    );
    const walk = async (first: string) => {
      const seen: string[] = [];
      for (let address: string | undefined = first; address;) {
        const { body, headers }: supertest.Response = await admin.get(address).expect(200);
        expect(body.length).toBeLessThanOrEqual(3);
        seen.push(...(body as User[]).map(({ userId }) => userId));
        address = /<(.*)>/.exec(headers.link ?? '')?.[1];
      }
      expect(new Set(seen).size).toBe(seen.length);
      return seen;
    };
    const listed = await walk('/admin/users?role=COURIER&limit=3');
    expect(listed).toEqual(expect.arrayContaining(couriers));
    const { userId } = await registerUser(app);
    const all = await walk('/admin/users?limit=3');
    expect(all).toEqual(expect.arrayContaining([...couriers, userId]));
    await admin.get('/admin/users?cursor=nonsense').expect(400);
    await admin.get('/admin/users?role=MILKMAN').expect(400);
  });

  it('finds a user by e-mail', async () => {
    const { userId, email } = await registerUser(app);
    const { body } = await app.as('ADMIN').get('/admin/users', { email }).expect(200);
    expect(body).toMatchObject([{ userId, email }]);
    expect((await app.as('ADMIN').get('/admin/users', { email, role: 'COURIER' })).body).toEqual([]);
    expect((await app.as('ADMIN').get('/admin/users', { email: 'no@example.com' })).body).toEqual([]);
  });

  it('gets a user, with whether they are blocked', async () => {
    const { userId, email } = await registerUser(app);
    const admin = app.as('ADMIN');
    await admin.patch(`/admin/users/${userId}`, { blocked: true }).expect(200);
    const { body, headers } = await admin.get(`/admin/users/${userId}`).expect(200);
    expect(body).toMatchObject({ userId, email, role: 'CUSTOMER', blocked: true, version: 2 });
    expect(headers.etag).toBe('"2"');
    expect((await admin.get('/admin/users/unknown').expect(404)).body.code).toBe('user.not_found');
  });

  it('does not let admins block, unblock or demote themselves', async () => {
    const admin = app.as('ADMIN');
    const { body: self } = await admin.post('/admin/users', aRegistration({ role: 'ADMIN' })).expect(201);
    const own = app.as('ADMIN', self.userId);
    for (const change of [{ blocked: true }, { role: 'COURIER' }]) {
      const { body } = await own.patch(`/admin/users/${self.userId}`, change).expect(403);
      expect(body.code).toBe('user.own_access');
    }
    await own.patch(`/admin/users/${self.userId}`, { name: 'Myself', role: 'ADMIN', blocked: false }).expect(200);
    await admin.patch(`/admin/users/${self.userId}`, { blocked: true }).expect(200);
    await own.patch(`/admin/users/${self.userId}`, { blocked: false }).expect(401);
    expect(await app.stored('Users', { userId: self.userId })).toMatchObject({ blocked: true });
  });

  describe('a former admin', () => {
    const anAdmin = async () => {
      const { body } = await app
        .as('ADMIN')
        .post('/admin/users', aRegistration({ role: 'ADMIN' }))
        .expect(201);
      return app.as('ADMIN', body.userId as string);
    };

    it.each([
      ['blocked', { blocked: true }],
      ['a courier', { role: 'COURIER' }],
      ['a customer', { role: 'CUSTOMER' }],
    ])('who is now %s can no longer use the old token', async (_, change) => {
      const former = await anAdmin();
      const secondAdmin = aRegistration({ role: 'ADMIN' });
      await former.get('/admin/users').expect(200);
      await app.as('ADMIN').patch(`/admin/users/${former.userId}`, change).expect(200);

      const responses = [
        await former.post('/admin/users', secondAdmin),
        await former.patch(`/admin/users/${former.userId}`, { blocked: false, role: 'ADMIN' }),
        await former.get('/admin/orders'),
        await former.get('/user/profile'),
      ];
      for (const { status, body } of responses) {
        expect(status).toBe(401);
        expect(body.code).toBe('auth.unauthenticated');
      }
      expect(await users.findByEmail(secondAdmin.email)).toBeUndefined();
      await former.get('/product/list').expect(200);
    });

    it('may sign in with the new role', async () => {
      const { userId, email, password } = await registerUser(app);
      const admin = app.as('ADMIN');
      await admin.patch(`/admin/users/${userId}`, { role: 'ADMIN' }).expect(200);
      await admin.patch(`/admin/users/${userId}`, { role: 'COURIER' }).expect(200);
      await app.as('ADMIN', userId).get('/delivery/list').expect(401);
      const { body } = await app.http.post('/user/login', { email, password }).expect(200);
      await app.http.as(body.accessToken).get('/delivery/list').expect(200);
    });
  });

  it('costs one extra read for admins only', async () => {
    const { client, userId } = await registerUser(app);
    expect(await roundTripsOf(app, () => client.get('/user/profile').expect(200))).toEqual(['GetItemCommand']);
    const twice = ['BatchGetItemCommand', 'GetItemCommand'];
    expect(await roundTripsOf(app, () => app.as('ADMIN').get('/user/profile', { userId }).expect(200))).toEqual(twice);
    // A route that is open to anyone and reads nothing itself.
    expect(await roundTripsOf(app, () => app.as('ADMIN').get('/health/live').expect(200))).toEqual([]);
  });

  it('is for admins only, and refuses unknown users', async () => {
    await app.as('COURIER').get('/admin/users').expect(403);
    await app
      .as('CUSTOMER')
      .post('/admin/users', aRegistration({ role: 'ADMIN' }))
      .expect(403);
    const admin = app.as('ADMIN');
    expect((await admin.patch('/admin/users/U-UNKNOWN', { name: 'X' }).expect(404)).body.code).toBe('user.not_found');
    await admin.patch('/admin/users/U-UNKNOWN', { blocked: true }).expect(404);
    await admin.post('/admin/users', aRegistration()).expect(400);
  });
});
