import type { Response } from 'supertest';
import { TestApp } from '../../support/test-app';
import { registerUser } from './registered-user';

const COOKIE = 'milkround_refresh';
const PATHS = ['/user/refresh', '/user/logout'];

describe('a session in a cookie', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  const cookiesOf = ({ headers }: Response) => (headers['set-cookie'] ?? []) as unknown as string[];
  /** The value that a browser would send next. */
  const tokenOf = (response: Response): string =>
    /^milkround_refresh=([^;]*)/.exec(cookiesOf(response)[0] ?? '')?.[1] ?? '';
  const send = (path: string, token: string | undefined, body: Record<string, unknown> = {}) => {
    const request = app.http.post(path, body).set('X-Session', 'cookie');
    return token === undefined ? request : request.set('Cookie', `theme=dark; ${COOKIE}=${token}`);
  };
  const signIn = async (host = 'api.dairy.example') => {
    const { email, password } = await registerUser(app);
    return app.http.post('/user/login', { email, password }).set('X-Session', 'cookie').set('Host', host).expect(200);
  };

  it('keeps the refresh token from scripts, other sites and other routes', async () => {
    const response = await signIn();
    expect(response.body).toEqual({
      accessToken: expect.any(String),
      tokenType: 'Bearer',
      expiresIn: 900,
      userId: expect.any(String),
      role: 'CUSTOMER',
    });
    const cookies = cookiesOf(response).map((cookie) => cookie.replace(/=[^;]+; Max-Age=\d+;/, ''));
    expect(cookies).toEqual(PATHS.map((path) => `${COOKIE} Path=${path}; HttpOnly; Secure; SameSite=Strict`));
    const [, maxAge] = /Max-Age=(\d+)/.exec(cookiesOf(response)[0] ?? '') ?? [];
    expect(Number(maxAge)).toBeGreaterThan(29 * 86_400);
    expect(Number(maxAge)).toBeLessThanOrEqual(30 * 86_400);
  });

  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])('works without TLS on %s', async (host) => {
    expect(cookiesOf(await signIn(host)).join()).not.toContain('Secure');
  });

  it.each(['localhost.evil.example', 'api.dairy.example:3000'])('needs TLS on %s', async (host) => {
    expect(cookiesOf(await signIn(host)).join()).toContain('Secure');
  });

  it('is refreshed and ended by the cookie', async () => {
    const first = tokenOf(await signIn());
    const refreshed = await send('/user/refresh', first).expect(200);
    const second = tokenOf(refreshed);
    expect(second).not.toBe(first);
    expect(refreshed.body).not.toHaveProperty('refreshToken');
    await app.http
      .as(refreshed.body.accessToken as string)
      .get('/user/profile')
      .expect(200);

    const ended = await send('/user/logout', second).expect(204);
    expect(cookiesOf(ended)).toEqual(
      PATHS.map((path) => `${COOKIE}=; Max-Age=0; Path=${path}; HttpOnly; SameSite=Strict`),
    );
    await send('/user/refresh', second).expect(401);
    await app.http
      .as(refreshed.body.accessToken as string)
      .get('/user/profile')
      .expect(401);
  });

  it('gets the same response in several tabs at once', async () => {
    const token = tokenOf(await signIn());
    const responses = await Promise.all([1, 2, 3].map(() => send('/user/refresh', token).expect(200)));
    expect(new Set(responses.map(tokenOf)).size).toBe(1);
  });

  it('needs no body', async () => {
    const token = tokenOf(await signIn());
    const request = app.http.post('/user/refresh').set('X-Session', 'cookie').set('Cookie', `${COOKIE}=${token}`);
    await request.send(undefined).expect(200);
  });

  it('is not used without the header, which other sites cannot send', async () => {
    const token = tokenOf(await signIn());
    for (const path of PATHS) {
      const { body } = await app.http.post(path).set('Cookie', `${COOKIE}=${token}`).expect(400);
      expect(body.errors).toEqual([
        { field: 'refreshToken', message: 'refreshToken is required without X-Session: cookie' },
      ]);
    }
    await send('/user/refresh', token).expect(200);
  });

  it('is unknown without the cookie', async () => {
    await send('/user/refresh', undefined).expect(401);
    await send('/user/logout', undefined).expect(204);
    await send('/user/refresh', '%E0%A4%A').expect(401);
  });

  it.each([
    [{ 'X-Session': 'body' }, {}, 'X-Session'],
    [{ 'X-Session': 'cookie' }, { refreshToken: 'a.b' }, 'refreshToken'],
  ])('refuses %j with %j', async (headers, sent, field) => {
    for (const path of PATHS) {
      const { body } = await app.http.post(path, sent).set(headers).expect(400);
      expect(body.errors).toEqual([{ field, message: expect.any(String) }]);
    }
  });
});
