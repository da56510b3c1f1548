import { createHash, randomBytes } from 'node:crypto';
import { Database } from '../../../src/platform/dynamo/database';
import { put } from '../../../src/platform/dynamo/write';
import { interleave } from '../../support/faults/interleave';
import { TestApp } from '../../support/test-app';
import { type RegisteredUser, registerUser } from './registered-user';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

describe('a refresh token that is used again', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const refresh = (refreshToken: string) => app.http.post('/user/refresh', { refreshToken });
  const refreshed = async (refreshToken: string) => (await refresh(refreshToken).expect(200)).body as Tokens;
  const logout = (refreshToken: string) => app.http.post('/user/logout', { refreshToken }).expect(204);
  const signedIn = async (user?: RegisteredUser) => {
    const { email, password } = user ?? (await registerUser(app));
    return (await app.http.post('/user/login', { email, password }).expect(200)).body as Tokens;
  };
  const setBlocked = (userId: string, blocked: boolean) =>
    app.as('ADMIN').patch(`/admin/users/${userId}`, { blocked }).expect(200);
  /** Moves real time, which decides how long a token may be repeated. */
  const afterSeconds = (seconds: number) => {
    const later = Date.now() + seconds * 1_000;
    jest.spyOn(app.clock, 'realNow').mockReturnValue(later);
  };
  const withOtherSecret = (refreshToken: string) => {
    const [sessionId, secret = ''] = refreshToken.split('.');
    return `${sessionId}.${[...secret].reverse().join('')}`;
  };

  describe('within thirty seconds', () => {
    it('gets the same new pair, which works', async () => {
      const { refreshToken } = await signedIn();
      const first = await refreshed(refreshToken);
      afterSeconds(29);
      const repeated = await refresh(refreshToken).expect(200);
      expect(repeated.body).toEqual(first);
      await app.http.as(first.accessToken).get('/user/profile').expect(200);
      await refresh(first.refreshToken).expect(200);
    });

    it('gets the same new pair in ten simultaneous requests', async () => {
      const { refreshToken } = await signedIn();
      const responses = await Promise.all(Array.from({ length: 10 }, () => refresh(refreshToken)));
      expect(responses.map(({ status }) => status)).toEqual(Array(10).fill(200));
      expect(new Set(responses.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      await refresh(responses[0]?.body.refreshToken).expect(200);
    });

    it('ends the session once the new refresh token was used', async () => {
      const { refreshToken } = await signedIn();
      const second = await refreshed(refreshToken);
      const third = await refreshed(second.refreshToken);
      expect((await refresh(refreshToken).expect(401)).body.code).toBe('auth.invalid_refresh_token');
      await refresh(third.refreshToken).expect(401);
    });

    it('is refused after signing out, with either token', async () => {
      const { refreshToken } = await signedIn();
      const next = await refreshed(refreshToken);
      await logout(next.refreshToken);
      await refresh(refreshToken).expect(401);
      await refresh(next.refreshToken).expect(401);
    });

    it('is refused for a user who was blocked meanwhile, even after they are unblocked', async () => {
      const user = await registerUser(app);
      const { refreshToken } = await signedIn(user);
      await refreshed(refreshToken);
      await setBlocked(user.userId, true);
      await setBlocked(user.userId, false);
      await refresh(refreshToken).expect(401);
    });
  });

  it('ends the session after thirty seconds', async () => {
    const user = await registerUser(app);
    const [{ refreshToken }, other] = [await signedIn(user), await signedIn(user)];
    const next = await refreshed(refreshToken);
    afterSeconds(31);
    expect((await refresh(refreshToken).expect(401)).body.code).toBe('auth.invalid_refresh_token');
    await refresh(next.refreshToken).expect(401);
    await refresh(other.refreshToken).expect(200);
  });

  it('is refused if the user signs out while it is exchanged', async () => {
    const { refreshToken } = await signedIn();
    interleave(
      app,
      ({ Update }) => Update?.TableName.endsWith('Sessions') === true,
      () => logout(refreshToken),
    );
    await refresh(refreshToken).expect(401);
    await refresh(refreshToken).expect(401);
  });

  it('with a wrong secret changes nothing, neither in a refresh nor in signing out', async () => {
    const { refreshToken } = await signedIn();
    const forged = withOtherSecret(refreshToken);
    expect((await refresh(forged).expect(401)).body.code).toBe('auth.invalid_refresh_token');
    await logout(forged);
    const next = await refreshed(refreshToken);
    await refresh(withOtherSecret(next.refreshToken)).expect(401);
    await refresh(next.refreshToken).expect(200);
  });

  it('can still sign out, because the response with the new token may have been lost', async () => {
    const { refreshToken } = await signedIn();
    const next = await refreshed(refreshToken);
    afterSeconds(31);
    await logout(refreshToken);
    await refresh(next.refreshToken).expect(401);
  });

  describe('of a session from an earlier version', () => {
    /** Earlier versions stored the hash of a secret without a signature. */
    const storedSession = async (user: RegisteredUser) => {
      const database = app.get<Database>(Database);
      const { refreshToken } = await signedIn(user);
      const [sessionId = ''] = refreshToken.split('.');
      const secret = randomBytes(32).toString('base64url');
      const secretHash = createHash('sha256').update(secret).digest('base64url');
      const session = await app.stored('Sessions', { sessionId });
      await database.write(put(`${app.config.tablePrefix}Sessions`, { ...session, secretHash }));
      return `${sessionId}.${secret}`;
    };

    it('gets the same new pair, and ends the session later', async () => {
      const refreshToken = await storedSession(await registerUser(app));
      await refresh(withOtherSecret(refreshToken)).expect(401);
      const next = await refreshed(refreshToken);
      expect(await refreshed(refreshToken)).toEqual(next);
      afterSeconds(31);
      await refresh(refreshToken).expect(401);
      await refresh(next.refreshToken).expect(401);
    });

    it('can sign out', async () => {
      const refreshToken = await storedSession(await registerUser(app));
      await logout(withOtherSecret(refreshToken));
      await logout(refreshToken);
      await refresh(refreshToken).expect(401);
    });
  });
});
