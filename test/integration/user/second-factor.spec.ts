import { Secret, TOTP } from 'otpauth';
import { randomInt } from 'node:crypto';
import { resetMfa } from '../../../src/cli/reset-mfa';
import { UserService } from '../../../src/modules/user';
import { FailureCountRepository } from '../../../src/platform/throttle/failure-count.repository';
import { interleave } from '../../support/faults/interleave';
import { OidcIssuer } from '../../support/fakes/oidc-issuer';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { mailsTo } from '../notification/customer-inbox';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}
interface Person {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
}
type Admin = Person & { readonly secret: string; readonly recoveryCodes: readonly string[]; readonly tokens: Tokens };

const PASSWORD = 'milk-before-dawn';
const STEP = 30_000;
const MINUTE = 60_000;

describe('a second factor', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const person = async (role: 'ADMIN' | 'CUSTOMER' = 'ADMIN', task = app): Promise<Person> => {
    const email = `asha${randomInt(10 ** 9)}@example.com`;
    const { userId } = await task.get<UserService>(UserService).create({ name: 'Asha', email }, role, PASSWORD);
    return { userId, email, password: PASSWORD };
  };
  const login = ({ email, password }: Person, more: object = {}, task = app) =>
    task.http.post('/user/login', { email, password, ...more });
  const signedIn = async (one: Person, more: object = {}, task = app) =>
    (await login(one, more, task).expect(200)).body as Tokens;
  /** The code that an app shows some steps of thirty seconds from now. */
  const codeOf = (secret: string, stepsAhead = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: app.clock.realNow() + stepsAhead * STEP });
  /** Codes work once, so each test moves real time to get another one. */
  const later = (milliseconds: number) => {
    const then = app.clock.realNow() + milliseconds;
    jest.spyOn(app.clock, 'realNow').mockReturnValue(then);
  };
  const setUp = async ({ accessToken }: Tokens, task = app) =>
    (await task.http.as(accessToken).post('/user/mfa/setup', { password: PASSWORD }).expect(200)).body as {
      secret: string;
      uri: string;
    };
  const confirm = ({ accessToken }: Tokens, code: string, task = app) =>
    task.http.as(accessToken).post('/user/mfa/confirm', { code });
  const verify = ({ accessToken }: Tokens, guess: Record<string, unknown>) =>
    app.http.as(accessToken).post('/user/mfa/verify', guess);
  const listUsers = ({ accessToken }: Tokens, task = app) =>
    task.http.as(accessToken).get('/admin/users', { limit: 1 });
  const createUser = ({ accessToken }: Tokens) =>
    app.http.as(accessToken).post('/admin/users', {
      name: 'Ravi',
      email: `ravi${randomInt(10 ** 9)}@example.com`,
      role: 'COURIER',
      password: PASSWORD,
    });
  const removal = ({ accessToken }: Tokens, body: Record<string, unknown>) =>
    app.http.as(accessToken).delete('/user/mfa', body);
  const admin = async (): Promise<Admin> => {
    const one = await person();
    const tokens = await signedIn(one);
    const { secret } = await setUp(tokens);
    const { body } = await confirm(tokens, codeOf(secret)).expect(200);
    later(2 * STEP);
    return { ...one, secret, tokens, recoveryCodes: (body as { recoveryCodes: string[] }).recoveryCodes };
  };
  const factorOf = ({ userId }: Person) => app.stored('SecondFactors', { userId });

  describe('is set up', () => {
    it('with a code, and has no effect before', async () => {
      const one = await person();
      const tokens = await signedIn(one);
      const { secret, uri } = await setUp(tokens);
      expect(uri).toContain(`secret=${secret}`);
      expect(uri).toMatch(/^otpauth:\/\/totp\/Milkround:asha\d+%40example\.com\?/);
      expect(JSON.stringify(await factorOf(one))).not.toContain(secret);
      await login(one).expect(200);
      expect((await confirm(tokens, codeOf(secret, 5)).expect(401)).body.code).toBe('auth.invalid_code');
      const { body } = await confirm(tokens, codeOf(secret)).expect(200);
      const { recoveryCodes } = body as { recoveryCodes: string[] };
      expect(new Set(recoveryCodes).size).toBe(10);
      for (const code of recoveryCodes) expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      const stored = JSON.stringify(await factorOf(one));
      for (const plain of [secret, ...recoveryCodes]) expect(stored).not.toContain(plain);
      expect((await login(one).expect(401)).body.code).toBe('auth.code_required');
      expect((await app.http.as(tokens.accessToken).get('/user/profile').expect(200)).body.mfa).toBe(true);
      await createUser(tokens).expect(201);
    });

    it('with the last of several secrets, and once', async () => {
      const one = await person();
      const tokens = await signedIn(one);
      expect((await confirm(tokens, '123456').expect(409)).body.code).toBe('auth.mfa_not_set_up');
      const { secret: first } = await setUp(tokens);
      const { secret } = await setUp(tokens);
      await confirm(tokens, codeOf(first)).expect(401);
      const responses = await Promise.all([confirm(tokens, codeOf(secret)), confirm(tokens, codeOf(secret))]);
      expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect((await app.http.as(tokens.accessToken).post('/user/mfa/setup').expect(409)).body.code).toBe(
        'auth.mfa_active',
      );
      expect(await factorOf(one)).not.toHaveProperty('pendingSecret');
    });

    it('and reported by mail, as is its removal', async () => {
      const { email, tokens, password, secret } = await admin();
      await app.settled();
      const [added, ...more] = await mailsTo(email, /^Your Milkround sign-in now needs a code$/);
      expect(more).toEqual([]);
      expect(added?.body.text).toContain('Hello Asha, each sign-in to your account now needs a code');
      expect(added?.body.html).not.toContain('href');
      await removal(tokens, { password, code: codeOf(secret) }).expect(204);
      await app.settled();
      const [removed] = await mailsTo(email, /^Your Milkround sign-in no longer needs a code$/);
      expect(removed?.body.text).toContain('the second factor of your account was removed');
    });

    it('only with the password, so not with a stolen access token', async () => {
      const one = await person();
      const { accessToken } = await signedIn(one);
      const start = (body: Record<string, unknown>) => app.http.as(accessToken).post('/user/mfa/setup', body);
      expect((await start({}).expect(400)).body.code).toBe('request.invalid');
      expect((await start({ password: 'wrong' }).expect(401)).body.code).toBe('auth.invalid_credentials');
      expect(await factorOf(one)).toBeUndefined();
      await start({ password: PASSWORD }).expect(200);
    });

    it('by admins only', async () => {
      const customer = await signedIn(await person('CUSTOMER'));
      await app.http.as(customer.accessToken).post('/user/mfa/setup').expect(403);
      await confirm(customer, '123456').expect(403);
      await verify(customer, { code: '123456' }).expect(403);
      expect((await removal(customer, { code: '123456' }).expect(409)).body.code).toBe('auth.mfa_not_set_up');
    });
  });

  describe('is asked for at the sign-in', () => {
    it('only with the right password', async () => {
      const one = await admin();
      const wrong = { ...one, password: 'wrong' };
      expect((await login(wrong).expect(401)).body.code).toBe('auth.invalid_credentials');
      expect((await login(wrong, { totp: codeOf(one.secret) }).expect(401)).body.code).toBe('auth.invalid_credentials');
      expect((await login(one).expect(401)).body.code).toBe('auth.code_required');
      expect((await login(one, { totp: codeOf(one.secret, 5) }).expect(401)).body.code).toBe('auth.invalid_code');
      const tokens = await signedIn(one, { totp: codeOf(one.secret) });
      await listUsers(tokens).expect(200);
      const { body } = await app.http.post('/user/refresh', { refreshToken: tokens.refreshToken }).expect(200);
      await listUsers(body as Tokens).expect(200);
      await login(one, { totp: 'abcdef' }).expect(400);
      await login(one, { totp: 123456 }).expect(400);
    });

    it('with the code before and after, but none that was used or is older', async () => {
      const one = await admin();
      const [before, now, after] = [-1, 0, 1].map((ahead) => codeOf(one.secret, ahead));
      const spaced = `${now?.slice(0, 3)} ${now?.slice(3)}`;
      await login(one, { totp: spaced }).expect(200);
      for (const totp of [now, before])
        expect((await login(one, { totp }).expect(401)).body.code).toBe('auth.invalid_code');
      await login(one, { totp: after }).expect(200);
      await login(one, { totp: after }).expect(401);
    });

    it('once, in five simultaneous sign-ins', async () => {
      const one = await admin();
      const totp = codeOf(one.secret);
      const responses = await Promise.all([1, 2, 3, 4, 5].map(() => login(one, { totp })));
      expect(responses.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
      const recoveryCode = one.recoveryCodes[0];
      const more = await Promise.all([1, 2, 3].map(() => login(one, { recoveryCode })));
      expect(more.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    });

    it('or a recovery code, which works once', async () => {
      const one = await admin();
      const [first = '', second = ''] = one.recoveryCodes;
      await listUsers(await signedIn(one, { recoveryCode: first })).expect(200);
      expect((await login(one, { recoveryCode: first }).expect(401)).body.code).toBe('auth.invalid_code');
      await login(one, { recoveryCode: second.toLowerCase().replaceAll('-', ' ') }).expect(200);
      for (const recoveryCode of ['0000-0000-0000-0000', 'constructor', '__proto__']) {
        await login(one, { recoveryCode }).expect(401);
      }
      expect(Object.keys((await factorOf(one))?.recoveryCodes as object)).toHaveLength(8);
    });

    it('of no one else, and costs them nothing', async () => {
      const one = await person();
      expect(await countRoundTrips(app, () => login(one, { totp: '123456' }).expect(200))).toBe(2);
      const active = await admin();
      expect(await countRoundTrips(app, () => login(active, { totp: codeOf(active.secret) }).expect(200))).toBe(3);
    });
  });

  describe('in a session', () => {
    it('that began before, is asked for', async () => {
      const one = await person();
      const [tokens, earlier] = [await signedIn(one), await signedIn(one)];
      const { secret } = await setUp(tokens);
      await confirm(tokens, codeOf(secret)).expect(200);
      expect((await listUsers(earlier).expect(403)).body.code).toBe('auth.mfa_required');
      await app.http.as(earlier.accessToken).get('/user/profile').expect(200);
      later(STEP);
      await verify(earlier, { code: codeOf(secret) }).expect(204);
      await listUsers(earlier).expect(200);
    });

    it('that begins while it is confirmed, is asked for', async () => {
      const one = await person();
      const tokens = await signedIn(one);
      const { secret } = await setUp(tokens);
      interleave(
        app,
        ({ Put }) => Put?.Item.secretHash !== undefined,
        () => confirm(tokens, codeOf(secret)).expect(200),
      );
      const other = await signedIn(one);
      expect((await listUsers(other).expect(403)).body.code).toBe('auth.mfa_required');
    });

    it('is asked for again after ten minutes, for changes of users, roles and wallets', async () => {
      const one = await admin();
      const tokens = await signedIn(one, { totp: codeOf(one.secret) });
      const client = app.http.as(tokens.accessToken);
      const { userId } = await person('CUSTOMER');
      const sensitive = () => [
        createUser(tokens),
        client.patch(`/admin/users/${userId}`, { role: 'ADMIN' }),
        client.post('/admin/wallet/adjust', { userId, amount: 10, type: 'ADJUSTMENT', reason: 'Gift' }),
        client.patch('/user/profile', { userId, name: 'Other' }),
        client.delete(`/admin/users/${userId}/mfa`),
      ];
      later(10 * MINUTE);
      for (const request of sensitive()) expect((await request.expect(403)).body.code).toBe('auth.step_up_required');
      await listUsers(tokens).expect(200);
      await client.patch('/user/profile', { name: 'Asha' }).expect(200);
      expect((await verify(tokens, { code: codeOf(one.secret, 5) }).expect(401)).body.code).toBe('auth.invalid_code');
      expect((await verify(tokens, {}).expect(401)).body.code).toBe('auth.code_required');
      await verify(tokens, { code: codeOf(one.secret) }).expect(204);
      await createUser(tokens).expect(201);
      await verify(tokens, { code: codeOf(one.secret) }).expect(401);
      const statuses = [];
      for (const request of sensitive()) statuses.push((await request).status);
      expect(statuses).toEqual([201, 200, 201, 200, 409]);
    });

    it('cannot be given once the session has ended', async () => {
      const one = await admin();
      interleave(
        app,
        ({ Update }) => Update?.TableName.endsWith('SecondFactors') === true,
        () => app.http.post('/user/logout', { refreshToken: one.tokens.refreshToken }).expect(204),
      );
      const code = codeOf(one.secret);
      expect((await verify(one.tokens, { code }).expect(401)).body.code).toBe('auth.unauthenticated');
      const sessionId = one.tokens.refreshToken.split('.')[0];
      expect(await app.stored('Sessions', { sessionId })).toBeUndefined();
      await login(one, { totp: code }).expect(200);
    });

    it('is not asked for without one', async () => {
      const tokens = await signedIn(await person());
      later(10 * MINUTE);
      await createUser(tokens).expect(201);
      expect((await verify(tokens, { code: '123456' }).expect(409)).body.code).toBe('auth.mfa_not_set_up');
    });
  });

  describe('is removed', () => {
    it('by its user, with the password and a code', async () => {
      const one = await admin();
      const tokens = await signedIn(one, { recoveryCode: one.recoveryCodes[0] });
      const { password } = one;
      const code = codeOf(one.secret);
      expect((await removal(tokens, { code }).expect(400)).body.code).toBe('request.invalid');
      expect((await removal(tokens, { password: 'wrong', code }).expect(401)).body.code).toBe(
        'auth.invalid_credentials',
      );
      expect((await removal(tokens, { password }).expect(401)).body.code).toBe('auth.code_required');
      expect((await removal(tokens, { password, code: codeOf(one.secret, 5) }).expect(401)).body.code).toBe(
        'auth.invalid_code',
      );
      const responses = await Promise.all([removal(tokens, { password, code }), login(one, { totp: code })]);
      expect(responses.filter(({ status }) => status < 300)).toHaveLength(1);
      if (responses[0].status !== 204) {
        await removal(tokens, { password, recoveryCode: one.recoveryCodes[1] }).expect(204);
      }
      await login(one).expect(200);
      expect(await factorOf(one)).toBeUndefined();
      expect((await app.http.as(tokens.accessToken).get('/user/profile').expect(200)).body.mfa).toBe(false);
      const { secret } = await setUp(tokens);
      expect(secret).not.toBe(one.secret);
    });

    it('by another admin, which ends the sessions of its user', async () => {
      const [one, colleague] = [await admin(), await admin()];
      const client = app.http.as(colleague.tokens.accessToken);
      const own = await client.delete(`/admin/users/${colleague.userId}/mfa`).expect(403);
      expect(own.body.code).toBe('user.own_access');
      await client.delete(`/admin/users/${one.userId}/mfa`).expect(204);
      await listUsers(one.tokens).expect(401);
      await app.http.post('/user/refresh', { refreshToken: one.tokens.refreshToken }).expect(401);
      await listUsers(await signedIn(one)).expect(200);
      const again = await client.delete(`/admin/users/${one.userId}/mfa`).expect(409);
      expect(again.body.code).toBe('auth.mfa_not_set_up');
      await client.delete('/admin/users/unknown/mfa').expect(404);
    });

    it('by the operator, on the command line', async () => {
      const one = await admin();
      expect(await resetMfa(app.nest, ` ${one.email.toUpperCase()}`)).toContain(one.userId);
      await listUsers(one.tokens).expect(401);
      await login(one).expect(200);
      await expect(resetMfa(app.nest, one.email)).rejects.toThrow('no second factor');
      await expect(resetMfa(app.nest, 'unknown@example.com')).rejects.toThrow('--email');
    });

    it('not by blocking or a new role', async () => {
      const one = await admin();
      const { userId, email } = one;
      await app.as('ADMIN').patch(`/admin/users/${userId}`, { blocked: true }).expect(200);
      await app.as('ADMIN').patch(`/admin/users/${userId}`, { blocked: false, role: 'CUSTOMER' }).expect(200);
      expect((await login(one).expect(401)).body.code).toBe('auth.code_required');
      const tokens = await signedIn(one, { totp: codeOf(one.secret) });
      later(STEP);
      const body = { password: one.password, code: codeOf(one.secret) };
      await removal(tokens, body).expect(204);
      expect(await app.stored('UserEmails', { email })).not.toHaveProperty('mfa');
    });
  });
});

