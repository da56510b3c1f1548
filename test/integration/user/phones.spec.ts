import { UserService } from '../../../src/modules/user';
import { Database } from '../../../src/platform/dynamo/database';
import { update } from '../../../src/platform/dynamo/write';
import { TestApp } from '../../support/test-app';
import { aRegistration, registerUser } from './registered-user';

describe('the phone of a user', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  const WRITTEN = '(098123) 45-678';
  const STORED = '+919812345678';
  const phoneOf = async (userId: string) => (await app.stored('Users', { userId }))?.phone;
  const createdByAdmin = async (phone: string) =>
    app.as('ADMIN').post('/admin/users', { ...aRegistration(), role: 'COURIER', phone });

  it('is stored in E.164 form wherever it is given', async () => {
    const { userId, client } = await registerUser(app, { phone: WRITTEN });
    expect(await phoneOf(userId)).toBe(STORED);
    const { body } = await client.patch('/user/profile', { phone: '+44 7911 123456' }).expect(200);
    expect(body.phone).toBe('+447911123456');
    const admin = app.as('ADMIN');
    expect((await admin.patch(`/admin/users/${userId}`, { phone: '०९८१२३४५६७८' }).expect(200)).body.phone).toBe(STORED);
    const both = { phone: '９８１２３ ４５６７９', blocked: true };
    expect((await admin.patch(`/admin/users/${userId}`, both).expect(200)).body.phone).toBe('+919812345679');
    const { body: courier } = await createdByAdmin(WRITTEN);
    expect(courier.phone).toBe(STORED);
    const seeded = { name: 'Ada', email: aRegistration().email, phone: WRITTEN };
    expect((await app.get<UserService>(UserService).ensure(seeded, 'ADMIN', 'test123')).phone).toBe(STORED);
  });

  it('that cannot exist is refused wherever it is given, with an example', async () => {
    const { userId, client } = await registerUser(app);
    const phone = '+910981234567';
    for (const { status, body } of [
      await app.http.post('/user/register', aRegistration({ phone })),
      await createdByAdmin(phone),
      await client.patch('/user/profile', { phone }),
      await app.as('ADMIN').patch(`/admin/users/${userId}`, { phone }),
      await app.as('ADMIN').patch(`/admin/users/${userId}`, { phone, blocked: true }),
    ]) {
      expect(status).toBe(400);
      const message = 'phone must be an existing phone number, such as 081234 56789 or +91 81234 56789';
      expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'phone', message }] });
    }
    expect(await app.stored('Users', { userId })).toMatchObject({ blocked: false });
  });

  it('of a premium rate or a satellite is refused wherever it is given', async () => {
    const { userId, client } = await registerUser(app);
    for (const phone of ['+979123456789', '+44 909 879 0000', '+1 900 234 5678', '+881612345678', '+870301234567']) {
      for (const { status, body } of [
        await app.http.post('/user/register', aRegistration({ phone })),
        await createdByAdmin(phone),
        await client.patch('/user/profile', { phone }),
        await app.as('ADMIN').patch(`/admin/users/${userId}`, { phone }),
      ]) {
        expect(status).toBe(400);
        const message = expect.stringMatching(/ordinary mobile or landline number.*not accepted$/);
        expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'phone', message }] });
      }
    }
    expect(await phoneOf(userId)).toBeUndefined();
  });

  it.each(['+9100000', '+979123456789'])(
    'of an earlier version stays as it is until another is given: %s',
    async (old) => {
      const { userId, client } = await registerUser(app);
      const users = `${app.config.tablePrefix}Users`;
      await app.get<Database>(Database).write(update(users, { userId }, { set: { phone: old } }));
      expect((await client.get('/user/profile').expect(200)).body.phone).toBe(old);
      expect((await client.patch('/user/profile', { name: 'Jim' }).expect(200)).body.phone).toBe(old);
      const { body } = await client.patch('/user/profile', { name: 'James', phone: old }).expect(200);
      expect(body).toMatchObject({ name: 'James', phone: old });
      await client.patch('/user/profile', { phone: '+9100001' }).expect(400);
      expect((await client.patch('/user/profile', { phone: WRITTEN }).expect(200)).body.phone).toBe(STORED);
    },
  );
});

describe('the phone of a user, with rate limits,', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ RATE_LIMITS: 'on' })));
  afterAll(() => app.stop());

  const numbered = (index: number) => `+91981234560${index}`;

  it('changes three times a day, and as often as an admin changes it', async () => {
    const { userId, client } = await registerUser(app, { phone: numbered(0) });
    const change = (phone: string | null) => client.patch('/user/profile', { phone });
    await change(numbered(1)).expect(200);
    await change(null).expect(200);
    await change(numbered(2)).expect(200);
    for (const again of [numbered(2), '09812345602']) await change(again).expect(200);
    await client
      .patch('/user/profile', { phone: numbered(4) })
      .set('If-Match', '"1"')
      .expect(412);
    await change('+979123456789').expect(400);
    await change(numbered(3)).expect(200);
    const { body, headers } = await change(numbered(4)).expect(429);
    expect(body.code).toBe('user.too_many_phone_changes');
    expect(Number(headers['retry-after'])).toBeGreaterThan(86_000);
    await client.patch('/user/profile', { name: 'Jim', phone: numbered(3) }).expect(200);
    expect(await app.stored('Users', { userId })).toMatchObject({ name: 'Jim', phone: numbered(3) });

    const admin = app.as('ADMIN');
    for (const index of [4, 5, 6, 7]) {
      await admin.patch(`/admin/users/${userId}`, { phone: numbered(index) }).expect(200);
    }
    await admin.patch('/user/profile', { userId, phone: numbered(8) }).expect(200);
    await change(numbered(9)).expect(429);
  });

  it('changes three times, of many requests at once', async () => {
    const { client } = await registerUser(app);
    const responses = await Promise.all(
      Array.from({ length: 9 }, (_, index) => client.patch('/user/profile', { phone: numbered(index) })),
    );
    const statuses = responses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
  });

  it('of an admin changes three times a day too', async () => {
    const account = { ...aRegistration(), role: 'ADMIN' };
    const { userId } = (await app.as('ADMIN').post('/admin/users', account).expect(201)).body;
    const self = app.as('ADMIN', userId);
    for (const index of [1, 2, 3]) await self.patch('/user/profile', { phone: numbered(index) }).expect(200);
    await self.patch(`/admin/users/${userId}`, { phone: numbered(4) }).expect(429);
    await self.patch(`/admin/users/${userId}`, { phone: numbered(4), blocked: false }).expect(429);
  });
});

describe('the phone of a user in Britain', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ DEFAULT_COUNTRY: 'GB' })));
  afterAll(() => app.stop());

  it('needs no country code', async () => {
    const { client } = await registerUser(app, { phone: '07911 123456' });
    expect((await client.get('/user/profile').expect(200)).body.phone).toBe('+447911123456');
    const { body } = await app.http.post('/user/register', aRegistration({ phone: '1' })).expect(400);
    expect(body.errors[0].message).toContain('such as 07400 123456 or +44 7400 123456');
  });
});
