import { createdAtOf } from '../../../src/kernel/ids';
import { AccessRevocations } from '../../../src/modules/user/session/access-revocations.service';
import { interleave } from '../../support/faults/interleave';
import { countRoundTrips, roundTripsOf } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { aRegistration, type RegisteredUser, registerUser } from './registered-user';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}
interface ListedSession {
  readonly sessionId: string;
  readonly expiresAt: string;
  readonly current: boolean;
}

const DAY = 86_400_000;

describe('sessions', () => {
  let app: TestApp;
  /** Another task of the same dairy. */
  let other: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
    other = await TestApp.start({ TABLE_PREFIX: app.config.tablePrefix });
  });
  afterAll(async () => {
    await other.stop();
    await app.stop();
  });
  afterEach(() => jest.restoreAllMocks());

  type Person = Pick<RegisteredUser, 'email' | 'password'>;
  const poll = () => other.get<AccessRevocations>(AccessRevocations).poll();
  const login = async ({ email, password }: Person, userAgent = 'Milk App/1.0') =>
    (await app.http.post('/user/login', { email, password }).set('User-Agent', userAgent).expect(200)).body as Tokens;
  const refresh = (refreshToken: string) => app.http.post('/user/refresh', { refreshToken });
  const profile = ({ accessToken }: Tokens, task = app) => task.http.as(accessToken).get('/user/profile');
  const listed = async ({ accessToken }: Tokens, query: Record<string, unknown> = {}) =>
    (await app.http.as(accessToken).get('/user/sessions', query).expect(200)).body as ListedSession[];
  const end = ({ accessToken }: Tokens, sessionId: string) =>
    app.http.as(accessToken).delete(`/user/sessions/${sessionId}`);
  const signOutEverywhere = ({ accessToken }: Tokens) => app.http.as(accessToken).delete('/user/sessions');
  const idOf = ({ refreshToken }: Tokens) => refreshToken.split('.')[0] ?? '';
  const staff = async (role: string) => {
    const person = aRegistration({ role });
    await app.as('ADMIN').post('/admin/users', person).expect(201);
    return person;
  };
  /** Moves real time, by which sessions end, to some days after a sign-in. */
  const atDay = (days: number, tokens: Tokens, task = app) =>
    jest.spyOn(task.clock, 'realNow').mockReturnValue(createdAtOf(idOf(tokens)) + days * DAY);

  describe('are listed', () => {
    it('newest first, with their device, and which of them is the current one', async () => {
      const user = await registerUser(app);
      const first = await login(user, `Mozilla/5.0 (Linux; Android 15) ${'x'.repeat(500)}`);
      const second = await login(user);
      expect(await listed(first)).toEqual([
        {
          sessionId: idOf(second),
          createdAt: expect.any(String),
          lastUsedAt: expect.any(String),
          expiresAt: expect.any(String),
          device: 'Milk App/1.0',
          current: false,
        },
        expect.objectContaining({
          sessionId: idOf(first),
          device: expect.stringMatching(/^Mozilla.{113}$/),
          current: true,
        }),
      ]);
      expect(await listed(await login(await registerUser(app)))).toHaveLength(1);
    });

    it('in pages', async () => {
      const user = await registerUser(app);
      const tokens = [await login(user), await login(user), await login(user)];
      const current = tokens[0] as Tokens;
      const page = await app.http.as(current.accessToken).get('/user/sessions', { limit: 2 }).expect(200);
      const next = /<([^>]*)>; rel="next"/.exec(page.headers.link ?? '')?.[1] ?? '';
      const rest = await app.http.as(current.accessToken).get(next).expect(200);
      const ids = [...page.body, ...rest.body].map(({ sessionId }: ListedSession) => sessionId);
      expect(ids).toEqual(tokens.map(idOf).reverse());
      await app.http.as(current.accessToken).get('/user/sessions', { limit: 101 }).expect(400);
    });

    it('until they end', async () => {
      const user = await registerUser(app);
      const [first, second] = [await login(user), await login(user)];
      await app.http.post('/user/logout', { refreshToken: second.refreshToken }).expect(204);
      expect((await listed(first)).map(({ sessionId }) => sessionId)).toEqual([idOf(first)]);
      await signOutEverywhere(first).expect(204);
      const third = await login(user);
      expect((await listed(third)).map(({ sessionId }) => sessionId)).toEqual([idOf(third)]);
      atDay(31, third);
      expect((await user.client.get('/user/sessions').expect(200)).body).toEqual([]);
    });

    it('also if an earlier version stored them', async () => {
      const user = await registerUser(app);
      const tokens = await login(user);
      const { device: _, ...stored } = (await app.stored('Sessions', { sessionId: idOf(tokens) })) ?? {};
      await app.store('Sessions', stored);
      expect(await listed(tokens)).toMatchObject([{ device: null, current: true }]);
    });

    it('to their user and to admins', async () => {
      const user = await registerUser(app);
      const tokens = await login(user);
      const admin = app.as('ADMIN');
      const { body } = await admin.get('/user/sessions', { userId: user.userId }).expect(200);
      expect(body).toMatchObject([{ sessionId: idOf(tokens), current: false }]);
      const stranger = app.as('CUSTOMER');
      expect((await stranger.get('/user/sessions', { userId: user.userId }).expect(403)).body.code).toBe(
        'auth.not_owner',
      );
      await admin.delete(`/user/sessions/${idOf(tokens)}?userId=${user.userId}`).expect(204);
      await profile(tokens).expect(401);
    });
  });

  describe('end one by one', () => {
    it('with their access tokens, while others go on', async () => {
      const user = await registerUser(app);
      const [lost, current] = [await login(user), await login(user)];
      const { body: rotated } = await refresh(lost.refreshToken).expect(200);
      await end(current, idOf(lost)).expect(204);
      await profile(lost).expect(401);
      await profile(rotated as Tokens).expect(401);
      await refresh((rotated as Tokens).refreshToken).expect(401);
      expect((await end(current, idOf(lost)).expect(404)).body.code).toBe('session.not_found');
      await profile(current).expect(200);
      await end(current, idOf(current)).expect(204);
      await profile(current).expect(401);
    });

    it('but not those of another user', async () => {
      const [tokens, stranger] = [await login(await registerUser(app)), await login(await registerUser(app))];
      expect((await end(stranger, idOf(tokens)).expect(404)).body.code).toBe('session.not_found');
      await end(stranger, 'unknown').expect(404);
      await end(stranger, '!').expect(400);
      await profile(tokens).expect(200);
      await refresh(tokens.refreshToken).expect(200);
    });

    it('also if they are refreshed at the same time', async () => {
      const user = await registerUser(app);
      const [tokens, current] = [await login(user), await login(user)];
      interleave(
        app,
        ({ Update }) => Update?.TableName.endsWith('Sessions') === true,
        () => end(current, idOf(tokens)).expect(204),
      );
      await refresh(tokens.refreshToken).expect(401);
      expect((await listed(current)).map(({ sessionId }) => sessionId)).toEqual([idOf(current)]);
    });
  });

  it('end with their access tokens when the user signs out', async () => {
    const user = await registerUser(app);
    const [tokens, current] = [await login(user), await login(user)];
    await app.http.post('/user/logout', { refreshToken: tokens.refreshToken }).expect(204);
    await profile(tokens).expect(401);
    await profile(current).expect(200);
    await poll();
    await profile(tokens, other).expect(401);
    await profile(current, other).expect(200);
    expect(await countRoundTrips(app, () => profile(current).expect(200))).toBe(1);
  });

  it('end with their access tokens when a refresh token is used twice', async () => {
    const tokens = await login(await registerUser(app));
    const { body: second } = await refresh(tokens.refreshToken).expect(200);
    await refresh((second as Tokens).refreshToken).expect(200);
    await refresh(tokens.refreshToken).expect(401);
    for (const stolen of [tokens, second as Tokens]) await profile(stolen).expect(401);
  });

  it.each(['COURIER', 'ADMIN'])(
    'of the role %s end at once in every task, without another round trip',
    async (role) => {
      const person = await staff(role);
      const [tokens, current] = [await login(person), await login(person)];
      await app.http.post('/user/logout', { refreshToken: tokens.refreshToken }).expect(204);
      await profile(tokens, other).expect(401);
      const calls = await roundTripsOf(other, () => profile(current, other).expect(200));
      expect(calls).toEqual(['BatchGetItemCommand', 'GetItemCommand']);
      await signOutEverywhere(current).expect(204);
      await profile(current, other).expect(401);
    },
  );

  it('all end at once', async () => {
    const user = await registerUser(app);
    const [first, second] = [await login(user), await login(user)];
    const stranger = await login(await registerUser(app));
    await signOutEverywhere(first).expect(204);
    await poll();
    for (const tokens of [first, second]) {
      await profile(tokens).expect(401);
      await profile(tokens, other).expect(401);
      await refresh(tokens.refreshToken).expect(401);
    }
    await profile(stranger, other).expect(200);
    await profile(await login(user), other).expect(200);
    expect((await app.as('CUSTOMER').delete('/user/sessions').expect(404)).body.code).toBe('user.not_found');
  });

  it('all end once, by two requests at the same time', async () => {
    const user = await registerUser(app);
    const tokens = await login(user);
    interleave(
      app,
      ({ Update }) => Update?.Key.userId === user.userId,
      () => signOutEverywhere(tokens).expect(204),
    );
    await user.client.delete('/user/sessions').expect(204);
    const versions = { credentialsVersion: 3, accessVersion: 2 };
    expect(await app.stored('Users', { userId: user.userId })).toMatchObject(versions);
    expect(await app.stored('UserEmails', { email: user.email })).toMatchObject(versions);
  });

  describe('last ninety days at most', () => {
    it('however often they are used', async () => {
      const user = await registerUser(app);
      let tokens = await login(user);
      for (const day of [29, 58, 87, 89.99]) {
        atDay(day, tokens);
        tokens = (await refresh(tokens.refreshToken).expect(200)).body as Tokens;
      }
      expect(tokens.expiresIn).toBeLessThanOrEqual(900);
      expect(tokens.expiresIn).toBeGreaterThan(850);
      atDay(90, tokens);
      expect((await refresh(tokens.refreshToken).expect(401)).body.code).toBe('auth.invalid_refresh_token');
    });

    it('and so do their last access tokens', async () => {
      let tokens = await login(await registerUser(app));
      for (const day of [29, 58, 87]) {
        atDay(day, tokens);
        tokens = (await refresh(tokens.refreshToken).expect(200)).body as Tokens;
      }
      atDay(90 - 1 / 1_440, tokens);
      tokens = (await refresh(tokens.refreshToken).expect(200)).body as Tokens;
      expect(tokens.expiresIn).toBeLessThanOrEqual(60);
    });

    it('also if an earlier version stored them without a limit', async () => {
      const user = await registerUser(app);
      const tokens = await login(user);
      const stored = await app.stored('Sessions', { sessionId: idOf(tokens) });
      await app.store('Sessions', { ...stored, expiresAt: Math.floor(Date.now() / 1_000) + 120 * 86_400 });
      atDay(91, tokens);
      await refresh(tokens.refreshToken).expect(401);
      expect((await user.client.get('/user/sessions').expect(200)).body).toEqual([]);
    });

    it('or fewer, as the operator sets', async () => {
      const strict = await TestApp.start({ SESSION_MAX_DAYS: '2', TABLE_PREFIX: app.config.tablePrefix });
      const person = await staff('COURIER');
      const tokens = await login(person);
      await profile(tokens, strict).expect(200);
      atDay(3, tokens, strict);
      await strict.http.post('/user/refresh', { refreshToken: tokens.refreshToken }).expect(401);
      await profile(tokens, strict).expect(401);
      await strict.stop();
    });
  });
});
