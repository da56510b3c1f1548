import { createAdmin } from '../../../src/cli/create-admin';
import { TestApp } from '../../support/test-app';

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

  it.each([
    ['an invalid e-mail', { email: 'ada' }],
    ['a short password', { password: '123456' }],
    ['no name', { name: ' ' }],
  ])('refuses %s', async (_, wrong) => {
    await expect(createAdmin(app.nest, { ...ada, ...wrong })).rejects.toMatchObject({ code: 'request.invalid' });
  });
});