describe('a second factor with limits on failures', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ RATE_LIMITS: 'on', TRUSTED_PROXIES: '127.0.0.1' })));
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  it('is not set up after ten wrong passwords, which count together with those of sign-ins', async () => {
    const one = { email: 'tara@example.com', password: PASSWORD };
    await app.get<UserService>(UserService).create({ name: 'Tara', email: one.email }, 'ADMIN', one.password);
    const login = (password: string) =>
      app.http.post('/user/login', { ...one, password }).set('X-Forwarded-For', '203.0.113.99');
    const { accessToken } = (await login(one.password).expect(200)).body as Tokens;
    const start = (password: string) =>
      app.http.as(accessToken).post('/user/mfa/setup', { password }).set('X-Forwarded-For', '203.0.113.99');
    for (let nth = 1; nth <= 12; nth++) await start(PASSWORD).expect(200);
    for (let nth = 1; nth <= 5; nth++) await login('wrong').expect(401);
    for (let nth = 1; nth <= 5; nth++) await start('wrong').expect(401);
    expect((await start(PASSWORD).expect(429)).body.code).toBe('auth.too_many_attempts');
  });

  it('is needed before the account knows an address, to which the limit of an account does not apply', async () => {
    const one = { email: 'rosa@example.com', password: PASSWORD };
    await app.get<UserService>(UserService).create({ name: 'Rosa', email: one.email }, 'ADMIN', one.password);
    const login = (more: object, from: number) =>
      app.http.post('/user/login', { ...one, ...more }).set('X-Forwarded-For', `198.51.100.${from}`);
    const { accessToken } = (await login({}, 1).expect(200)).body as Tokens;
    const client = app.http.as(accessToken);
    const { body } = await client.post('/user/mfa/setup', { password: PASSWORD }).expect(200);
    const totp = new TOTP({ secret: Secret.fromBase32((body as { secret: string }).secret) });
    const codeIn = (steps: number) => totp.generate({ timestamp: app.clock.realNow() + steps * STEP });
    jest.spyOn(app.clock, 'realNow').mockReturnValue(app.clock.realNow());
    await client.post('/user/mfa/confirm', { code: codeIn(-1) }).expect(200);
    expect((await login({}, 2).expect(401)).body.code).toBe('auth.code_required');
    const perAccount = { kind: 'account', limit: 100, windowMilliseconds: 60 * MINUTE };
    const id = app.get<FailureCountRepository>(FailureCountRepository).idOf(perAccount, one.email);
    await app.store('LoginThrottles', { id, failures: 100 });
    await login({ totp: codeIn(0) }, 2).expect(429);
    await login({ totp: codeIn(0) }, 1).expect(200);
  });

  it('is locked after ten wrong codes from any addresses, for fifteen minutes', async () => {
    const one = { email: 'uma@example.com', password: PASSWORD };
    await app.get<UserService>(UserService).create({ name: 'Uma', email: one.email }, 'ADMIN', one.password);
    const login = (more: object, from: number) =>
      app.http.post('/user/login', { ...one, ...more }).set('X-Forwarded-For', `203.0.113.${from}`);
    const tokens = (await login({}, 1).expect(200)).body as Tokens;
    const client = app.http.as(tokens.accessToken);
    const { secret } = (await client.post('/user/mfa/setup', { password: PASSWORD }).expect(200)).body as {
      secret: string;
    };
    const codeAt = (timestamp: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
    await client.post('/user/mfa/confirm', { code: codeAt(app.clock.realNow()) }).expect(200);
    const started = app.clock.realNow() + MINUTE;
    const clock = jest.spyOn(app.clock, 'realNow').mockReturnValue(started);
    // A missing code is no failure, and a correct one is given back.
    for (let nth = 1; nth <= 12; nth++) await login({}, 2).expect(401);
    await login({ totp: codeAt(started) }, 2).expect(200);
    const wrong = codeAt(started + 10 * STEP);
    const guesses = await Promise.all(Array.from({ length: 14 }, (_, nth) => login({ totp: wrong }, 10 + nth)));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10);
    const refused = guesses.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(4);
    expect(refused[0]?.body.code).toBe('auth.too_many_attempts');
    await login({ totp: codeAt(started + STEP) }, 40).expect(429);
    await client.post('/user/mfa/verify', { code: codeAt(started + STEP) }).expect(429);
    expect((await login({ password: 'wrong' }, 40).expect(401)).body.code).toBe('auth.invalid_credentials');
    clock.mockReturnValue(started + 15 * MINUTE);
    await login({ totp: codeAt(started + 15 * MINUTE) }, 40).expect(200);
  });
});

