import { createAdmin } from '../../../src/cli/create-admin';
import type { PublishedEvent } from '../../../src/events/event-map';
import type { PasswordResetRequested, UserRegistered } from '../../../src/events/user.events';
import { newEventId } from '../../../src/kernel/ids';
import { UserService } from '../../../src/modules/user';
import { Subscribe } from '../../../src/platform/events/subscribe';
import type { InProcessClient } from '../../support/in-process-client';
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

  it('can be reset for an hour of real time', async () => {
    const { email, userId } = await registered();
    await forgot(email);
    const token = await mailed(userId);
    const later = app.clock.realNow() + 60 * 60_000;
    jest.spyOn(app.clock, 'realNow').mockReturnValue(later);
    await reset(token).expect(400);
    jest.restoreAllMocks();
    await reset(token).expect(204);
  });

  it('can be reset with any of several mails, because anyone may request one, but only once', async () => {
    const { email, userId } = await registered();
    const tokens: string[] = [];
    for (let nth = 0; nth < 5; nth++) {
      await forgot(email);
      tokens.push(await mailed(userId));
    }
    expect(new Set(tokens).size).toBe(5);
    const [first = '', second = '', ...others] = tokens;
    const responses = await Promise.all([reset(first, 'the first one'), reset(second, 'the second one')]);
    expect(responses.map(({ status }) => status).sort()).toEqual([204, 400]);
    for (const token of [first, second, ...others]) await reset(token).expect(400);
    await login(email, responses[0]?.status === 204 ? 'the first one' : 'the second one').expect(200);
  });

  it.each([
    [
      'changed',
      (client: InProcessClient) =>
        client.post('/user/password/change', { currentPassword: password, newPassword: 'another one' }),
    ],
    ['kept, but the user has signed out everywhere', (client: InProcessClient) => client.delete('/user/sessions')],
  ])('cannot be reset with an earlier mail once it is %s', async (_, act) => {
    const { email, userId } = await registered();
    await forgot(email);
    const token = await mailed(userId);
    await act(app.as('CUSTOMER', userId)).expect(204);
    await reset(token).expect(400);
  });

  it('can be reset with a mail of an earlier version, which stored the reset', async () => {
    const { userId } = await registered();
    const resetId = `${userId}.${newEventId()}`;
    const stored = { ...(await app.stored('Users', { userId })), resetId };
    await app.store('Users', { ...stored, resetUntil: app.clock.realNow() });
    await reset(users.resetTokenOf(resetId)).expect(400);
    await app.store('Users', { ...stored, resetUntil: app.clock.realNow() + 60_000 });
    await reset(users.resetTokenOf(`${userId}.${newEventId()}`)).expect(400);
    await reset(users.resetTokenOf(resetId)).expect(204);
    await reset(users.resetTokenOf(resetId)).expect(400);
  });

  it('cannot be reset with a forged token', async () => {
    const { email, userId } = await registered();
    const other = await registered();
    await forgot(email);
    const token = await mailed(userId);
    const [, version = '', id = '', signature = ''] = token.split('.');
    const stored = await app.stored('Users', { userId });
    for (const forged of [
      'nonsense',
      `${userId}.${version}.${id}`,
      `${userId}.${version}.${id}.`,
      `${userId}.${version}.${id}.${'A'.repeat(43)}`,
      `${userId}.${id}.${signature}`,
      `${userId}.2.${id}.${signature}`,
      `${other.userId}.${version}.${id}.${signature}`,
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

  it.each([
    ['seven characters', { password: 'kuh7gra' }, /at least 8 characters/],
    ['their own name', { password: 'dora-2026' }, /too easy to guess/],
    ['the name of the dairy', { password: 'milkround-demo' }, /too easy to guess/],
  ])('may not be %s', async (_, wrong, message) => {
    const person = { name: 'Dora', email: 'dora@example.com', ...wrong };
    const { body } = await app.http.post('/user/register', person).expect(400);
    expect(body.errors).toEqual([{ field: 'password', message: expect.stringMatching(message) }]);
  });

  it('have twelve characters for admins, when they are created and when they change or reset', async () => {
    const admin = app.as('ADMIN');
    const ada = { name: 'Ada', email: 'ada@example.com', role: 'ADMIN' };
    const tooShort = { password: 'kuh7gras-im' };
    const refused = await admin.post('/admin/users', { ...ada, ...tooShort }).expect(400);
    expect(refused.body.detail).toContain('at least 12 characters for an admin');
    const password = 'kuh7gras im stall';
    const { body } = await admin.post('/admin/users', { ...ada, password }).expect(201);
    const change = { currentPassword: password, newPassword: tooShort.password };
    await app
      .as('ADMIN', body.userId as string)
      .post('/user/password/change', change)
      .expect(400);
    const root = { email: 'root@example.com', name: 'Root', ...tooShort };
    await expect(createAdmin(app.nest, root)).rejects.toThrow('at least 12 characters');
  });

  it('of a customer who became an admin must be replaced before the next sign-in', async () => {
    const person = { name: 'Mia', email: 'mia@example.com', password: 'kuh7gras' };
    const { body } = await app.http.post('/user/register', person).expect(201);
    const { email, password } = person;
    await app.http.post('/user/login', { email, password }).expect(200);
    await app
      .as('ADMIN')
      .patch(`/admin/users/${body.userId as string}`, { role: 'ADMIN' })
      .expect(200);
    const refused = await app.http.post('/user/login', { email, password }).expect(403);
    expect(refused.body.code).toBe('auth.password_too_weak');
    await app.http.post('/user/login', { email, password: 'wrong' }).expect(401);
  });

  it('may be any that is not common', async () => {
    const person = { name: 'Dora', email: 'dora@example.com', password: 'Kuh auf der Weide 🐄' };
    await app.http.post('/user/register', person).expect(201);
    await app.http.post('/user/login', { email: person.email, password: person.password }).expect(200);
  });
});
