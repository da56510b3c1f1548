import type { PublishedEvent } from '../../../src/events/event-map';
import type { PasswordResetRequested, UserRegistered } from '../../../src/events/user.events';
import { UserService } from '../../../src/modules/user';
import { Subscribe } from '../../../src/platform/events/subscribe';
import { TestApp } from '../../support/test-app';

type Event = PublishedEvent<PasswordResetRequested> | PublishedEvent<UserRegistered>;

/** Records the events that cause a mail. */
class UserEventRecorder {
  readonly events: Event[] = [];

  @Subscribe(['user.password_reset_requested', 'user.registered'], { as: 'test.note' })
  async record(event: Event): Promise<void> {
    this.events.push(event);
  }
}

describe('passwords', () => {
  let app: TestApp;
  let users: UserService;
  let count = 0;
  const recorder = new UserEventRecorder();
  beforeAll(async () => {
    app = await TestApp.start({}, { providers: [{ provide: UserEventRecorder, useValue: recorder }] });
    users = app.get(UserService);
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const password = 'test123';
  const registered = async () => {
    const email = `clara${++count}@example.com`;
    const { userId } = await users.create({ name: 'Clara', email }, 'CUSTOMER', password);
    return { email, userId };
  };
  const login = (email: string, secret: string) => app.http.post('/user/login', { email, password: secret });
  const refresh = (refreshToken: string) => app.http.post('/user/refresh', { refreshToken });
  const forgot = (email: string) => app.http.post('/user/password/forgot', { email }).expect(202);
  const reset = (token: string, newPassword = 'a new one') =>
    app.http.post('/user/password/reset', { token, newPassword });
  const requests = async (userId: string) => {
    await app.settled();
    return recorder.events.flatMap((event) =>
      event.type === 'user.password_reset_requested' && event.userId === userId ? [event] : [],
    );
  };
  /** The token of the latest mail to a user. */
  const mailed = async (userId: string) => users.resetTokenOf((await requests(userId)).at(-1)?.resetId ?? '');

  it('can be changed with the current one, which ends every session', async () => {
    const { email, userId } = await registered();
    const { body } = await login(email, password).expect(200);
    const change = (currentPassword: string, newPassword: string) =>
      app.http.as(body.accessToken).post('/user/password/change', { currentPassword, newPassword });
    expect((await change('wrong', 'a new one').expect(401)).body.code).toBe('auth.invalid_credentials');
    await change(password, 'short').expect(400);
    await change(password, 'a new one').expect(204);
    await refresh(body.refreshToken).expect(401);
    await login(email, password).expect(401);
    await refresh((await login(email, 'a new one').expect(200)).body.refreshToken).expect(200);
    const [user, account] = [await app.stored('Users', { userId }), await app.stored('UserEmails', { email })];
    expect(account).toMatchObject({ passwordHash: user?.passwordHash, credentialsVersion: user?.credentialsVersion });
    await app.http.post('/user/password/change', { currentPassword: password, newPassword: password }).expect(401);
  });

  it('are changed once by two simultaneous changes', async () => {
    const { email, userId } = await registered();
    const change = (newPassword: string) =>
      app.as('CUSTOMER', userId).post('/user/password/change', { currentPassword: password, newPassword });
    const [first, second] = await Promise.all([change('the first one'), change('the second one')]);
    expect([first.status, second.status].sort()).toEqual([204, 401]);
    await login(email, first.status === 204 ? 'the first one' : 'the second one').expect(200);
  });

  it('can be reset once with the mailed token, which ends every session', async () => {
    const { email, userId } = await registered();
    const { body: before } = await login(email, password).expect(200);
    await forgot(email);
    const token = await mailed(userId);
    await reset(token, 'short').expect(400);
    await reset(token).expect(204);
    expect((await reset(token, 'another one').expect(400)).body.code).toBe('auth.invalid_reset_token');
    await refresh(before.refreshToken).expect(401);
    await login(email, password).expect(401);
    await login(email, 'a new one').expect(200);
  });

  it('are reset once by five simultaneous requests with the same token', async () => {
    const { email, userId } = await registered();
    await forgot(email);
    const token = await mailed(userId);
    const responses = await Promise.all([1, 2, 3, 4, 5].map((n) => reset(token, `new password ${n}`)));
    expect(responses.map(({ status }) => status).sort()).toEqual([204, 400, 400, 400, 400]);
  });

  it('cannot be reset for an e-mail without an account, which gets the same response but no mail', async () => {
    const { email, userId } = await registered();
    const before = recorder.events.length;
    const unknown = await forgot('unknown@example.com');
    await app.settled();
    expect(recorder.events).toHaveLength(before + 1); // the registration, until now on its way
    const known = await forgot(email);
    expect(known.body).toEqual(unknown.body);
    expect(await requests(userId)).toHaveLength(1);
    expect(await app.stored('UserEmails', { email: 'unknown@example.com' })).toBeUndefined();
  });

  it('cannot be reset for a blocked account', async () => {
    const { email, userId } = await registered();
    await forgot(email);
    const token = await mailed(userId);
    await app.as('ADMIN').patch(`/admin/users/${userId}`, { blocked: true }).expect(200);
    await reset(token).expect(400);
    await forgot(email);
    expect(await requests(userId)).toHaveLength(1);
  });

  it('can be reset for an hour of real time, with the latest token only', async () => {
    const { email, userId } = await registered();
    await forgot(email);
    const first = await mailed(userId);
    await forgot(email);
    const second = await mailed(userId);
    expect(second).not.toBe(first);
    await reset(first).expect(400);
    const later = app.clock.realNow() + 60 * 60_000;
    jest.spyOn(app.clock, 'realNow').mockReturnValue(later);
    await reset(second).expect(400);
    jest.restoreAllMocks();
    await reset(second).expect(204);
  });

  it('cannot be reset with a forged token', async () => {
    const { email, userId } = await registered();
    const other = await registered();
    await forgot(email);
    const token = await mailed(userId);
    const [, id = '', signature = ''] = token.split('.');
    const stored = await app.stored('Users', { userId });
    for (const forged of [
      'nonsense',
      `${userId}.${id}`,
      `${userId}.${id}.`,
      `${userId}.${id}.${'A'.repeat(43)}`,
      `${other.userId}.${id}.${signature}`,
      String(stored?.resetId),
    ]) {
      await reset(forged).expect(400);
    }
    expect(JSON.stringify([stored, recorder.events])).not.toContain(signature);
    await reset(token).expect(204);
  });
});

describe('passwords in production', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
    Object.assign(app.config, { production: true });
  });
  afterAll(() => app.stop());

  it.each(['password1', 'PassWord1', 'test123'])('may not be as common as %s', async (password) => {
    const { body } = await app.http
      .post('/user/register', { name: 'Dora', email: 'dora@example.com', password })
      .expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'password' }] });
  });

  it('may be any that is not common', async () => {
    const person = { name: 'Dora', email: 'dora@example.com', password: 'Kuh auf der Weide 🐄' };
    await app.http.post('/user/register', person).expect(201);
    await app.http.post('/user/login', { email: person.email, password: person.password }).expect(200);
  });
});
