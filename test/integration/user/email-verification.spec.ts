import { randomInt } from 'node:crypto';
import { createAdmin } from '../../../src/cli/create-admin';
import type { PublishedEvent } from '../../../src/events/event-map';
import type { EmailVerified } from '../../../src/events/user.events';
import { UserService } from '../../../src/modules/user';
import { Subscribe } from '../../../src/platform/events/subscribe';
import { OffsetRealClock } from '../../support/clocks/offset-real-clock';
import { TestApp } from '../../support/test-app';
import { mailsTo, verificationTokensTo } from '../notification/customer-inbox';

const DAY = 86_400_000;

/** Records the users whose e-mail was verified. */
class VerificationRecorder {
  readonly userIds: string[] = [];

  @Subscribe('user.email_verified', { as: 'test.note' })
  async record({ userId }: PublishedEvent<EmailVerified>): Promise<void> {
    this.userIds.push(userId);
  }
}

describe('an e-mail address', () => {
  let app: TestApp;
  const recorder = new VerificationRecorder();
  const clock = new OffsetRealClock();
  beforeAll(async () => {
    app = await TestApp.start(
      { EMAIL_VERIFICATION_URL: 'https://milk.test/verify' },
      { clock, providers: [{ provide: VerificationRecorder, useValue: recorder }] },
    );
  });
  afterEach(() => clock.reset());
  afterAll(() => app.stop());

  // The mail emulator keeps the mails of all tests.
  const newEmail = () => `vera${randomInt(10 ** 9)}@example.com`;
  const register = async (name = 'Vera') => {
    const email = newEmail();
    const { body } = await app.http.post('/user/register', { name, email, password: 'a good long one' }).expect(201);
    await app.settled();
    const [token = ''] = await verificationTokensTo(email);
    return { userId: body.userId as string, email, token };
  };
  const verify = (token: string) => app.http.post('/user/verify', { token });
  const isVerified = async (userId: string) =>
    (await app.as('CUSTOMER', userId).get('/user/profile').expect(200)).body.emailVerified as boolean;
  const requestMail = async (userId: string) => {
    await app.as('CUSTOMER', userId).post('/user/verify/request').expect(202);
    await app.settled();
  };

  it('is verified with the token of the welcome mail, once and for all', async () => {
    const { userId, email, token } = await register();
    expect(await isVerified(userId)).toBe(false);
    await verify(token).expect(204);
    expect(await isVerified(userId)).toBe(true);
    const { body } = await app.as('ADMIN').get(`/admin/users?email=${email}`).expect(200);
    expect(body).toMatchObject([{ emailVerified: true, version: 1 }]);
    await verify(token).expect(204);
    await app.settled();
    expect(recorder.userIds.filter((id) => id === userId)).toHaveLength(1);
  });

  it('gets a link to the page that verifies it, and the token to copy', async () => {
    const { userId, email, token } = await register();
    const [mail] = await mailsTo(email, /Welcome/);
    expect(mail?.body.text.split('\n')[0]).toBe('Welcome Vera!');
    expect(mail?.body.text).toContain(`Confirm my e-mail address: https://milk.test/verify?token=${token}`);
    expect(mail?.body.text).not.toContain('/user/verify.');
    expect(mail?.body.html).toContain(`>${token}</div>`);
    expect(mail?.body.text).not.toContain(userId);
    expect(JSON.stringify(await app.allStored('Outbox'))).not.toContain(token);
  });

  it('gets no sentence of a stranger before it is verified', async () => {
    const { userId, email } = await register('URGENT your account is locked');
    await app.as('CUSTOMER', userId).post('/user/verify/request').expect(202);
    await app.settled();
    const mails = await mailsTo(email, /./);
    expect(mails.map(({ body }) => body.text.split('\n')[0])).toEqual([
      'Welcome URGENT!',
      'Confirm your e-mail address',
    ]);
    expect(JSON.stringify(mails.map(({ body }) => body))).not.toContain('locked');
  });

  it('is verified once by twenty simultaneous requests', async () => {
    const { userId, token } = await register();
    const responses = await Promise.all(Array.from({ length: 20 }, () => verify(token)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([204]));
    await app.settled();
    expect(recorder.userIds.filter((id) => id === userId)).toHaveLength(1);
  });

  it('is not verified by another token', async () => {
    const [vera, other] = [await register(), await register()];
    const [user = '', expiresAt = '', signature = ''] = vera.token.split('.');
    const [otherUser = ''] = other.token.split('.');
    for (const forged of [
      'nonsense',
      `${user}.${expiresAt}.`,
      `${user}.${expiresAt}.${'A'.repeat(43)}`,
      `${user}.${Number(expiresAt) + 1}.${signature}`,
      `${otherUser}.${expiresAt}.${signature}`,
      `${Buffer.from('unknown').toString('base64url')}.${expiresAt}.${signature}`,
      `${vera.userId}.${expiresAt}.${signature}`,
      `${user}.${expiresAt}.${signature.slice(0, -1)}\u00e9`,
    ]) {
      const { body } = await verify(forged).expect(400);
      expect(body.code).toBe('auth.invalid_verification_token');
    }
    expect([await isVerified(vera.userId), await isVerified(other.userId)]).toEqual([false, false]);
  });

  it('can be verified for seven days', async () => {
    const { userId, token } = await register();
    clock.advance(7 * DAY);
    await verify(token).expect(400);
    clock.reset();
    clock.advance(6.99 * DAY);
    await verify(token).expect(204);
    clock.advance(DAY);
    await verify(token).expect(204);
    expect(await isVerified(userId)).toBe(true);
  });

  it('is not verified by the token of an earlier address', async () => {
    const { userId, token } = await register();
    const stored = await app.stored('Users', { userId });
    await app.store('Users', { ...stored, email: newEmail() });
    await verify(token).expect(400);
    expect(await isVerified(userId)).toBe(false);
  });

  it('counts as verified in a row of an earlier version', async () => {
    const { userId, token } = await register();
    const { emailVerified: _, ...stored } = (await app.stored('Users', { userId })) ?? {};
    await app.store('Users', stored);
    expect(await isVerified(userId)).toBe(true);
    await verify(token).expect(204);
    const { body } = await app.as('CUSTOMER', userId).post('/user/verify/request').expect(409);
    expect(body.code).toBe('user.email_already_verified');
  });

  it('gets another mail on request, and both tokens work', async () => {
    const { userId, email, token } = await register();
    await requestMail(userId);
    const [mail] = await mailsTo(email, /^Confirm/);
    expect(mail?.body.text).toMatch(/^Confirm your e-mail address\n\nHello Vera, please confirm/);
    await verify((await verificationTokensTo(email)).at(-1) ?? '').expect(204);
    await verify(token).expect(204);
    const { body } = await app.as('CUSTOMER', userId).post('/user/verify/request').expect(409);
    expect(body.code).toBe('user.email_already_verified');
  });

  it('gets a mail that an admin requests, but none that another customer requests', async () => {
    const { userId, email } = await register();
    await app.as('CUSTOMER').post(`/user/verify/request?userId=${userId}`).expect(403);
    await app.as('ADMIN').post(`/user/verify/request?userId=${userId}`).expect(202);
    await app.settled();
    expect(await mailsTo(email, /^Confirm/)).toHaveLength(1);
    await app.as('ADMIN').post('/user/verify/request?userId=unknown').expect(404);
  });

  it('of an admin’s making is verified by the invitation, and keeps the contacts that the admin entered', async () => {
    const contacts = { phone: '+919812345678', address: '12 Dairy Lane' };
    const person = { name: 'Ina', email: newEmail(), role: 'CUSTOMER', ...contacts };
    const { body: created } = await app.as('ADMIN').post('/admin/users', person).expect(201);
    await app.settled();
    expect(created.emailVerified).toBe(false);
    expect(await verificationTokensTo(person.email)).toEqual([]);
    const [mail] = await mailsTo(person.email, /invited/);
    const token = /^([\w.-]+\.\w{26}\.[\w-]+)$/m.exec(mail?.body.text ?? '')?.[1];
    await app.http.post('/user/password/reset', { token, newPassword: 'my own one' }).expect(204);
    const { body } = await app.as('CUSTOMER', created.userId).get('/user/profile').expect(200);
    expect(body).toMatchObject({ emailVerified: true, version: 1, ...contacts });
  });

  it('of an admin’s making with a password is not verified, and one of the operator’s making is', async () => {
    const users = app.get<UserService>(UserService);
    const person = { name: 'Ada', email: newEmail() };
    expect((await users.create(person, 'CUSTOMER', 'a long password')).emailVerified).toBe(false);
    const operator = { name: 'Ada', email: newEmail(), password: 'a long password' };
    await createAdmin(app.nest, operator);
    expect((await users.findByEmail(operator.email))?.emailVerified).toBe(true);
  });
});

describe('requests of a verification mail', () => {
  let app: TestApp;
  const clock = new OffsetRealClock();
  beforeAll(async () => (app = await TestApp.start({ RATE_LIMITS: 'on' }, { clock })));
  afterAll(() => app.stop());

  it('are accepted once a minute, also at the same time', async () => {
    const email = `vera${randomInt(10 ** 9)}@example.com`;
    const person = { name: 'Vera', email, password: 'a good long one' };
    const { body } = await app.http.post('/user/register', person).expect(201);
    const request = () => app.as('CUSTOMER', body.userId).post('/user/verify/request');
    const responses = await Promise.all(Array.from({ length: 10 }, request));
    expect(responses.filter(({ status }) => status === 202)).toHaveLength(1);
    const refused = responses.find(({ status }) => status === 429);
    expect(refused?.body.code).toBe('user.verification_requested');
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    clock.advance(60_000);
    await request().expect(202);
    await app.settled();
    expect(await mailsTo(email, /^Confirm/)).toHaveLength(2);
  });
});
