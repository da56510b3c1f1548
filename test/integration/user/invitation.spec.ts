import { randomInt } from 'node:crypto';
import { UserService } from '../../../src/modules/user';
import { interleave } from '../../support/faults/interleave';
import { TestApp } from '../../support/test-app';
import { mailsTo } from '../notification/customer-inbox';

const DAY = 86_400_000;
const INVITATION = /invited/;
const RESET = /Reset your/;

describe('an invitation', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ QUEUE_RETRY_SECONDS: '0', PASSWORD_RESET_URL: 'https://milk.test/password' });
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const invite = async (role = 'COURIER') => {
    // The mail emulator keeps the mails of all tests.
    const email = `ravi${randomInt(10 ** 9)}@example.com`;
    const { body } = await app.as('ADMIN').post('/admin/users', { name: 'Ravi', email, role }).expect(201);
    await app.settled();
    return { email, userId: body.userId as string };
  };
  const afterDays = (days: number) => {
    const later = Date.now() + days * DAY;
    jest.spyOn(app.clock, 'realNow').mockReturnValue(later);
  };
  const forgot = async (email: string) => {
    await app.http.post('/user/password/forgot', { email }).expect(202);
    await app.settled();
  };
  /** The tokens in the mails to an address. */
  const mailedTokens = async (email: string, subject: RegExp) => {
    const mails = await mailsTo(email, subject);
    return mails.map(({ body }) => /^([\w.-]+\.\w{26}\.[\w-]+)$/m.exec(body.text)?.[1] ?? '');
  };
  const accept = (token = '', newPassword = 'my own one') =>
    app.http.post('/user/password/reset', { token, newPassword });
  const login = (email: string, password: string) => app.http.post('/user/login', { email, password });

  it('is mailed to a user who is created without a password, beside the welcome', async () => {
    const { email } = await invite();
    const [mail, ...others] = await mailsTo(email, INVITATION);
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('You are invited to Milkround');
    expect(mail?.body.text).toMatch(/^Choose your Milkround password\n\nHello Ravi, the dairy has created an account/);
    expect(mail?.body.text).toContain('within seven days');
    expect(mail?.body.html).toContain('https://milk.test/password?token');
    expect(await mailsTo(email, RESET)).toEqual([]);
    expect(await mailsTo(email, /Welcome/)).toHaveLength(1);
    const log = await app.allStored<{ id: string; type: string }>('NotificationLog');
    expect(log).toContainEqual(expect.objectContaining({ type: 'INVITATION' }));
  });

  it('lets the user choose a password and sign in, once', async () => {
    const { email } = await invite();
    const [token] = await mailedTokens(email, INVITATION);
    await login(email, 'my own one').expect(401);
    await accept(token).expect(204);
    expect((await login(email, 'my own one').expect(200)).body.role).toBe('COURIER');
    expect((await accept(token, 'another one').expect(400)).body.code).toBe('auth.invalid_reset_token');
  });

  it('works for seven days, a reset for one hour', async () => {
    const { email } = await invite();
    const [token] = await mailedTokens(email, INVITATION);
    afterDays(7);
    await accept(token).expect(400);
    afterDays(6.99);
    await accept(token).expect(204);
    jest.restoreAllMocks();
    await forgot(email);
    const [reset] = await mailedTokens(email, RESET);
    const [mail] = await mailsTo(email, RESET);
    expect(mail?.body.text).toContain('within an hour');
    expect(mail?.body.text).not.toContain('created');
    afterDays(1 / 24);
    await accept(reset).expect(400);
    jest.restoreAllMocks();
    await accept(reset).expect(204);
  });

  it('is mailed again by a forgotten password, for another seven days, and both mails work', async () => {
    const { email } = await invite();
    afterDays(6);
    await forgot(email);
    const [first, second, ...others] = await mailedTokens(email, INVITATION);
    expect(others).toEqual([]);
    expect(await mailsTo(email, RESET)).toEqual([]);
    afterDays(12.9);
    expect(first).toBe(second);
    await accept(first).expect(204);
  });

  it('can be mailed again after it has ended, and creating the user again is a conflict', async () => {
    const { email } = await invite();
    afterDays(30);
    const again = await app.as('ADMIN').post('/admin/users', { name: 'Ravi', email, role: 'COURIER' }).expect(409);
    expect(again.body).toMatchObject({
      code: 'user.email_taken',
      detail: expect.stringContaining('/user/password/forgot'),
    });
    await forgot(email);
    await accept((await mailedTokens(email, INVITATION)).at(-1)).expect(204);
  });

  it('stays used if it is requested again while it is used', async () => {
    const { email, userId } = await invite();
    const [token] = await mailedTokens(email, INVITATION);
    interleave(
      app,
      ({ Update }) => Update?.Key.userId === userId,
      () => accept(token).expect(204),
    );
    await forgot(email);
    await accept(token, 'another one').expect(400);
    const [reset] = await mailedTokens(email, RESET);
    await accept(reset, 'another one').expect(204);
  });

  it('is suspended while the user is blocked', async () => {
    const { email, userId } = await invite();
    const [token] = await mailedTokens(email, INVITATION);
    const setBlocked = (blocked: boolean) => app.as('ADMIN').patch(`/admin/users/${userId}`, { blocked }).expect(200);
    await setBlocked(true);
    await accept(token).expect(400);
    await forgot(email);
    expect(await mailedTokens(email, INVITATION)).toHaveLength(1);
    await setBlocked(false);
    await accept(token).expect(204);
  });

  it('is not needed with a password', async () => {
    const email = `ada${randomInt(10 ** 9)}@example.com`;
    await app.get<UserService>(UserService).create({ name: 'Ada', email }, 'ADMIN', 'a long password');
    await app.settled();
    expect(await mailsTo(email, INVITATION)).toEqual([]);
    await forgot(email);
    expect(await mailsTo(email, RESET)).toHaveLength(1);
  });
});
