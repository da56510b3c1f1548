import { TestApp } from '../../support/test-app';
import { aRegistration, registerUser } from './registered-user';

describe('registering', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start()));
  afterAll(() => app.stop());

  it('creates an account with the client’s id', async () => {
    const person = aRegistration({ userId: 'U101', phone: '+919812345678', address: '12 Dairy Lane\nKochi' });
    const { body } = await app.http.post('/user/register', person).expect(201);
    expect(body).toEqual({ message: 'User registered successfully', userId: 'U101' });
    const { body: profile, headers } = await app.as('CUSTOMER', 'U101').get('/user/profile').expect(200);
    expect(profile).toEqual({
      userId: 'U101',
      name: person.name,
      email: person.email,
      emailVerified: false,
      phone: '+919812345678',
      address: '12 Dairy Lane\nKochi',
      language: null,
      role: 'CUSTOMER',
      mfa: false,
      notifications: { email: true, sms: true, kinds: expect.any(Object) },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      version: 1,
    });
    expect(headers.etag).toBe('"1"');
  });

  it('stores the password as an argon2id hash of the recommended cost', async () => {
    const { userId, email } = await registerUser(app);
    const user = await app.stored('Users', { userId });
    expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await app.stored('UserEmails', { email })).toEqual({
      email,
      userId,
      role: 'CUSTOMER',
      blocked: false,
      passwordHash: user?.passwordHash,
      credentialsVersion: 1,
    });
  });

  it('allows one account per e-mail, ignoring case and spaces', async () => {
    const { email } = await registerUser(app);
    const { body } = await app.http
      .post('/user/register', aRegistration({ email: `  ${email.toUpperCase()} ` }))
      .expect(409);
    expect(body).toMatchObject({ code: 'user.email_taken', status: 409 });
  });

  it('creates one account when twenty register the same e-mail at once', async () => {
    const person = aRegistration();
    const responses = await Promise.all(Array.from({ length: 20 }, () => app.http.post('/user/register', person)));
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(responses.filter(({ body }) => body.code === 'user.email_taken')).toHaveLength(19);
  });

  it('refuses an id that is taken, and leaves the e-mail free', async () => {
    const { userId } = await registerUser(app);
    const second = aRegistration({ userId });
    expect((await app.http.post('/user/register', second).expect(409)).body.code).toBe('user.id_taken');
    await app.http.post('/user/register', { ...second, userId: undefined }).expect(201);
  });

  it.each([
    ['a short password', { password: '123456' }, 'password'],
    ['a password of 129 characters', { password: 'x'.repeat(129) }, 'password'],
    ['a password that is a number', { password: 12345678 }, 'password'],
    ['an e-mail with a Kelvin sign for a k', { email: 'mil\u212A@example.com' }, 'email'],
    ['an e-mail with a dotless i', { email: 'j\u0131mmy@example.com' }, 'email'],
    ['an e-mail with two dots in a row', { email: 'a..b@c.co' }, 'email'],
    ['an e-mail that starts with a dot', { email: '.a@b.co' }, 'email'],
    ['an e-mail with a dot before the @', { email: 'a.@b.co' }, 'email'],
    ['an e-mail with a label of 64 characters', { email: `a@${'b'.repeat(64)}.co` }, 'email'],
    ['an e-mail with a local part of 65 characters', { email: `${'a'.repeat(65)}@b.co` }, 'email'],
    [
      'an e-mail of 255 characters',
      { email: `a@${'b'.repeat(62)}.${'c'.repeat(62)}.${'d'.repeat(62)}.${'e'.repeat(62)}.f` },
      'email',
    ],
    ['an e-mail at an IP address', { email: 'a@127.0.0.1' }, 'email'],
    ['an e-mail at a host of one label', { email: 'a@localhost' }, 'email'],
    ['two e-mails', { email: ['a@example.com', 'b@example.com'] }, 'email'],
    ['an e-mail with a line break', { email: 'a@example.com\nBcc: b@example.com' }, 'email'],
    ['a phone number that cannot exist', { phone: '+910981234567' }, 'phone'],
    ['a phone number of 41 characters', { phone: '+'.padEnd(41, '9') }, 'phone'],
    ['a phone number that is a number', { phone: 9812345678 }, 'phone'],
    ['an address of 301 characters', { address: 'x'.repeat(301) }, 'address'],
    ['a name of spaces', { name: '  ' }, 'name'],
    ['a name of zero-width spaces', { name: '\u200B\u200B' }, 'name'],
    ['a name of a Hangul filler', { name: '\u3164' }, 'name'],
    ['a name of a variation selector', { name: '\uFE0F' }, 'name'],
    ['a name with tag characters', { name: 'Jimmy\u{E0041}' }, 'name'],
    ['a name with a line separator', { name: 'Jim\u2028my' }, 'name'],
    ['a name with a URL', { name: 'pay at https://evil.example/pay' }, 'name'],
    ['a name with a host', { name: 'pay at evil.example' }, 'name'],
    ['a name with a phone number', { name: 'call +1-900-555-0199' }, 'name'],
    ['an invisible address', { address: '\u200C\u200D' }, 'address'],
    ['an address with a zero-width space', { address: '12\u200B Dairy Lane' }, 'address'],
    ['a role', { role: 'ADMIN' }, 'role'],
    ['an id with a slash', { userId: 'U/1' }, 'userId'],
    ['a reserved id', { userId: 'Admin' }, 'userId'],
    ['an id of a user of another issuer', { userId: `U${'0A'.repeat(16)}` }, 'userId'],
  ])('refuses %s', async (_, wrong, field) => {
    const { body } = await app.http.post('/user/register', aRegistration(wrong)).expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
  });

  it('accepts the e-mails and names that people have', async () => {
    const local = `${'a'.repeat(60)}+b.c`;
    const { userId } = await registerUser(app, { email: `${local}@${'b'.repeat(63)}.co`, name: 'K.Ramesh' });
    expect(await app.stored('Users', { userId })).toMatchObject({ name: 'K.Ramesh' });
    await registerUser(app, { name: 'ശ്രീ\u200D', address: 'Flat 4\u200E, Kochi\r\nKerala' });
  });

  it.each([
    ['an array', '[]', 400],
    ['null', 'null', 400],
    ['a string', '"jimmy"', 400],
    ['broken JSON', '{"name":', 400],
    ['a megabyte', JSON.stringify({ name: 'x'.repeat(1_000_000) }), 413],
  ])('refuses %s as a body', async (_, text, status) => {
    const { body } = await app.http
      .post('/user/register', text)
      .set('Content-Type', 'application/json')
      .expect(status)
      .expect('Content-Type', /application\/problem\+json/);
    expect(body.code).toBe(status === 413 ? 'request.too_large' : 'request.invalid');
  });
});
