import { JwtService } from '@nestjs/jwt';
import type { PublishedEvent } from '../../../src/events/event-map';
import type { UserRegistered } from '../../../src/events/user.events';
import { UserService } from '../../../src/modules/user';
import { userIdOfIdentity } from '../../../src/modules/user/domain/ids';
import { Subscribe } from '../../../src/platform/events/subscribe';
import { type Claims, OidcIssuer, unknownKey } from '../../support/fakes/oidc-issuer';
import { TestApp } from '../../support/test-app';

const ASHA = { email: 'asha@example.com', email_verified: true, name: 'Asha' };

/** Records the users that were created. */
class RegistrationRecorder {
  readonly events: PublishedEvent<UserRegistered>[] = [];

  @Subscribe('user.registered', { as: 'test.note' })
  async record(event: PublishedEvent<UserRegistered>): Promise<void> {
    this.events.push(event);
  }
}

describe('tokens of an OIDC issuer', () => {
  const welcome = new RegistrationRecorder();
  let issuer: OidcIssuer;
  let app: TestApp;
  beforeAll(async () => {
    issuer = await OidcIssuer.start();
    const environment = { AUTH_ISSUER: issuer.url, AUTH_AUDIENCE: 'dairy' };
    app = await TestApp.start(environment, { providers: [{ provide: RegistrationRecorder, useValue: welcome }] });
  });
  afterEach(() => {
    issuer.isUnreachable = false;
    jest.restoreAllMocks();
  });
  afterAll(async () => {
    await app.stop();
    await issuer.stop();
  });

  const invented = unknownKey('made up');
  let later = Date.now();
  const laterThanItsKeysAreAskedForAgain = () => {
    later = Math.max(later, Date.now()) + 60_000;
    jest.spyOn(Date, 'now').mockReturnValue(later);
  };
  const profile = (token: string) => app.http.as(token).get('/user/profile');
  const idOf = (sub: string) => userIdOfIdentity(issuer.url, sub);
  const newcomer = (name: string): Claims => ({ email: `${name}@example.com`, email_verified: true });

  it('create a customer once, on first use', async () => {
    const comes = () => profile(issuer.tokenFor('asha', ASHA)).expect(200);
    const [first, second] = await Promise.all([comes(), comes()]);
    expect(first.body).toMatchObject({ userId: idOf('asha'), name: 'Asha', email: ASHA.email, role: 'CUSTOMER' });
    expect(first.body.emailVerified).toBe(true);
    expect(second.body).toEqual(first.body);
    await app.settled();
    expect(welcome.events).toEqual([expect.objectContaining({ userId: idOf('asha') })]);
  });

  it('need no e-mail after the first use, and may name the client instead of an audience, as Cognito does', async () => {
    await profile(issuer.tokenFor('bala', newcomer('bala'))).expect(200);
    const access = { aud: undefined, client_id: 'dairy', token_use: 'access' };
    expect((await profile(issuer.tokenFor('bala', access)).expect(200)).body.name).toBe('bala');
    await profile(issuer.tokenFor('bala', { iss: `${issuer.url}/` })).expect(200);
  });

  it.each([
    ['+91 98123 45678', true, '+919812345678'],
    ['+91 98123 45678', false, null],
    ['+910981234567', true, null],
    [undefined, true, null],
  ])('bring the phone %s (verified: %s)', async (phone, isVerified, expected) => {
    const sub = `phone ${phone} ${isVerified}`;
    const email = `${encodeURIComponent(sub).replaceAll('%', '-')}@example.com`;
    const claims = { email, email_verified: true, phone_number: phone, phone_number_verified: isVerified };
    expect((await profile(issuer.tokenFor(sub, claims)).expect(200)).body.phone).toBe(expected);
  });

  it.each([
    ['Jim\u200Bmy \u202Eon', 'jimmy@example.com', 'Jimmy on'],
    ['call +1-900-555-0199', 'ravi.k12@example.com', 'ravi k'],
    ['pay at evil.example', '9876543210@example.com', 'Customer'],
    [7, 'kim_lee@example.com', 'kim lee'],
  ])('bring the name %s of %s as %s', async (name, email, expected) => {
    const token = issuer.tokenFor(`named ${email}`, { email, email_verified: true, name });
    expect((await profile(token).expect(200)).body.name).toBe(expected);
  });

  it.each([
    ['ADMIN', ['shift-leads', 'ADMIN']],
    ['COURIER', 'COURIER'],
    ['CUSTOMER', ['admin']],
    ['CUSTOMER', undefined],
  ])('set the role %s on first use', async (role, groups) => {
    const sub = `one of ${JSON.stringify(groups)}`;
    const token = issuer.tokenFor(sub, { ...newcomer(`${role}${String(groups).length}`), 'cognito:groups': groups });
    expect((await profile(token).expect(200)).body.role).toBe(role);
    const { status } = await app.http.as(token).get('/admin/orders');
    expect(status).toBe(role === 'ADMIN' ? 200 : 403);
  });

  it.each<[string, Claims, string]>([
    ['without an e-mail', {}, 'Sign in once with an ID token that contains your verified e-mail'],
    ['with an unverified e-mail', { email: 'c@example.com', email_verified: false }, 'verified e-mail'],
    ['with an invalid e-mail', { email: '\u212a@example.com', email_verified: true }, 'verified e-mail'],
    [
      'whose e-mail has an account with a password',
      { email: 'dora@example.com', email_verified: true },
      'POST /user/login',
    ],
  ])('do not create a user %s', async (_, claims, hint) => {
    const dora = { name: 'Dora', email: 'dora@example.com', password: 'a long password' };
    await app.http.post('/user/register', dora);
    const { body } = await profile(issuer.tokenFor('new', claims)).expect(403);
    expect(body).toMatchObject({ code: 'auth.not_admitted', detail: expect.stringContaining(hint) });
    expect(await app.stored('Users', { userId: idOf('new') })).toBeUndefined();
  });

  it('are refused when their id belongs to a registered user', async () => {
    // A registration cannot choose such an id any more, but an earlier version allowed it.
    const registered = { name: 'Ravi', email: 'other@example.com', userId: idOf('ravi') };
    await app.get<UserService>(UserService).create(registered, 'CUSTOMER', 'a long password');
    expect((await profile(issuer.tokenFor('ravi', newcomer('ravi'))).expect(409)).body.code).toBe('user.id_taken');
  });

  it('are refused as soon as the user is blocked', async () => {
    const token = issuer.tokenFor('uma', newcomer('uma'));
    await profile(token).expect(200);
    await app
      .as('ADMIN')
      .patch(`/admin/users/${idOf('uma')}`, { blocked: true })
      .expect(200);
    expect((await profile(token).expect(403)).body.code).toBe('auth.not_admitted');
  });

  describe('are refused', () => {
    const seconds = () => Math.floor(Date.now() / 1_000);
    it.each<[string, () => string]>([
      ['for another audience', () => issuer.tokenFor('asha', { aud: 'brewery' })],
      ['with the client id but another audience', () => issuer.tokenFor('asha', { client_id: 'dairy', aud: 'x' })],
      [
        'that are ID tokens without an audience',
        () => issuer.tokenFor('asha', { aud: undefined, client_id: 'dairy', token_use: 'id' }),
      ],
      ['from another issuer', () => issuer.tokenFor('asha', { iss: 'https://elsewhere.example' })],
      ['that have expired', () => issuer.tokenFor('asha', { exp: seconds() - 1 })],
      ['without an expiry', () => issuer.tokenFor('asha', { exp: undefined })],
      ['without a subject', () => issuer.tokenFor('')],
      ['signed with an unknown key', () => issuer.tokenFor('asha', {}, unknownKey('unknown'))],
      ['signed with another key under a known key id', () => issuer.tokenFor('asha', {}, unknownKey('first'))],
      ['signed with the public key as an HMAC secret', () => withPublicKeyAsSecret()],
      ['without a signature', () => `${issuer.tokenFor('asha').split('.').slice(0, 2).join('.')}.`],
    ])('%s', async (_, token) => {
      expect((await profile(token()).expect(401)).body.code).toBe('auth.unauthenticated');
    });

    function withPublicKeyAsSecret(): string {
      const secret = issuer.keys[0]?.publicKey.export({ type: 'spki', format: 'pem' }) as string;
      const payload = { iss: issuer.url, sub: 'asha', aud: 'dairy', exp: seconds() + 600 };
      return new JwtService().sign(payload, { secret, algorithm: 'HS256', keyid: 'first' });
    }
  });

  it('are verified with cached keys, and with new keys as soon as they are used', async () => {
    await profile(issuer.tokenFor('asha')).expect(200);
    const { keyRequests: requestsBefore } = issuer;
    issuer.isUnreachable = true;
    await profile(issuer.tokenFor('asha')).expect(200);
    expect(issuer.keyRequests).toBe(requestsBefore);
    issuer.rotate('ES256');
    const token = issuer.tokenFor('asha');
    laterThanItsKeysAreAskedForAgain();
    const answer = await profile(token).expect(503);
    expect(answer.body.code).toBe('auth.issuer_unavailable');
    expect(answer.headers).toHaveProperty('retry-after');
    issuer.isUnreachable = false;
    await profile(token).expect(200);
  });

  it('with unknown keys do not delay other tokens, and rarely reach the issuer', async () => {
    laterThanItsKeysAreAskedForAgain();
    const { keyRequests: requestsBefore } = issuer;
    for (let nth = 0; nth < 20; nth++) {
      const key = { ...invented, kid: `made up ${nth}` };
      await profile(issuer.tokenFor('asha', {}, key)).expect(401);
    }
    // No other test here uses the oldest key.
    issuer.isUnreachable = true;
    await profile(issuer.tokenFor('asha', {}, issuer.keys.at(-1))).expect(200);
    await profile(issuer.tokenFor('asha')).expect(200);
    expect(issuer.keyRequests).toBe(requestsBefore + 1);
  });

  it('leave the program’s own tokens valid', async () => {
    const own = { email: 'own@example.com', password: 'a long password' };
    await app.http.post('/user/register', { ...own, name: 'Own' }).expect(201);
    const { body } = await app.http.post('/user/login', own).expect(200);
    await profile(body.accessToken as string).expect(200);
  });
});

it('refuses tokens of an issuer when none is configured', async () => {
  const issuer = await OidcIssuer.start();
  const app = await TestApp.start();
  await app.http.as(issuer.tokenFor('asha', ASHA)).get('/user/profile').expect(401);
  expect(issuer.keyRequests).toBe(0);
  await app.stop();
  await issuer.stop();
});
