import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { AccessRevocations } from '../../../src/modules/user/session/access-revocations.service';
import { interleave } from '../../support/faults/interleave';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { aRegistration, type RegisteredUser, registerUser } from './registered-user';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

describe('an access token', () => {
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

  const poll = () => other.get<AccessRevocations>(AccessRevocations).poll();
  const login = async ({ email, password }: Pick<RegisteredUser, 'email' | 'password'>, task = app) =>
    (await task.http.post('/user/login', { email, password }).expect(200)).body as Tokens;
  const change = (userId: string, body: object) =>
    app.as('ADMIN').patch(`/admin/users/${userId}`, body as Record<string, unknown>);
  const profile = (accessToken: string, task = app) => task.http.as(accessToken).get('/user/profile');
  const created = async (role: string) => {
    const person = aRegistration({ role });
    const { body } = await app.as('ADMIN').post('/admin/users', person).expect(201);
    return { ...person, userId: body.userId as string };
  };

  it('of a blocked customer ends at once, and stays so after they are unblocked', async () => {
    const user = await registerUser(app);
    const { accessToken } = await login(user);
    await profile(accessToken).expect(200);
    await change(user.userId, { blocked: true }).expect(200);
    const customer = app.http.as(accessToken);
    for (const { status, body } of [
      await customer.post('/order/create', { cartItems: [], deliverySlot: '2030-01-01T07:00:00Z' }),
      await customer.post('/payment/pay', { orderId: 'O1', method: 'WALLET' }),
      await customer.post('/wallet/topup', { amount: 100 }),
      await customer.get('/user/profile'),
    ]) {
      expect([status, body.code]).toEqual([401, 'auth.unauthenticated']);
    }
    await customer.get('/product/list').expect(200);
    await change(user.userId, { blocked: false }).expect(200);
    await profile(accessToken).expect(401);
    await profile((await login(user)).accessToken).expect(200);
  });

  it('ends when the role changes, and a refresh returns one with the new role', async () => {
    const user = await registerUser(app);
    const { accessToken, refreshToken } = await login(user);
    await change(user.userId, { role: 'COURIER' }).expect(200);
    await profile(accessToken).expect(401);
    const { body } = await app.http.post('/user/refresh', { refreshToken }).expect(200);
    await app.http.as(body.accessToken).get('/delivery/list').expect(200);
  });

  it('ends when the password is changed', async () => {
    const user = await registerUser(app);
    const { accessToken } = await login(user);
    const passwords = { currentPassword: user.password, newPassword: 'a new one' };
    await app.http.as(accessToken).post('/user/password/change', passwords).expect(204);
    await profile(accessToken).expect(401);
    await profile((await login({ ...user, password: 'a new one' })).accessToken).expect(200);
  });

  it('does not end with other changes', async () => {
    const user = await registerUser(app);
    const { accessToken } = await login(user);
    await change(user.userId, { name: 'Jim', role: 'CUSTOMER', blocked: false }).expect(200);
    await app.http.post('/user/password/forgot', { email: user.email }).expect(202);
    await app.settled();
    await profile(accessToken).expect(200);
  });

  it('costs customers no round trip, before and after', async () => {
    const user = await registerUser(app);
    await change(user.userId, { blocked: true }).expect(200);
    await change(user.userId, { blocked: false }).expect(200);
    const { accessToken } = await login(user);
    expect(await countRoundTrips(app, () => profile(accessToken).expect(200))).toBe(1);
  });

  describe('in another task', () => {
    it('ends with the next poll', async () => {
      const user = await registerUser(app);
      const { accessToken } = await login(user);
      await change(user.userId, { blocked: true }).expect(200);
      await poll();
      await profile(accessToken, other).expect(401);
      await change(user.userId, { blocked: false }).expect(200);
      await poll();
      await profile(accessToken, other).expect(401);
      await profile((await login(user)).accessToken, other).expect(200);
    });

    it.each(['COURIER', 'ADMIN'])('ends at once for the role %s', async (role) => {
      const staff = await created(role);
      const tokens = [(await login(staff)).accessToken, app.tokenOf(role as 'ADMIN', staff.userId)];
      for (const token of tokens) await profile(token, other).expect(200);
      await change(staff.userId, { blocked: true }).expect(200);
      for (const token of tokens) await profile(token, other).expect(401);
    });

    it('ends at once for a courier who has changed the password', async () => {
      const courier = await created('COURIER');
      const { accessToken } = await login(courier);
      const passwords = { currentPassword: courier.password, newPassword: 'a new one' };
      await app.http.as(accessToken).post('/user/password/change', passwords).expect(204);
      await profile(accessToken, other).expect(401);
    });

    it('has ended when the task starts', async () => {
      const user = await registerUser(app);
      const { accessToken } = await login(user);
      await change(user.userId, { blocked: true }).expect(200);
      const started = await TestApp.start({ TABLE_PREFIX: app.config.tablePrefix });
      await profile(accessToken, started).expect(401);
      await started.stop();
    });

    it('stays ended while polls fail, which is logged once', async () => {
      const user = await registerUser(app);
      const { accessToken } = await login(user);
      await change(user.userId, { blocked: true }).expect(200);
      await poll();
      const warnings = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
      const { middlewareStack } = other.get<DynamoDB>(DynamoDB);
      const fail = () => () => Promise.reject(new Error('no answer'));
      middlewareStack.add(fail, { step: 'initialize', name: 'outage' });
      await poll();
      await poll();
      middlewareStack.remove('outage');
      const logged = warnings.mock.calls.filter(([, message]) => String(message).startsWith('Access revocations'));
      warnings.mockRestore();
      expect(logged).toHaveLength(1);
      await profile(accessToken, other).expect(401);
      await poll();
      await profile(accessToken, other).expect(401);
    });
  });

  it('from an earlier version, which has no access version, ends by its time of issue', async () => {
    const { userId } = await registerUser(app);
    const { jwtSecret: secret, jwtIssuer: issuer, jwtAudience: audience } = app.config;
    const issued = (secondsAgo: number) =>
      new JwtService().sign(
        { sub: userId, role: 'CUSTOMER', typ: 'access', iat: Math.floor(Date.now() / 1_000) - secondsAgo },
        { secret, algorithm: 'HS256', issuer, audience, expiresIn: '15m' },
      );
    const earlier = issued(5);
    await profile(earlier).expect(200);
    await change(userId, { blocked: true }).expect(200);
    await change(userId, { blocked: false }).expect(200);
    await profile(earlier).expect(401);
    await profile(issued(0)).expect(200);
  });

  describe('of the same moment ends too', () => {
    const isSessionPut = ({ Put }: { Put?: { Item: Record<string, unknown> } }) => Put?.Item.secretHash !== undefined;

    it('if the user signs in while they are blocked', async () => {
      const user = await registerUser(app);
      interleave(app, isSessionPut, () => change(user.userId, { blocked: true }).expect(200));
      const { accessToken, refreshToken } = await login(user);
      await profile(accessToken).expect(401);
      await app.http.post('/user/refresh', { refreshToken }).expect(401);
    });

    it('if it is refreshed while the user is blocked', async () => {
      const user = await registerUser(app);
      const { refreshToken } = await login(user);
      const isRotation = ({ Update }: { Update?: { TableName: string } }) =>
        Update?.TableName.endsWith('Sessions') === true;
      interleave(app, isRotation, () => change(user.userId, { blocked: true }).expect(200));
      const { body } = await app.http.post('/user/refresh', { refreshToken }).expect(200);
      await profile(body.accessToken).expect(401);
    });

    it('if the user signs in between two changes', async () => {
      const user = await registerUser(app);
      let between: Tokens | undefined;
      interleave(
        app,
        ({ Update }) => Update?.Key.userId === user.userId,
        async () => {
          const passwords = { currentPassword: user.password, newPassword: 'a new one' };
          await user.client.post('/user/password/change', passwords).expect(204);
          between = await login({ ...user, password: 'a new one' });
        },
      );
      await change(user.userId, { blocked: true }).expect(200);
      await profile(between?.accessToken ?? '').expect(401);
    });
  });

  it('ends with both of two simultaneous changes, and neither is lost', async () => {
    const user = await registerUser(app);
    interleave(
      app,
      ({ Update }) => Update?.Key.userId === user.userId,
      () => change(user.userId, { role: 'COURIER' }).expect(200),
    );
    const passwords = { currentPassword: user.password, newPassword: 'a new one' };
    await user.client.post('/user/password/change', passwords).expect(204);
    expect(await app.stored('Users', { userId: user.userId })).toMatchObject({ role: 'COURIER', accessVersion: 2 });
    await login({ ...user, password: 'a new one' });
  });
});
