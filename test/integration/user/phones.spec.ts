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

  it('of an earlier version stays as it is until another is given', async () => {
    const { userId, client } = await registerUser(app);
    const old = '+9100000';
    const users = `${app.config.tablePrefix}Users`;
    await app.get<Database>(Database).write(update(users, { userId }, { set: { phone: old } }));
    expect((await client.get('/user/profile').expect(200)).body.phone).toBe(old);
    expect((await client.patch('/user/profile', { name: 'Jim' }).expect(200)).body.phone).toBe(old);
    const { body } = await client.patch('/user/profile', { name: 'James', phone: old }).expect(200);
    expect(body).toMatchObject({ name: 'James', phone: old });
    await client.patch('/user/profile', { phone: '+9100001' }).expect(400);
    expect((await client.patch('/user/profile', { phone: WRITTEN }).expect(200)).body.phone).toBe(STORED);
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
