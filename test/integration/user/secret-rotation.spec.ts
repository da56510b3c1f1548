import { randomBytes, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { UserService } from '../../../src/modules/user';
import { UnsubscribeTokens } from '../../../src/modules/notification/unsubscribe/unsubscribe-tokens.service';
import { EmailVerificationTokens } from '../../../src/modules/user/verification/email-verification-tokens.service';
import { PasswordResetTokens } from '../../../src/modules/user/password/password-reset-tokens.service';
import { TestApp } from '../../support/test-app';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

const PASSWORD = 'milk-before-dawn';
const STEP = 30_000;
const newJwtSecret = () => randomBytes(48).toString('base64');

/**
 * The tasks of one dairy while an operator swaps the two secrets, and then removes the old one. For access tokens, see
 * test/e2e/secret-rotation.spec.ts.
 */
describe('when JWT_SECRET is rotated', () => {
  const [OLD, NEW] = [newJwtSecret(), newJwtSecret()];
  /** Before the rotation, with the next secret as the other one that it accepts. */
  let before: TestApp;
  let after: TestApp;
  /** After the old secret was removed. */
  let last: TestApp;

  beforeAll(async () => {
    before = await TestApp.start({ JWT_SECRET: OLD, JWT_SECRET_PREVIOUS: NEW });
    const { tablePrefix: TABLE_PREFIX } = before.config;
    after = await TestApp.start({ TABLE_PREFIX, JWT_SECRET: NEW, JWT_SECRET_PREVIOUS: OLD });
    last = await TestApp.start({ TABLE_PREFIX, JWT_SECRET: NEW });
  });
  afterAll(async () => {
    await last.stop();
    await after.stop();
    await before.stop();
  });
  afterEach(() => jest.restoreAllMocks());

  const person = async (role: 'ADMIN' | 'CUSTOMER' = 'CUSTOMER') => {
    const email = `asha${randomInt(10 ** 9)}@example.com`;
    const { userId } = await before.get<UserService>(UserService).create({ name: 'Asha', email }, role, PASSWORD);
    return { userId, email };
  };
  const login = (task: TestApp, email: string, more: object = {}) =>
    task.http.post('/user/login', { email, password: PASSWORD, ...more });
  const signedIn = async (task: TestApp) => (await login(task, (await person()).email).expect(200)).body as Tokens;
  const refresh = (task: TestApp, { refreshToken }: Tokens) => task.http.post('/user/refresh', { refreshToken });
  const refreshed = async (task: TestApp, tokens: Tokens) => (await refresh(task, tokens).expect(200)).body as Tokens;

  it('sessions go on, also after the old secret is removed', async () => {
    const tokens = await refreshed(after, await refreshed(before, await signedIn(before)));
    await refreshed(last, tokens);
    const unused = await signedIn(before);
    expect((await refreshed(last, unused)).refreshToken).not.toBe(unused.refreshToken);
  });

  it('a refresh that is repeated at a task with the other secret gets the same refresh token', async () => {
    const tokens = await signedIn(before);
    const first = await refreshed(before, tokens);
    expect((await refreshed(after, tokens)).refreshToken).toBe(first.refreshToken);
    await refreshed(after, first);
  });

  it('simultaneous refreshes at tasks with different secrets get the same refresh token', async () => {
    const tokens = await signedIn(before);
    const both = await Promise.all([refreshed(before, tokens), refreshed(after, tokens)]);
    expect(both[0].refreshToken).toBe(both[1].refreshToken);
    await refreshed(before, both[0]);
  });

  it('a used refresh token still ends its session', async () => {
    const tokens = await signedIn(before);
    const second = await refreshed(before, tokens);
    const third = await refreshed(after, second);
    await refresh(after, tokens).expect(401);
    await refresh(after, third).expect(401);
  });

  it('links in mails stay valid until the old secret is removed', async () => {
    const { userId, email } = await person();
    const verification = before.get<EmailVerificationTokens>(EmailVerificationTokens).tokenFor({ userId, email });
    await last.http.post('/user/verify', { token: verification }).expect(400);
    await after.http.post('/user/verify', { token: verification }).expect(204);

    const unsubscribe = before.get<UnsubscribeTokens>(UnsubscribeTokens).tokenFor({ userId, kind: 'invoices' });
    await last.http.post(`/notification/unsubscribe?token=${unsubscribe}`).expect(400);
    await after.http.post(`/notification/unsubscribe?token=${unsubscribe}`).expect(200);

    const resets = before.get<PasswordResetTokens>(PasswordResetTokens);
    const stored = (await before.stored('Users', { userId })) as { credentialsVersion: number };
    const token = resets.tokenOf(resets.newResetId({ userId, ...stored }));
    await last.http.post('/user/password/reset', { token, newPassword: 'milk-after-dawn' }).expect(400);
    await after.http.post('/user/password/reset', { token, newPassword: 'milk-after-dawn' }).expect(204);
  });

  it('second factors stay valid, and those used meanwhile also after the old secret is removed', async () => {
    const { email } = await person('ADMIN');
    // The strategy that verifies access tokens is shared by the tasks of a process. The last one decides.
    const { accessToken } = (await login(last, email).expect(200)).body as Tokens;
    const asAdmin = before.http.as(accessToken);
    const { body } = await asAdmin.post('/user/mfa/setup', { password: PASSWORD }).expect(200);
    const totp = new TOTP({ secret: Secret.fromBase32((body as { secret: string }).secret) });
    const start = before.clock.realNow();
    /** Codes work once, so each test moves real time to get another one. */
    const codeAt = (step: number) => {
      for (const task of [before, after, last]) {
        jest.spyOn(task.clock, 'realNow').mockReturnValue(start + step * STEP);
      }
      return totp.generate({ timestamp: start + step * STEP });
    };
    await asAdmin.post('/user/mfa/confirm', { code: codeAt(0) }).expect(200);

    await login(last, email, { totp: codeAt(2) }).expect(401);
    await login(after, email, { totp: codeAt(4) }).expect(200);
    await login(last, email, { totp: codeAt(6) }).expect(200);
    await login(before, email, { totp: codeAt(8) }).expect(200);
  });
});
