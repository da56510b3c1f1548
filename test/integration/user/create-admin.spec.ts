import { randomInt } from 'node:crypto';
import { createAdmin } from '../../../src/cli/create-admin';
import { TestApp } from '../../support/test-app';
import { mailsTo } from '../notification/customer-inbox';

describe('creating an admin from the command line', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  const ada = { email: ' Ada@Example.com', name: 'Ada Lovelace', password: 'milkround-demo' };

  it('creates an admin who can sign in, once', async () => {
    expect(await createAdmin(app.nest, ada)).toMatch(/^Created the admin U\w{26} \(ada@example\.com\)\.$/);
    const { email, password } = ada;
    expect((await app.http.post('/user/login', { email, password }).expect(200)).body.role).toBe('ADMIN');
    await expect(createAdmin(app.nest, ada)).rejects.toMatchObject({ code: 'user.email_taken' });
  });

  it('mails an invitation to an admin without a password, who cannot sign in before', async () => {
    // The mail emulator keeps the mails of all tests.
    const grace = { email: `grace${randomInt(10 ** 9)}@example.com`, name: 'Grace Hopper' };
    expect(await createAdmin(app.nest, grace)).toMatch(/^Created the admin U\w{26} \(grace.*\)\. An invitation is/);
    await app.settled();
    const [mail, ...others] = await mailsTo(grace.email, /invited/);
    expect(others).toEqual([]);
    const token = /^([\w.-]+\.\w{26}\.[\w-]+)$/m.exec(mail?.body.text ?? '')?.[1];
    const newPassword = 'milkround-demo';
    await app.http.post('/user/login', { email: grace.email, password: newPassword }).expect(401);
    await app.http.post('/user/password/reset', { token, newPassword }).expect(204);
    const { body } = await app.http.post('/user/login', { email: grace.email, password: newPassword }).expect(200);
    expect(body.role).toBe('ADMIN');
  });

  it.each([
    ['an invalid e-mail', { email: 'ada' }],
    ['a short password', { password: '123456' }],
    ['no name', { name: ' ' }],
  ])('refuses %s', async (_, wrong) => {
    await expect(createAdmin(app.nest, { ...ada, ...wrong })).rejects.toMatchObject({ code: 'request.invalid' });
  });
});
