import { JwtService } from '@nestjs/jwt';
import { UserService } from '../../../src/modules/user';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';

describe('signing in', () => {
  let app: TestApp;
  let count = 0;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  const password = 'test123';
  const registered = async (role: 'CUSTOMER' | 'ADMIN' = 'CUSTOMER') => {
    const email = `anna${++count}@example.com`;
    const { userId } = await app.get<UserService>(UserService).create({ name: 'Anna', email }, role, password);
    return { email, userId };
  };
  const login = (email: string, secret = password) => app.http.post('/user/login', { email, password: secret });
  const signedIn = async (email: string) =>
    (await login(email).expect(200)).body as { accessToken: string; refreshToken: string };
  const refresh = (refreshToken: string) => app.http.post('/user/refresh', { refreshToken });

  it('returns tokens for the user’s own data', async () => {
    const { email, userId } = await registered();
    const { body } = await login(` ${email.toUpperCase()}`).expect(200);
    expect(body).toEqual({
      accessToken: expect.any(String),
      tokenType: 'Bearer',
      expiresIn: 900,
      refreshToken: expect.any(String),
      userId,
      role: 'CUSTOMER',
    });
    expect((await app.http.as(body.accessToken).get('/user/profile').expect(200)).body.userId).toBe(userId);
    expect((await app.http.as(body.accessToken).get('/admin/users').expect(403)).body.code).toBe('auth.forbidden');
  });

  it('stores only the hash of a refresh token', async () => {
    const { email } = await registered();
    const { refreshToken } = await signedIn(email);
    const [sessionId, secret] = refreshToken.split('.');
    const session = await app.stored('Sessions', { sessionId });
    expect(session).toMatchObject({ credentialsVersion: 1 });
    expect(JSON.stringify(session)).not.toContain(secret);
  });

  it('gives the same answer for a wrong password, an unknown e-mail and a blocked account', async () => {
    const [known, blocked] = [await registered(), await registered()];
    await app.as('ADMIN').patch(`/admin/users/${blocked.userId}`, { blocked: true }).expect(200);
    const responses = await Promise.all([
      login(known.email, 'wrong password'),
      login(known.email, 'x'),
      login('unknown@example.com', 'wrong password'),
      login(blocked.email, 'wrong password'),
    ]);
    for (const { status, body } of responses) {
      expect(status).toBe(401);
      expect({ ...body, requestId: '' }).toEqual({ ...responses[0]?.body, requestId: '' });
    }
    expect(responses[0]?.body.code).toBe('auth.invalid_credentials');
    expect((await login(blocked.email).expect(403)).body.code).toBe('user.blocked');
  });

  it.each([
    ['no password', { email: 'a@example.com' }],
    ['a password that is an object', { email: 'a@example.com', password: { $ne: '' } }],
    ['an e-mail with a Kelvin sign for a k', { email: 'mil\u212A@example.com', password }],
    ['an unknown field', { email: 'a@example.com', password, remember: true }],
  ])('refuses %s', async (_, body) => {
    await app.http.post('/user/login', body).expect(400);
  });

  describe('access tokens', () => {
    const signed = (claims: object, options: object = {}) =>
      new JwtService().sign(
        { sub: 'U-ADMIN', role: 'ADMIN', typ: 'access', ...claims },
        {
          secret: app.config.jwtSecret,
          algorithm: 'HS256',
          issuer: app.config.jwtIssuer,
          audience: app.config.jwtAudience,
          expiresIn: '15m',
          ...options,
        },
      );
    const withoutEnd = () =>
      new JwtService().sign(
        { sub: 'U-ADMIN', role: 'ADMIN', typ: 'access' },
        { secret: app.config.jwtSecret, issuer: app.config.jwtIssuer, audience: app.config.jwtAudience },
      );
    const unsigned = () => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const [, claims = ''] = signed({}).split('.');
      return `${part({ alg: 'none', typ: 'JWT' })}.${claims}.`;
    };

    it.each<[string, () => string]>([
      ['no signature', unsigned],
      ['another algorithm', () => signed({}, { algorithm: 'HS512' })],
      ['another secret', () => signed({}, { secret: 'another secret of enough characters' })],
      ['another issuer', () => signed({}, { issuer: 'another' })],
      ['another audience', () => signed({}, { audience: 'another' })],
      ['another type', () => signed({ typ: 'refresh' })],
      ['no type', () => signed({ typ: undefined })],
      ['an unknown role', () => signed({ role: 'OWNER' })],
      ['an end that has passed', () => signed({}, { expiresIn: -1 })],
      ['no end', () => withoutEnd()],
      ['no time of issue', () => signed({}, { noTimestamp: true })],
      ['an account that does not exist', () => signed({ sub: newUserId() })],
    ])('with %s are refused', async (_, token) => {
      await app.http.as(signed({})).get('/admin/users').expect(200);
      const { body } = await app.http.as(token()).get('/admin/users').expect(401).expect('WWW-Authenticate', 'Bearer');
      expect(body.code).toBe('auth.unauthenticated');
    });

    it('of a courier who does not exist are refused', async () => {
      const courier = signed({ sub: newUserId(), role: 'COURIER' });
      await app.http
        .as(signed({ sub: 'U-COURIER', role: 'COURIER' }))
        .get('/delivery/list')
        .expect(200);
      await app.http.as(courier).get('/delivery/list').expect(401);
    });

    it('and refresh tokens are not interchangeable', async () => {
      const { email } = await registered();
      const { accessToken, refreshToken } = await signedIn(email);
      await app.http.as(refreshToken).get('/user/profile').expect(401);
      expect((await refresh(accessToken).expect(401)).body.code).toBe('auth.invalid_refresh_token');
    });
  });

  describe('refreshing', () => {
    it('rotates the refresh token', async () => {
      const { email, userId } = await registered();
      const first = await signedIn(email);
      const { body: second } = await refresh(first.refreshToken).expect(200);
      expect(second).toMatchObject({ tokenType: 'Bearer', expiresIn: 900, userId, role: 'CUSTOMER' });
      expect(second.refreshToken).not.toBe(first.refreshToken);
      await app.http.as(second.accessToken).get('/user/profile').expect(200);
      await refresh(second.refreshToken).expect(200);
    });

    it('uses the current role of the user', async () => {
      const { email, userId } = await registered();
      const { refreshToken } = await signedIn(email);
      await app.as('ADMIN').patch(`/admin/users/${userId}`, { role: 'COURIER' }).expect(200);
      expect((await refresh(refreshToken).expect(200)).body.role).toBe('COURIER');
    });

    it('is refused for a blocked user, even after they are unblocked', async () => {
      const { email, userId } = await registered();
      const [first, second] = [await signedIn(email), await signedIn(email)];
      const admin = app.as('ADMIN');
      await admin.patch(`/admin/users/${userId}`, { blocked: true }).expect(200);
      await refresh(first.refreshToken).expect(401);
      await admin.patch(`/admin/users/${userId}`, { blocked: false }).expect(200);
      await refresh(second.refreshToken).expect(401);
      await login(email).expect(200);
    });

    it('is refused after thirty days', async () => {
      const { email } = await registered();
      const { refreshToken } = await signedIn(email);
      const later = app.clock.realNow() + 30 * 86_400_000;
      const clock = jest.spyOn(app.clock, 'realNow').mockReturnValue(later);
      await refresh(refreshToken).expect(401);
      clock.mockReturnValue(later - 2_000);
      await refresh(refreshToken).expect(200);
      clock.mockRestore();
    });

    it('is refused after signing out, which is idempotent', async () => {
      const { email } = await registered();
      const { refreshToken } = await signedIn(email);
      const logout = (token: string) => app.http.post('/user/logout', { refreshToken: token });
      await logout(refreshToken).expect(204);
      await logout(refreshToken).expect(204);
      await logout('no token of ours').expect(204);
      await refresh(refreshToken).expect(401);
    });
  });

  it('needs at most two round trips without a throttle', async () => {
    const { email } = await registered();
    expect(await countRoundTrips(app, () => login(email).expect(200))).toBe(2);
  });
});
