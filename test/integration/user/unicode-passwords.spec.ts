import { hash } from '@node-rs/argon2';
import { createAdmin } from '../../../src/cli/create-admin';
import { UserService } from '../../../src/modules/user';
import { PasswordResetTokens } from '../../../src/modules/user/password/password-reset-tokens.service';
import { Database } from '../../../src/platform/dynamo/database';
import { update } from '../../../src/platform/dynamo/write';
import { interleave } from '../../support/faults/interleave';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { aRegistration, registerUser } from './registered-user';

/** The same password as two keyboards send it: ä in one code point, and as an a with a combining diaeresis. */
const COMPOSED = 'M\u00E4dchen';
const DECOMPOSED = 'Ma\u0308dchen';

describe('a password with letters beyond ASCII', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  const login = (email: string, password: string) => app.http.post('/user/login', { email, password });
  /** Stores the hash of a password as earlier versions did, without normalisation. */
  const registeredEarlier = async (password: string) => {
    const { userId, email } = await registerUser(app);
    const passwordHash = await hash(password);
    const write = async (table: string, key: Record<string, string>) =>
      app.get<Database>(Database).write(update(app.config.tablePrefix + table, key, { set: { passwordHash } }));
    await write('Users', { userId });
    await write('UserEmails', { email });
    return { userId, email };
  };

  describe('is the same however it is typed, if it was set', () => {
    it.each<[string, (email: string, password: string) => Promise<unknown>]>([
      [
        'by registering',
        async (email, password) => app.http.post('/user/register', aRegistration({ email, password })).expect(201),
      ],
      [
        'by an admin',
        async (email, password) =>
          app.as('ADMIN').post('/admin/users', { name: 'Ravi', email, role: 'COURIER', password }).expect(201),
      ],
      ['by the command line', async (email, password) => createAdmin(app.nest, { email, name: 'Ada', password })],
      [
        'as a demo account',
        async (email, password) => app.get<UserService>(UserService).ensure({ name: 'Ada', email }, 'ADMIN', password),
      ],
      [
        'by a change',
        async (email, newPassword) => {
          const { client, password: currentPassword } = await registerUser(app, { email });
          await client.post('/user/password/change', { currentPassword, newPassword }).expect(204);
        },
      ],
      [
        'by a reset',
        async (email, newPassword) => {
          const { userId } = await registerUser(app, { email });
          const resets = app.get<PasswordResetTokens>(PasswordResetTokens);
          const token = resets.tokenOf(resets.newResetId({ userId, credentialsVersion: 1 }));
          await app.http.post('/user/password/reset', { token, newPassword }).expect(204);
        },
      ],
    ])('%s', async (path, set) => {
      const emails = [COMPOSED, DECOMPOSED].map((_, n) => `${path.replaceAll(' ', '-')}-${n}@example.com`);
      await set(emails[0] ?? '', COMPOSED);
      await set(emails[1] ?? '', DECOMPOSED);
      for (const email of emails) {
        await login(email, COMPOSED).expect(200);
        await login(email, DECOMPOSED).expect(200);
        await login(email, 'Madchen').expect(401);
      }
    });

    it('and is the current one of a change', async () => {
      const { client, email } = await registerUser(app, { password: COMPOSED });
      const change = { currentPassword: DECOMPOSED, newPassword: 'a new one' };
      await client.post('/user/password/change', change).expect(204);
      await login(email, 'a new one').expect(200);
    });
  });

  it('is as long as it looks', async () => {
    const register = (password: string) => app.http.post('/user/register', aRegistration({ password }));
    await register('a\u0308'.repeat(6)).expect(400);
    await register('a\u0308'.repeat(7)).expect(201);
    await register('a\u0308'.repeat(128)).expect(201);
    await register('a\u0308'.repeat(129)).expect(400);
  });

  describe('that was stored before passwords were normalised', () => {
    it('still signs in as it was typed, and then in every form', async () => {
      const { email, userId } = await registeredEarlier(DECOMPOSED);
      await login(email, COMPOSED).expect(401);
      const { body } = await login(email, DECOMPOSED).expect(200);
      await login(email, COMPOSED).expect(200);
      await app.http.post('/user/refresh', { refreshToken: body.refreshToken }).expect(200);
      const [user, account] = [await app.stored('Users', { userId }), await app.stored('UserEmails', { email })];
      expect(account?.passwordHash).toBe(user?.passwordHash);
    });

    it('still signs in if its normalised form is too long for a new password', async () => {
      const long = '\uFDFA'.repeat(20);
      const { email } = await registeredEarlier(long);
      await login(email, long).expect(200);
      await app.http.post('/user/register', aRegistration({ password: long })).expect(400);
    });

    it('can be changed', async () => {
      const { email, userId } = await registeredEarlier(DECOMPOSED);
      const change = { currentPassword: DECOMPOSED, newPassword: 'a new one' };
      await app.as('CUSTOMER', userId).post('/user/password/change', change).expect(204);
      await login(email, 'a new one').expect(200);
    });

    it('never replaces one that was set during the sign-in', async () => {
      const { email, userId } = await registeredEarlier(DECOMPOSED);
      const change = { currentPassword: DECOMPOSED, newPassword: 'a new one' };
      interleave(
        app,
        ({ Put }) => Put?.Item.secretHash !== undefined,
        async () => app.as('CUSTOMER', userId).post('/user/password/change', change).expect(204),
      );
      await login(email, DECOMPOSED).expect(401);
      await login(email, 'a new one').expect(200);
    });

    it('needs no more round trips to sign in', async () => {
      const { email } = await registeredEarlier(DECOMPOSED);
      expect(await countRoundTrips(app, () => login(email, DECOMPOSED).expect(200))).toBe(2);
    });
  });

  it('is compared with the common passwords in its normalised form', async () => {
    Object.assign(app.config, { production: true });
    const fullWidth = 'password1'.replace(/./g, (letter) =>
      String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0),
    );
    const { body } = await app.http.post('/user/register', aRegistration({ password: fullWidth })).expect(400);
    Object.assign(app.config, { production: false });
    expect(body.errors).toEqual([{ field: 'password', message: expect.stringContaining('most common') }]);
  });
});

describe('an e-mail address', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  it('is the same with the spaces that a phone pastes around it', async () => {
    const { email, password, userId } = await registerUser(app);
    const pasted = `\uFEFF\u00A0${email.toUpperCase()}\u3000 `;
    await app.http.post('/user/login', { email: pasted, password }).expect(200);
    const { body } = await app.as('ADMIN').get('/admin/users', { email: pasted }).expect(200);
    expect(body).toMatchObject([{ userId }]);
  });
});