describe('a second factor that every admin needs', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ ADMIN_MFA: 'required' })));
  afterAll(() => app.stop());

  it('can be set up after the sign-in, which allows nothing else', async () => {
    const one = { email: 'vera@example.com', password: PASSWORD };
    const { userId } = await app
      .get<UserService>(UserService)
      .create({ name: 'Vera', email: one.email }, 'ADMIN', one.password);
    const { body } = await app.http.post('/user/login', one).expect(200);
    const client = app.http.as((body as Tokens).accessToken);
    const { userId: customer } = await app
      .get<UserService>(UserService)
      .create({ name: 'Jim', email: 'jim@example.com' }, 'CUSTOMER', one.password);
    for (const response of [
      await client.get('/admin/users'),
      await client.get('/admin/orders'),
      await client.get('/cart/view'),
      await client.get('/user/profile', { userId: customer }),
      await client.patch('/user/profile', { name: 'V' }),
      await client.post('/user/password/change', { currentPassword: one.password, newPassword: 'another one' }),
    ]) {
      expect([response.status, response.body.code]).toEqual([403, 'auth.mfa_required']);
    }
    expect((await client.get('/user/profile').expect(200)).body).toMatchObject({ userId, mfa: false });
    await client.get('/product/list').expect(200);
    const { secret } = (await client.post('/user/mfa/setup', { password: PASSWORD }).expect(200)).body as {
      secret: string;
    };
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: app.clock.realNow() });
    await client.post('/user/mfa/confirm', { code }).expect(200);
    await client.get('/admin/users').expect(200);
    await client.get('/user/profile', { userId: customer }).expect(200);
  });

  it('is not asked of customers and couriers', async () => {
    await app.as('COURIER').get('/delivery/list').expect(200);
    await app.as('CUSTOMER').get('/cart/view').expect(200);
    expect((await app.as('ADMIN').get('/admin/users').expect(403)).body.code).toBe('auth.mfa_required');
  });

  it('is asked of admins of an external issuer too, once per sign-in there', async () => {
    const issuer = await OidcIssuer.start();
    const task = await TestApp.start({ ADMIN_MFA: 'required', AUTH_ISSUER: issuer.url, AUTH_AUDIENCE: 'dairy' });
    const details = { email: 'wim@example.com', email_verified: true, 'cognito:groups': ['ADMIN'] };
    const signInAt = (time: number, more: object = {}) =>
      task.http.as(issuer.tokenFor('wim', { ...details, auth_time: time, ...more }));
    const signedInAt = Math.floor(Date.now() / 1_000) - 100;
    const client = signInAt(signedInAt);
    expect((await client.get('/admin/users').expect(403)).body.code).toBe('auth.mfa_required');
    expect((await client.get('/user/profile').expect(200)).body).toMatchObject({ role: 'ADMIN', mfa: false });
    const { secret } = (await client.post('/user/mfa/setup').expect(200)).body as { secret: string };
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = totp.generate({ timestamp: task.clock.realNow() });
    await client.post('/user/mfa/confirm', { code }).expect(200);
    await client.get('/admin/users').expect(200);
    await signInAt(signedInAt, { exp: signedInAt + 2_000 })
      .get('/admin/users')
      .expect(200);
    expect((await client.get('/user/sessions').expect(200)).body).toEqual([]);
    const other = signInAt(signedInAt + 1);
    expect((await other.get('/admin/users').expect(403)).body.code).toBe('auth.mfa_required');

    const tomorrow = task.clock.realNow() + 24 * 60 * MINUTE;
    const clock = jest.spyOn(task.clock, 'realNow').mockReturnValue(tomorrow - 10 * MINUTE);
    await client.get('/admin/users').expect(200);
    expect((await client.post('/admin/users', {}).expect(403)).body.code).toBe('auth.step_up_required');
    clock.mockReturnValue(tomorrow);
    expect((await client.get('/admin/users').expect(403)).body.code).toBe('auth.mfa_required');
    await client.post('/user/mfa/verify', { code: totp.generate({ timestamp: tomorrow }) }).expect(204);
    await client.get('/admin/users').expect(200);
    clock.mockReturnValue(tomorrow + MINUTE);
    await client.delete('/user/mfa', { code: totp.generate({ timestamp: tomorrow + MINUTE }) }).expect(204);
    clock.mockRestore();
    await task.stop();
    await issuer.stop();
  });
});
