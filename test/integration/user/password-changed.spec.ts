import { randomInt } from 'node:crypto';
import { TestApp } from '../../support/test-app';
import { mailsTo, verificationTokensTo } from '../notification/customer-inbox';

const PASSWORD = 'a good long one';

describe('a changed password', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ PASSWORD_RESET_URL: 'https://milk.test/password' });
  });
  afterAll(() => app.stop());

  const register = async (details: object = {}) => {
    // The mail emulator keeps the mails of all tests.
    const email = `paula${randomInt(10 ** 9)}@example.com`;
    const person = { name: 'Paula', email, password: PASSWORD, ...details };
    const { body } = await app.http.post('/user/register', person).expect(201);
    await app.settled();
    return { email, userId: body.userId as string, client: app.as('CUSTOMER', body.userId as string) };
  };
  const verify = async (email: string) => {
    const [token] = await verificationTokensTo(email);
    await app.http.post('/user/verify', { token }).expect(204);
  };
  const reset = async (email: string) => {
    await app.http.post('/user/password/forgot', { email }).expect(202);
    await app.settled();
    const [mail] = await mailsTo(email, /Reset/);
    const token = /^([\w.-]+\.\w{26}\.[\w-]+)$/m.exec(mail?.body.text ?? '')?.[1];
    await app.http.post('/user/password/reset', { token, newPassword: 'another one' }).expect(204);
    await app.settled();
  };
  const noticesTo = (email: string) => mailsTo(email, /password was changed/);

  it('is mailed after a change, even to users who want no mail, without a link', async () => {
    const { email, client } = await register();
    await client.patch('/user/profile', { notifications: { email: false } }).expect(200);
    const wrong = { currentPassword: 'a wrong one', newPassword: 'another one' };
    await client.post('/user/password/change', wrong).expect(401);
    await client.post('/user/password/change', { ...wrong, currentPassword: PASSWORD }).expect(204);
    await app.settled();
    const [mail, ...more] = await noticesTo(email);
    expect(more).toEqual([]);
    expect(mail?.body.text).toMatch(
      /^Your Milkround password was changed\n\nHello Paula, the password of your account/,
    );
    expect(mail?.body.html).not.toMatch(/href|milk\.test/);
  });

  it('is mailed after a reset, but not when an invited user chooses the first one', async () => {
    const { email } = await register();
    await reset(email);
    expect(await noticesTo(email)).toHaveLength(1);
    const invited = `ina${randomInt(10 ** 9)}@example.com`;
    await app.as('ADMIN').post('/admin/users', { name: 'Ina', email: invited, role: 'COURIER' }).expect(201);
    await app.settled();
    const [invitation] = await mailsTo(invited, /invited/);
    const token = /^([\w.-]+\.\w{26}\.[\w-]+)$/m.exec(invitation?.body.text ?? '')?.[1];
    await app.http.post('/user/password/reset', { token, newPassword: 'my own one' }).expect(204);
    await app.settled();
    expect(await noticesTo(invited)).toEqual([]);
  });

  it('by a reset takes an account from the person who opened it with another’s address', async () => {
    const { email, userId, client } = await register({ phone: '+919812345678', address: '1 Attacker Road' });
    const kinds = { invoices: { email: false } };
    await client.patch('/user/profile', { notifications: { email: false, sms: false, kinds } }).expect(200);
    await reset(email);
    const { body } = await client.get('/user/profile').expect(200);
    expect(body).toMatchObject({
      ...{ emailVerified: true, phone: null, address: null },
      notifications: { email: true, sms: true, kinds },
      version: 3,
    });
    const stored = await app.stored('Users', { userId });
    expect(JSON.stringify(stored)).not.toMatch(/9812345678|Attacker/);
    const [mail] = await noticesTo(email);
    expect(mail?.body.text).toContain('we removed the phone number and delivery address');
  });

  it('by a reset keeps the contacts of a user who had verified the address', async () => {
    const contacts = { phone: '+919812345678', address: '12 Dairy Lane' };
    const { email, client } = await register(contacts);
    await verify(email);
    await reset(email);
    const { body } = await client.get('/user/profile').expect(200);
    expect(body).toMatchObject({ ...contacts, emailVerified: true, version: 1 });
    const [mail] = await noticesTo(email);
    expect(mail?.body.text).not.toContain('removed');
  });

  it('by a reset keeps the contacts in a row of an earlier version', async () => {
    const { email, userId, client } = await register({ phone: '+919812345678' });
    const { emailVerified: _, ...stored } = (await app.stored('Users', { userId })) ?? {};
    await app.store('Users', stored);
    await reset(email);
    const { body } = await client.get('/user/profile').expect(200);
    expect(body).toMatchObject({ phone: '+919812345678', emailVerified: true });
  });
});
