import type supertest from 'supertest';
import { TestApp } from '../../support/app';
import { countTrips, tripsOf } from '../../support/round-trips';
import { type User, UserService } from '../../../src/modules/user';

describe('accounts', () => {
  let app: TestApp;
  let users: UserService;
  let count = 0;
  beforeAll(async () => {
    app = await TestApp.start();
    users = app.get(UserService);
  });
  afterAll(() => app.stop());

  const somebody = (more: object = {}) => ({
    name: 'Jimmy Joseph',
    email: `jimmy${++count}@example.com`,
    password: 'test123',
    ...more,
  });
  const registered = async (more: object = {}) => {
    const person = somebody(more);
    const { body } = await app.http.post('/user/register', person).expect(201);
    return { ...person, userId: body.userId as string, client: app.as('CUSTOMER', body.userId) };
  };

  describe('registering', () => {
    it('opens an account under the id the client names', async () => {
      const person = somebody({ userId: 'U101', phone: '+919812345678', address: '12 Dairy Lane\nKochi' });
      const { body } = await app.http.post('/user/register', person).expect(201);
      expect(body).toEqual({ message: 'User registered successfully', userId: 'U101' });
      const { body: profile, headers } = await app.as('CUSTOMER', 'U101').get('/user/profile').expect(200);
      expect(profile).toEqual({
        userId: 'U101',
        name: person.name,
        email: person.email,
        phone: '+919812345678',
        address: '12 Dairy Lane\nKochi',
        role: 'CUSTOMER',
        notifications: { email: true, sms: true },
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        version: 1,
      });
      expect(headers.etag).toBe('"1"');
    });

    it('stores the password only as an argon2id hash of the advised cost', async () => {
      const { userId, email } = await registered();
      const user = await app.stored('Users', { userId });
      expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(await app.stored('UserEmails', { email })).toEqual({
        email,
        userId,
        role: 'CUSTOMER',
        blocked: false,
        passwordHash: user?.passwordHash,
        credentialsVersion: 1,
      });
    });

    it('gives an e-mail one account, however it is written', async () => {
      const { email } = await registered();
      const { body } = await app.http
        .post('/user/register', somebody({ email: `  ${email.toUpperCase()} ` }))
        .expect(409);
      expect(body).toMatchObject({ code: 'user.email_taken', status: 409 });
    });

    it('gives an e-mail one account when twenty register at once', async () => {
      const person = somebody();
      const answers = await Promise.all(Array.from({ length: 20 }, () => app.http.post('/user/register', person)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(answers.filter(({ body }) => body.code === 'user.email_taken')).toHaveLength(19);
    });

    it('gives an id once, and leaves the e-mail of who came second free', async () => {
      const { userId } = await registered();
      const second = somebody({ userId });
      expect((await app.http.post('/user/register', second).expect(409)).body.code).toBe('user.id_taken');
      await app.http.post('/user/register', { ...second, userId: undefined }).expect(201);
    });

    it.each([
      ['a short password', { password: '123456' }, 'password'],
      ['a password of 129 characters', { password: 'x'.repeat(129) }, 'password'],
      ['a password that is a number', { password: 12345678 }, 'password'],
      ['an e-mail with a Kelvin sign for a k', { email: 'mil\u212A@example.com' }, 'email'],
      ['an e-mail with a dotless i', { email: 'j\u0131mmy@example.com' }, 'email'],
      ['two e-mails', { email: ['a@example.com', 'b@example.com'] }, 'email'],
      ['an e-mail with a line break', { email: 'a@example.com\nBcc: b@example.com' }, 'email'],
      ['a phone number without its country', { phone: '9812345678' }, 'phone'],
      ['an address of 301 characters', { address: 'x'.repeat(301) }, 'address'],
      ['a name of spaces', { name: '  ' }, 'name'],
      ['a role', { role: 'ADMIN' }, 'role'],
      ['an id with a slash', { userId: 'U/1' }, 'userId'],
    ])('refuses %s', async (_, wrong, field) => {
      const { body } = await app.http.post('/user/register', somebody(wrong)).expect(400);
      expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
    });

    it.each([
      ['an array', '[]', 400],
      ['null', 'null', 400],
      ['a string', '"jimmy"', 400],
      ['broken JSON', '{"name":', 400],
      ['a megabyte', JSON.stringify({ name: 'x'.repeat(1_000_000) }), 413],
    ])('refuses %s for a body', async (_, text, status) => {
      const { body } = await app.http
        .post('/user/register', text)
        .set('Content-Type', 'application/json')
        .expect(status)
        .expect('Content-Type', /application\/problem\+json/);
      expect(body.code).toBe(status === 413 ? 'request.too_large' : 'request.invalid');
    });
  });

  describe('the profile', () => {
    it('is read in one round trip', async () => {
      const { client } = await registered();
      expect(await countTrips(app, () => client.get('/user/profile').expect(200))).toBe(1);
      expect(await tripsOf(app, () => client.patch('/user/profile', { name: 'Jim' }).expect(200))).toHaveLength(1);
    });

    it('never tells the password', async () => {
      const { client } = await registered();
      const { text } = await client.get('/user/profile').expect(200);
      expect(text).not.toMatch(/argon2|password|credentials/i);
    });

    it('changes what is sent, empties what is null and leaves the rest', async () => {
      const { client } = await registered({ phone: '+919812345678', address: '12 Dairy Lane' });
      const { body, headers } = await client
        .patch('/user/profile', { name: 'Jim', phone: null, notifications: { sms: false } })
        .expect(200);
      expect(body).toMatchObject({
        name: 'Jim',
        phone: null,
        address: '12 Dairy Lane',
        notifications: { email: true, sms: false },
        version: 2,
      });
      expect(headers.etag).toBe('"2"');
      expect((await client.get('/user/profile')).body).toEqual(body);
    });

    it('stays as it is when nothing is sent', async () => {
      const { client } = await registered();
      expect((await client.patch('/user/profile', {}).expect(200)).body.version).toBe(1);
      expect((await client.patch('/user/profile', { notifications: {} }).expect(200)).body.version).toBe(1);
    });

    it('is changed only by who has seen its latest version', async () => {
      const { client } = await registered();
      const rename = (name: string, tag: string) => client.patch('/user/profile', { name }).set('If-Match', tag);
      await rename('Jim', '"1"').expect(200);
      expect((await rename('James', '"1"').expect(412)).body.code).toBe('request.stale');
      await rename('James', '"no tag of ours"').expect(412);
      await client.patch('/user/profile', {}).set('If-Match', '"1"').expect(412);
      await rename('James', 'W/"2"').expect(200);
    });

    it.each([
      ['an e-mail', { email: 'new@example.com' }, 'email'],
      ['a role', { role: 'ADMIN' }, 'role'],
      ['a name that is null', { name: null }, 'name'],
      ['preferences that are a list', { notifications: [] }, 'notifications'],
      ['preferences that are null', { notifications: null }, 'notifications'],
      ['a preference that is text', { notifications: { sms: 'no' } }, 'notifications.sms'],
      ['an unknown preference', { notifications: { post: true } }, 'notifications.post'],
    ])('refuses %s', async (_, wrong, field) => {
      const { client } = await registered();
      const { body } = await client.patch('/user/profile', wrong).expect(400);
      expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
    });

    it('is nobody else’s business, save an admin’s', async () => {
      const [jimmy, anna] = [await registered(), await registered({ name: 'Anna' })];
      const theirs = { userId: anna.userId };
      expect((await jimmy.client.get('/user/profile', theirs).expect(403)).body.code).toBe('auth.not_owner');
      await jimmy.client.patch('/user/profile', { ...theirs, name: 'Mine' }).expect(403);
      await jimmy.client.get('/user/profile', { userId: jimmy.userId }).expect(200);
      expect((await app.as('ADMIN').get('/user/profile', theirs).expect(200)).body.name).toBe('Anna');
      await app.http.get('/user/profile').expect(401);
      expect((await app.as('CUSTOMER').get('/user/profile').expect(404)).body.code).toBe('user.not_found');
    });
  });

  describe('administration', () => {
    it('creates couriers, who are active at once, and until they are blocked', async () => {
      const admin = app.as('ADMIN');
      const { body: courier, headers } = await admin
        .post('/admin/users', somebody({ name: 'Ravi', role: 'COURIER' }))
        .expect(201);
      expect(courier).toMatchObject({ name: 'Ravi', role: 'COURIER', blocked: false, version: 1 });
      expect(headers.etag).toBe('"1"');
      const { userId } = courier;
      expect(await users.activeCouriers()).toContainEqual({ userId, name: 'Ravi' });
      expect(await users.isActiveCourier(userId)).toBe(true);
      await admin.patch(`/admin/users/${userId}`, { blocked: true }).expect(200);
      expect(await users.activeCouriers()).not.toContainEqual({ userId, name: 'Ravi' });
      expect(await users.isActiveCourier(userId)).toBe(false);
    });

    it('moves a user from one role to another, with a new name at the same time', async () => {
      const { userId, email } = await registered();
      const admin = app.as('ADMIN');
      const { body } = await admin
        .patch(`/admin/users/${userId}`, { role: 'COURIER', name: 'Courier Jim', phone: null })
        .set('If-Match', '"1"')
        .expect(200);
      expect(body).toMatchObject({ role: 'COURIER', name: 'Courier Jim', version: 2 });
      expect(await app.stored('UserEmails', { email })).toMatchObject({ role: 'COURIER', blocked: false });
      expect((await users.activeCouriers()).map((courier) => courier.userId)).toContain(userId);
      await admin.patch(`/admin/users/${userId}`, { role: 'ADMIN' }).set('If-Match', '"1"').expect(412);
      expect(await app.stored('UserEmails', { email })).toMatchObject({ role: 'COURIER' });
    });

    it('pages through all users, and through those of a role, each once', async () => {
      const admin = app.as('ADMIN');
      const couriers = await Promise.all(
        Array.from({ length: 7 }, async () => {
          const { body } = await admin.post('/admin/users', somebody({ role: 'COURIER' })).expect(201);
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
      const all = await walk('/admin/users?limit=3');
      expect(all).toEqual(expect.arrayContaining([...couriers, 'U101']));
      await admin.get('/admin/users?cursor=nonsense').expect(400);
      await admin.get('/admin/users?role=MILKMAN').expect(400);
    });

    it('finds a user by e-mail', async () => {
      const { userId, email } = await registered();
      const { body } = await app.as('ADMIN').get('/admin/users', { email }).expect(200);
      expect(body).toMatchObject([{ userId, email }]);
      expect((await app.as('ADMIN').get('/admin/users', { email, role: 'COURIER' })).body).toEqual([]);
      expect((await app.as('ADMIN').get('/admin/users', { email: 'no@example.com' })).body).toEqual([]);
    });

    it('lets no admin block or unblock himself, or give up his own role', async () => {
      const admin = app.as('ADMIN');
      const { body: self } = await admin.post('/admin/users', somebody({ role: 'ADMIN' })).expect(201);
      const own = app.as('ADMIN', self.userId);
      for (const change of [{ blocked: true }, { role: 'COURIER' }]) {
        const { body } = await own.patch(`/admin/users/${self.userId}`, change).expect(403);
        expect(body.code).toBe('user.own_access');
      }
      await own.patch(`/admin/users/${self.userId}`, { name: 'Myself', role: 'ADMIN', blocked: false }).expect(200);
      await admin.patch(`/admin/users/${self.userId}`, { blocked: true }).expect(200);
      await own.patch(`/admin/users/${self.userId}`, { blocked: false }).expect(403);
    });

    it('is for admins, and for users that exist', async () => {
      await app.as('COURIER').get('/admin/users').expect(403);
      await app
        .as('CUSTOMER')
        .post('/admin/users', somebody({ role: 'ADMIN' }))
        .expect(403);
      const admin = app.as('ADMIN');
      expect((await admin.patch('/admin/users/nobody', { name: 'X' }).expect(404)).body.code).toBe('user.not_found');
      await admin.patch('/admin/users/nobody', { blocked: true }).expect(404);
      await admin.post('/admin/users', somebody()).expect(400);
    });
  });

  describe('for other modules', () => {
    it('tells how to reach a user, and the address beside other reads', async () => {
      const { userId, email } = await registered({ phone: '+919812345678', address: '12 Dairy Lane' });
      expect(await users.contactOf(userId)).toEqual({
        userId,
        name: 'Jimmy Joseph',
        email,
        phone: '+919812345678',
        notifications: { email: true, sms: true },
      });
      expect(users.addressRead(userId)).toEqual({ table: `${app.config.tablePrefix}Users`, key: { userId } });
      expect(users.addressOf(await app.stored('Users', { userId }))).toBe('12 Dairy Lane');
      expect(users.addressOf(undefined)).toBeUndefined();
      expect(await users.find('nobody')).toBeUndefined();
      expect(JSON.stringify(await users.find(userId))).not.toContain('argon2');
    });

    it('ensures a user as often as one likes', async () => {
      const person = { name: 'Seed', email: 'seed@example.com' };
      const [first, second] = await Promise.all([
        users.ensure(person, 'COURIER', 'milkround-demo'),
        users.ensure(person, 'COURIER', 'milkround-demo'),
      ]);
      expect(second).toEqual(first);
      expect(await users.ensure({ ...person, name: 'Other' }, 'ADMIN', 'another one')).toEqual(first);
    });
  });
});
