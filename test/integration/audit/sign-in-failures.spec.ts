import { Logger } from '@nestjs/common';
import { UserService } from '../../../src/modules/user';
import { TestApp } from '../../support/test-app';

const PASSWORD = 'milk-before-dawn';

describe('failed sign-ins', () => {
  let app: TestApp;
  let people = 0;
  beforeAll(async () => {
    app = await TestApp.start({ RATE_LIMITS: 'on', TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  async function registered() {
    const email = `kiran${++people}@milkround.test`;
    const { userId } = await app.get<UserService>(UserService).create({ name: 'Kiran', email }, 'CUSTOMER', PASSWORD);
    return { email, userId };
  }
  const login = (email: string, password: string, address = '192.0.2.1') =>
    app.http.post('/user/login', { email, password }).set('X-Forwarded-For', address);
  async function reasonsOf(userId: string): Promise<unknown[]> {
    await app.settled();
    const { body } = await app.as('ADMIN').get('/admin/audit', { subject: userId }).expect(200);
    const entries = body as { action: string; details: { reason?: string } }[];
    return entries.filter(({ action }) => action === 'user.sign_in_failed').map(({ details }) => details.reason);
  }

  it('have one entry per account, reason and quarter of an hour, however many there are', async () => {
    const { email, userId } = await registered();
    for (let address = 1; address <= 3; address++) {
      for (let attempt = 0; attempt < 12; attempt++) await login(email, 'wrong', `192.0.2.${address}`);
    }
    const reasons = await reasonsOf(userId);
    expect(new Set(reasons)).toEqual(new Set(['WRONG_PASSWORD', 'TOO_MANY_ATTEMPTS']));
    // The test may run across the end of a quarter.
    expect(reasons.length).toBeLessThanOrEqual(4);
  });

  it('have an entry if the account is blocked, and if the old password is wrong', async () => {
    const [blocked, other] = [await registered(), await registered()];
    await app.as('ADMIN').patch(`/admin/users/${blocked.userId}`, { blocked: true }).expect(200);
    await login(blocked.email, PASSWORD).expect(403);
    expect(await reasonsOf(blocked.userId)).toEqual(['ACCOUNT_BLOCKED']);
    await app
      .as('CUSTOMER', other.userId)
      .post('/user/password/change', { currentPassword: 'wrong', newPassword: `${PASSWORD}!` })
      .expect(401);
    expect(await reasonsOf(other.userId)).toEqual(['WRONG_PASSWORD']);
  });

  it('have no entry without an account', async () => {
    const before = (await app.allStored('AuditLog')).length;
    await login('unknown@milkround.test', 'wrong').expect(401);
    await app.settled();
    expect(await app.allStored('AuditLog')).toHaveLength(before);
  });

  it('are logged with a hash of the address, and without the address and the e-mail', async () => {
    const { email, userId } = await registered();
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    await login(email, 'wrong', '198.51.100.23');
    await app.settled();
    const lines = warn.mock.calls.filter((parts) => JSON.stringify(parts).includes('Sign-in failed'));
    expect(lines).toMatchObject([[{ userId, address: expect.stringMatching(/^[\w-]{12}$/) }, 'Sign-in failed']]);
    expect(JSON.stringify(warn.mock.calls)).not.toMatch(/198\.51|kiran/);
  });
});
