import { createHash } from 'node:crypto';
import { UserService } from '../../../src/modules/user';
import { TooManyAttempts } from '../../../src/modules/user/domain/user.errors';
import { PasswordResetTokens } from '../../../src/modules/user/password/password-reset-tokens.service';
import { FailureCountRepository } from '../../../src/platform/throttle/failure-count.repository';
import { type Attempt, ThrottleRepository } from '../../../src/platform/throttle/throttle.repository';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';

const FIFTEEN_MINUTES = 15 * 60_000;
const ONE_HOUR = 60 * 60_000;
const PER_ACCOUNT = { kind: 'account', limit: 100, windowMilliseconds: ONE_HOUR };
/** Tests set their own client address. */
const LIMITS = { RATE_LIMITS: 'on', TRUSTED_PROXIES: '127.0.0.1' };
const DAY = 24 * ONE_HOUR;

describe('the login throttle', () => {
  let app: TestApp;
  let count = 0;
  /** Of the test. Failures of other tests must not count. */
  let home: string;
  beforeEach(() => (home = `192.0.2.${++count}`));
  beforeAll(async () => (app = await TestApp.start(LIMITS)));
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const password = 'test123';
  const registered = async () => {
    const email = `bela${++count}@example.com`;
    const { userId } = await app.get<UserService>(UserService).create({ name: 'Béla', email }, 'CUSTOMER', password);
    return { email, userId };
  };
  const login = (email: string, secret: string, address = home) =>
    app.http.post('/user/login', { email, password: secret }).set('X-Forwarded-For', address);
  /** What is stored of an account and an address. */
  const rowOf = (email: string, address: string) =>
    app.stored('LoginThrottles', {
      id: createHash('sha256')
        .update(JSON.stringify(['password', email, address]))
        .digest('base64url'),
    });
  const wrong = async (email: string, times: number, address?: string) => {
    for (let time = 0; time < times; time++) await login(email, 'wrong', address).expect(401);
  };

  it('checks ten of thirty simultaneous guesses, and refuses the others', async () => {
    const { email } = await registered();
    const responses = await Promise.all(Array.from({ length: 30 }, () => login(email, 'wrong')));
    expect(responses.filter(({ status }) => status === 401)).toHaveLength(10);
    const refused = responses.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(20);
    for (const { body, headers } of refused) {
      expect(body.code).toBe('auth.too_many_attempts');
      expect(headers).toMatchObject({ 'ratelimit-limit': '10', 'ratelimit-remaining': '0' });
      expect(Number(headers['retry-after'])).toBeGreaterThan(890);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(900);
      expect(headers['ratelimit-reset']).toBe(headers['retry-after']);
    }
  });

  it('refuses the right password after ten failures, but not from another address or for another account', async () => {
    const [victim, other] = [await registered(), await registered()];
    await wrong(victim.email, 10);
    await login(victim.email, password).expect(429);
    await login(victim.email, password, '203.0.113.2').expect(200);
    await login(other.email, password).expect(200);
  });

  it('counts an IPv6 network as one address', async () => {
    const { email } = await registered();
    for (let host = 1; host <= 10; host++) await login(email, 'wrong', `2001:db8::${host}`).expect(401);
    await login(email, password, '2001:db8::ffff').expect(429);
    await login(email, password, '2001:db8:0:1::1').expect(200);
  });

  it('refuses an unknown e-mail like a known one', async () => {
    await wrong('unknown@example.com', 10);
    await login('unknown@example.com', 'wrong').expect(429);
  });

  it('counts a sliding window of fifteen minutes', async () => {
    const { email } = await registered();
    const start = app.clock.realNow();
    const at = (milliseconds: number) => jest.spyOn(app.clock, 'realNow').mockReturnValue(start + milliseconds);
    at(0);
    await wrong(email, 1);
    at(FIFTEEN_MINUTES / 2);
    await wrong(email, 9);
    const { headers } = await login(email, password).expect(429);
    expect(headers['retry-after']).toBe('450');
    at(FIFTEEN_MINUTES);
    await wrong(email, 1);
    await login(email, password).expect(429);
    at(FIFTEEN_MINUTES * 1.5);
    await login(email, password).expect(200);
  });

  it('counts wrong passwords, but not attempts that could not be checked', async () => {
    const { email } = await registered();
    await wrong(email, 9);
    for (let time = 0; time < 12; time++) await login(email, password).expect(200);
    await wrong(email, 1);
    await login(email, password).expect(429);
  });

  it('checks fifty of sixty simultaneous guesses from one address, each for another account', async () => {
    const { email } = await registered();
    const guesses = Array.from({ length: 60 }, () => login(`bela${++count}@example.com`, 'Welcome@123'));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(50);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    const { body, headers } = await login(email, password).expect(429);
    expect(body.code).toBe('auth.too_many_attempts');
    expect(headers['ratelimit-limit']).toBe('50');
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(900);
    await login(email, password, '203.0.113.3').expect(200);
    jest.spyOn(app.clock, 'realNow').mockReturnValue(app.clock.realNow() + FIFTEEN_MINUTES);
    await login(email, password).expect(200);
  });

  it('counts no right password against an address', async () => {
    const { email } = await registered();
    for (let time = 0; time < 51; time++) await login(email, password).expect(200);
  });

  it('refuses an account after a hundred failures in an hour from any addresses', async () => {
    const { email } = await registered();
    const startOfHour = Math.ceil(app.clock.realNow() / ONE_HOUR) * ONE_HOUR;
    const clock = jest.spyOn(app.clock, 'realNow').mockReturnValue(startOfHour);
    for (let host = 1; host <= 10; host++) await wrong(email, 10, `198.51.100.${100 + host}`);
    const { headers } = await login(email, password).expect(429);
    expect(headers).toMatchObject({ 'retry-after': '3600', 'ratelimit-limit': '100' });
    clock.mockReturnValue(startOfHour + ONE_HOUR);
    await login(email, password).expect(200);
  });

  describe('of an account under attack', () => {
    /** Another task of the same dairy. */
    let other: TestApp;
    beforeAll(async () => (other = await TestApp.start({ ...LIMITS, TABLE_PREFIX: app.config.tablePrefix })));
    afterAll(() => other.stop());

    let strangers = 0;
    const stranger = () => `2001:db8:${(++strangers).toString(16)}::1`;
    /** A hundred wrong passwords from other addresses, which refuse strangers for the rest of the hour. */
    const attack = async (email: string) => {
      for (let host = 1; host <= 10; host++) await wrong(email, 10, stranger());
      await login(email, password, stranger()).expect(429);
    };
    /** The same, at another task. */
    const attackElsewhere = async (email: string) => {
      const failureCounts = app.get<FailureCountRepository>(FailureCountRepository);
      await app.store('LoginThrottles', { id: failureCounts.idOf(PER_ACCOUNT, email), failures: 100 });
      await login(email, password, stranger()).expect(429);
    };
    const anHourFrom = (time: number) => {
      const start = Math.ceil(time / ONE_HOUR) * ONE_HOUR;
      jest.spyOn(app.clock, 'realNow').mockReturnValue(start);
      return start;
    };
    const resetToken = async (userId: string) => {
      const { credentialsVersion } = (await app.stored('Users', { userId })) as { credentialsVersion: number };
      const tokens = app.get<PasswordResetTokens>(PasswordResetTokens);
      return tokens.tokenOf(tokens.newResetId({ userId, credentialsVersion }));
    };
    const reset = async (userId: string, address: string, task = app) =>
      task.http
        .post('/user/password/reset', { token: await resetToken(userId), newPassword: password })
        .set('X-Forwarded-For', address)
        .expect(204);

    it('lets the owner in from an address where they have signed in, in any task', async () => {
      const { email } = await registered();
      const start = anHourFrom(Date.now());
      jest.spyOn(other.clock, 'realNow').mockReturnValue(start);
      await login(email, password).expect(200);
      await attack(email);
      expect(await countRoundTrips(app, () => login(email, password).expect(200))).toBe(3);
      await other.http.post('/user/login', { email, password }).set('X-Forwarded-For', home).expect(200);
    });

    it('still refuses ten wrong passwords from such an address, and counts them for strangers', async () => {
      const { email } = await registered();
      anHourFrom(Date.now());
      await login(email, password).expect(200);
      const guesses = await Promise.all(Array.from({ length: 30 }, () => login(email, 'wrong')));
      expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10);
      await login(email, password).expect(429);
      for (let host = 1; host <= 9; host++) await wrong(email, 10, stranger());
      expect((await login(email, password, stranger()).expect(429)).headers['ratelimit-limit']).toBe('100');
    });

    it('still refuses an address from which fifty passwords were wrong', async () => {
      const { email } = await registered();
      anHourFrom(Date.now());
      await login(email, password).expect(200);
      for (let account = 1; account <= 50; account++) await wrong(`bela${++count}@example.com`, 1);
      expect((await login(email, password).expect(429)).headers['ratelimit-limit']).toBe('50');
    });

    it('knows an address for ninety days after the last sign-in, however many passwords are wrong', async () => {
      const { email } = await registered();
      const start = anHourFrom(Date.now());
      await login(email, password).expect(200);
      const at = (days: number) => jest.spyOn(app.clock, 'realNow').mockReturnValue(start + days * DAY);
      at(80);
      await wrong(email, 9);
      at(90 - 1 / 24);
      await attackElsewhere(email);
      await login(email, password).expect(200);
      at(180);
      await attackElsewhere(email);
      await login(email, password).expect(429);
    });

    it('keeps what it knows of an address for as long, and what it counts of others for the window', async () => {
      const { email } = await registered();
      const start = anHourFrom(Date.now());
      await login(email, password).expect(200);
      await wrong(email, 1);
      await wrong(email, 1, stranger());
      const [known, unknown] = await Promise.all(
        [home, `2001:db8:${strangers.toString(16)}::`].map((address) => rowOf(email, address)),
      );
      expect(known).toMatchObject({ succeededAt: start, expiresAt: (start + FIFTEEN_MINUTES + 90 * DAY) / 1_000 });
      expect(unknown).toMatchObject({ expiresAt: (start + FIFTEEN_MINUTES) / 1_000 });
      expect(unknown).not.toHaveProperty('succeededAt');
    });

    it('does not know the address of a sign-in to a blocked account', async () => {
      const { email, userId } = await registered();
      await app.as('ADMIN').patch(`/admin/users/${userId}`, { blocked: true }).expect(200);
      await login(email, password).expect(403);
      expect(await rowOf(email, home)).not.toHaveProperty('succeededAt');
    });

    it('knows an address from which an earlier version counted attempts once they sign in again', async () => {
      const { email } = await registered();
      anHourFrom(Date.now());
      await login(email, password).expect(200);
      const { succeededAt: _, keptSeconds: __, ...earlier } = (await rowOf(email, home)) ?? {};
      await app.store('LoginThrottles', earlier);
      await attackElsewhere(email);
      await login(email, password).expect(429);
      jest.spyOn(app.clock, 'realNow').mockReturnValue(app.clock.realNow() + ONE_HOUR);
      await login(email, password).expect(200);
      await attackElsewhere(email);
      await login(email, password).expect(200);
    });

    it('lets the owner in after a reset of the password, and knows the address of the reset', async () => {
      const { email, userId } = await registered();
      const start = anHourFrom(Date.now());
      jest.spyOn(other.clock, 'realNow').mockReturnValue(start);
      await attack(email);
      await login(email, password).expect(429);
      await reset(userId, home);
      await login(email, password, stranger()).expect(200);
      await attack(email);
      await login(email, password).expect(200);
      // The memory of the first task still counts the attack.
      await reset(userId, home, other);
      await login(email, password).expect(200);
      await login(email, password, stranger()).expect(429);
    });

    it('forgets ten wrong passwords from the address of a reset', async () => {
      const { email, userId } = await registered();
      await wrong(email, 10);
      await login(email, password).expect(429);
      await reset(userId, home);
      await login(email, password).expect(200);
    });

    it('resets the password while wrong ones arrive', async () => {
      const { email, userId } = await registered();
      anHourFrom(Date.now());
      const guesses = Array.from({ length: 40 }, () => login(email, 'wrong', stranger()));
      await Promise.all([reset(userId, home), ...guesses]);
      await login(email, password).expect(200);
    });
  });

  it('does not count the right password of a blocked account', async () => {
    const { email, userId } = await registered();
    await app.as('ADMIN').patch(`/admin/users/${userId}`, { blocked: true }).expect(200);
    for (let time = 0; time < 12; time++) await login(email, password).expect(403);
  });

  describe('an attempt that is refunded', () => {
    const account = () => `bela${++count}@example.com`;
    const PASSWORDS = { kind: 'password', maxAttempts: 10, milliseconds: FIFTEEN_MINUTES };
    const reserve = (email: string) =>
      app
        .get<ThrottleRepository>(ThrottleRepository)
        .reserve(PASSWORDS, [email, ''], (retryAfterSeconds) => new TooManyAttempts(retryAfterSeconds, 10));
    const giveBack = (attempt: Attempt) => app.get<ThrottleRepository>(ThrottleRepository).release(attempt);
    /** The counted attempts by time, oldest first. */
    const counted = async ({ id }: Attempt) => {
      const { id: _, expiresAt: __, ...slots } = (await app.stored('LoginThrottles', { id })) ?? {};
      return Object.keys(slots)
        .sort()
        .map((slot) => slots[slot])
        .filter((time) => time !== 0);
    };

    it('is refunded once, even when the client retries after a lost response', async () => {
      const email = account();
      const [wrong, busy] = [await reserve(email), await reserve(email)];
      await giveBack(busy);
      await giveBack(busy);
      expect(await counted(wrong)).toEqual([wrong.mark]);
    });

    it('leaves earlier and later attempts counted', async () => {
      const email = account();
      const attempts: Attempt[] = [];
      for (let time = 0; time < 10; time++) attempts.push(await reserve(email));
      const [first, , , fourth, , , , , , last] = attempts as [Attempt, ...Attempt[]] & Attempt[];
      for (const attempt of [fourth, first, last, fourth]) await giveBack(attempt as Attempt);
      const left = attempts.filter((attempt) => ![fourth, first, last].includes(attempt));
      expect(await counted(first)).toEqual(left.map(({ mark }) => mark));
      for (let time = 0; time < 3; time++) await reserve(email);
      await expect(reserve(email)).rejects.toMatchObject({ code: 'auth.too_many_attempts' });
    });

    it('is distinguished from others of the same millisecond', async () => {
      const email = account();
      jest.spyOn(app.clock, 'realNow').mockReturnValue(app.clock.realNow());
      const [one, other] = [await reserve(email), await reserve(email)];
      await giveBack(other);
      expect(await counted(one)).toEqual([one.mark]);
    });
  });

  it('counts guesses at a password change together with sign-ins', async () => {
    const { email, userId } = await registered();
    const change = (currentPassword: string) =>
      app
        .as('CUSTOMER', userId)
        .post('/user/password/change', { currentPassword, newPassword: 'a new one' })
        .set('X-Forwarded-For', home);
    await wrong(email, 5);
    for (let time = 0; time < 5; time++) await change('wrong').expect(401);
    expect((await change(password).expect(429)).body.code).toBe('auth.too_many_attempts');
    await login(email, password).expect(429);
  });

  it('signs in with three round trips, even after failures and after the window', async () => {
    const { email } = await registered();
    expect(await countRoundTrips(app, () => login(email, password).expect(200))).toBe(3);
    await wrong(email, 3);
    expect(await countRoundTrips(app, () => login(email, password).expect(200))).toBe(3);
    jest.spyOn(app.clock, 'realNow').mockReturnValue(app.clock.realNow() + 2 * FIFTEEN_MINUTES);
    expect(await countRoundTrips(app, () => login(email, password).expect(200))).toBe(3);
  });

  it('accepts sixty registrations per minute from one address', async () => {
    const register = (address: string) => app.http.post('/user/register', {}).set('X-Forwarded-For', address);
    const responses = await Promise.all(Array.from({ length: 61 }, () => register('198.51.100.1')));
    expect(responses.filter(({ status }) => status === 400)).toHaveLength(60);
    const refused = responses.find(({ status }) => status === 429);
    expect(refused?.headers['content-type']).toContain('application/problem+json');
    expect(refused?.body).toMatchObject({ code: 'request.too_many', status: 429 });
    expect(refused?.headers).toMatchObject({
      'retry-after': expect.stringMatching(/^[1-6]?\d$/),
      'ratelimit-limit': '60',
      'ratelimit-remaining': '0',
      'ratelimit-reset': refused?.headers['retry-after'],
    });
    const { headers } = await register('198.51.100.2').expect(400);
    expect(headers).toMatchObject({ 'ratelimit-limit': '60', 'ratelimit-remaining': '59' });
  });

  it('accepts three hundred sign-ins per minute from one address', async () => {
    const { headers } = await login('unknown@example.com', '', '198.51.100.3').expect(400);
    expect(headers).toMatchObject({ 'ratelimit-limit': '300', 'ratelimit-remaining': '299' });
  });
});
