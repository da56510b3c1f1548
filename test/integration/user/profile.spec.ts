import { OPTIONAL_KINDS } from '../../../src/modules/user/domain/message-preferences';
import { countRoundTrips, roundTripsOf } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { registerUser } from './registered-user';

describe('the profile', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  it('is read in one round trip, and changed in two', async () => {
    const { client } = await registerUser(app);
    expect(await countRoundTrips(app, () => client.get('/user/profile').expect(200))).toBe(1);
    expect(await roundTripsOf(app, () => client.patch('/user/profile', { name: 'Jim' }).expect(200))).toHaveLength(2);
  });

  it('never contains the password', async () => {
    const { client } = await registerUser(app);
    const { text } = await client.get('/user/profile').expect(200);
    expect(text).not.toMatch(/argon2|password|credentials/i);
  });

  it('updates the given fields, clears null fields and keeps the others', async () => {
    const { client } = await registerUser(app, { phone: '+919812345678', address: '12 Dairy Lane' });
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

  it('has the language that the user chooses, or none', async () => {
    const { client } = await registerUser(app, { language: 'hi' });
    const languageAfter = async (language: unknown, status: number) => {
      await client.patch('/user/profile', { language }).expect(status);
      return (await client.get('/user/profile').expect(200)).body.language as unknown;
    };
    expect((await client.get('/user/profile')).body.language).toBe('hi');
    expect(await languageAfter('en', 200)).toBe('en');
    expect(await languageAfter('de', 400)).toBe('en');
    expect(await languageAfter(null, 200)).toBeNull();
  });

  it('stays the same when no field is given', async () => {
    const { client } = await registerUser(app);
    expect((await client.patch('/user/profile', {}).expect(200)).body.version).toBe(1);
    expect((await client.patch('/user/profile', { notifications: {} }).expect(200)).body.version).toBe(1);
  });

  it('has preferences by channel and kind, and stores only what is off', async () => {
    const { client, userId } = await registerUser(app);
    const stored = async () => (await app.stored('Users', { userId }))?.notifications;
    const change = async (notifications: object) => {
      const { body } = await client.patch('/user/profile', { notifications }).expect(200);
      return (body as { notifications: { kinds: object } }).notifications.kinds;
    };
    const allOn = Object.fromEntries(OPTIONAL_KINDS.map((kind) => [kind, { email: true, sms: true }]));
    expect((await client.get('/user/profile')).body.notifications).toEqual({ email: true, sms: true, kinds: allOn });
    const kinds = { lowBalance: { sms: false }, invoices: { email: false, sms: true } };
    const off = { lowBalance: { email: true, sms: false }, invoices: { email: false, sms: true } };
    expect(await change({ kinds })).toEqual({ ...allOn, ...off });
    expect(await stored()).toEqual({ email: true, sms: true, sms_lowBalance: false, email_invoices: false });
    expect(await change({ kinds: { lowBalance: { sms: true } } })).toEqual({ ...allOn, invoices: off.invoices });
    const byAdmin = { userId, notifications: { kinds: { invoices: { email: true } } } };
    await app.as('ADMIN').patch('/user/profile', byAdmin).expect(200);
    expect(await stored()).toEqual({ email: true, sms: true });
    const { body } = await client.patch('/user/profile', { notifications: { kinds: { invoices: {} } } }).expect(200);
    expect(body.version).toBe(4);
  });

  it('requires If-Match to be the latest version', async () => {
    const { client } = await registerUser(app);
    const rename = (name: string, tag: string) => client.patch('/user/profile', { name }).set('If-Match', tag);
    await rename('Jim', '"1"').expect(200);
    expect((await rename('James', '"1"').expect(412)).body.code).toBe('request.stale');
    await rename('James', '"no tag of ours"').expect(412);
    await client.patch('/user/profile', {}).set('If-Match', '"1"').expect(412);
    await rename('James', '1').expect(412);
    await rename('James', 'W/"2"').expect(200);
    await rename('Jimmy', '3').expect(200);
  });

  it.each([
    ['an e-mail', { email: 'new@example.com' }, 'email'],
    ['a role', { role: 'ADMIN' }, 'role'],
    ['a name that is null', { name: null }, 'name'],
    ['preferences that are a list', { notifications: [] }, 'notifications'],
    ['preferences that are null', { notifications: null }, 'notifications'],
    ['a preference that is text', { notifications: { sms: 'no' } }, 'notifications.sms'],
    ['kinds that are null', { notifications: { kinds: null } }, 'notifications.kinds'],
    ['an unknown kind', { notifications: { kinds: { payments: {} } } }, 'notifications.kinds.payments'],
    ['a kind that is no object', { notifications: { kinds: { invoices: false } } }, 'notifications.kinds.invoices'],
    ['a kind with text', { notifications: { kinds: { invoices: { sms: 'no' } } } }, 'notifications.kinds.invoices.sms'],
    ['an unknown preference', { notifications: { post: true } }, 'notifications.post'],
  ])('refuses %s', async (_, wrong, field) => {
    const { client } = await registerUser(app);
    const { body } = await client.patch('/user/profile', wrong).expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
  });

  it('is visible to its user and to admins only', async () => {
    const [jimmy, anna] = [await registerUser(app), await registerUser(app, { name: 'Anna' })];
    const theirs = { userId: anna.userId };
    expect((await jimmy.client.get('/user/profile', theirs).expect(403)).body.code).toBe('auth.not_owner');
    await jimmy.client.patch('/user/profile', { ...theirs, name: 'Mine' }).expect(403);
    await jimmy.client.get('/user/profile', { userId: jimmy.userId }).expect(200);
    expect((await app.as('ADMIN').get('/user/profile', theirs).expect(200)).body.name).toBe('Anna');
    await app.http.get('/user/profile').expect(401);
    expect((await app.as('CUSTOMER').get('/user/profile').expect(404)).body.code).toBe('user.not_found');
  });
});
