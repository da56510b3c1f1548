import { JwtService } from '@nestjs/jwt';
import type { PublishedEvent } from '../../../src/events/event-map';
import type { UserRegistered } from '../../../src/events/user.events';
import { userIdOfIdentity } from '../../../src/modules/user/domain/ids';
import { Subscribe } from '../../../src/platform/events/subscribe';
import { type Claims, OidcIssuer, unknownKey } from '../../support/oidc-issuer';
import { TestApp } from '../../support/test-app';

const ASHA = { email: 'asha@example.com', email_verified: true, name: 'Asha' };

/** Notes who has become a user. */
class RegistrationRecorder {
  readonly events: PublishedEvent<UserRegistered>[] = [];

  @Subscribe('user.registered', { as: 'test.note' })
  async record(event: PublishedEvent<UserRegistered>): Promise<void> {
    this.events.push(event);
  }
}

describe('tokens of another issuer', () => {
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
    later += 60_000;
    jest.spyOn(Date, 'now').mockReturnValue(later);
  };
  const profile = (token: string) => app.http.as(token).get('/user/profile');
  const idOf = (sub: string) => userIdOfIdentity(issuer.url, sub);
  const newcomer = (name: string): Claims => ({ email: `${name}@example.com`, email_verified: true });

  it('make a customer of who comes for the first time, once', async () => {
    const comes = () => profile(issuer.tokenFor('asha', ASHA)).expect(200);
    const [first, second] = await Promise.all([comes(), comes()]);
    expect(first.body).toMatchObject({ userId: idOf('asha'), name: 'Asha', email: ASHA.email, role: 'CUSTOMER' });
    expect(second.body).toEqual(first.body);
    await app.settled();
    expect(welcome.events).toEqual([expect.objectContaining({ userId: idOf('asha') })]);
  });

  it('need no e-mail from then on, nor an audience where they name the client, as Cognito does', async () => {
    await profile(issuer.tokenFor('bala', newcomer('bala'))).expect(200);
    const access = { aud: undefined, client_id: 'dairy', token_use: 'access' };
    expect((await profile(issuer.tokenFor('bala', access)).expect(200)).body.name).toBe('bala');
    await profile(issuer.tokenFor('bala', { iss: `${issuer.url}/` })).expect(200);
  });

  it.each([
    ['ADMIN', ['shift-leads', 'ADMIN']],
    ['COURIER', 'COURIER'],
    ['CUSTOMER', ['admin']],
    ['CUSTOMER', undefined],
  ])('say the first time that somebody is %s', async (role, groups) => {
    const sub = `one of ${JSON.stringify(groups)}`;
    const token = issuer.tokenFor(sub, { ...newcomer(`${role}${String(groups).length}`), 'cognito:groups': groups });
    expect((await profile(token).expect(200)).body.role).toBe(role);
    const { status } = await app.http.as(token).get('/admin/orders');
    expect(status).toBe(role === 'ADMIN' ? 200 : 403);
  });

  it.each<[string, Claims, string]>([
    ['without an e-mail', {}, 'Come once with a token that holds your verified e-mail'],
    ['with one that nobody has verified', { email: 'c@example.com', email_verified: false }, 'verified e-mail'],
    ['with one that is none', { email: '\u212a@example.com', email_verified: true }, 'verified e-mail'],
    ['with one that has a password here', { email: 'dora@example.com', email_verified: true }, 'POST /user/login'],
  ])('admit nobody who is new %s', async (_, claims, wayOut) => {
    const dora = { name: 'Dora', email: 'dora@example.com', password: 'a long password' };
    await app.http.post('/user/register', dora);
    const { body } = await profile(issuer.tokenFor('new', claims)).expect(403);
    expect(body).toMatchObject({ code: 'auth.not_admitted', detail: expect.stringContaining(wayOut) });
    expect(await app.stored('Users', { userId: idOf('new') })).toBeUndefined();
  });

  it('admit nobody under an id that somebody else has chosen before', async () => {
    const squatter = { name: 'Squatter', email: 'squatter@example.com', password: 'a long password' };
    await app.http.post('/user/register', { ...squatter, userId: idOf('ravi') }).expect(201);
    expect((await profile(issuer.tokenFor('ravi', newcomer('ravi'))).expect(409)).body.code).toBe('user.id_taken');
  });

  it('open nothing to who is blocked, at once', async () => {
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
      ['when they are for somebody else', () => issuer.tokenFor('asha', { aud: 'brewery' })],
      [
        'when they name the client and are for somebody else',
        () => issuer.tokenFor('asha', { client_id: 'dairy', aud: 'x' }),
      ],
      [
        'when they are an ID token that names no audience',
        () => issuer.tokenFor('asha', { aud: undefined, client_id: 'dairy', token_use: 'id' }),
      ],
      ['when another issuer has made them', () => issuer.tokenFor('asha', { iss: 'https://elsewhere.example' })],
      ['when they are over', () => issuer.tokenFor('asha', { exp: seconds() - 1 })],
      ['when they never end', () => issuer.tokenFor('asha', { exp: undefined })],
      ['when they name nobody', () => issuer.tokenFor('')],
      ['when their key is not the issuer’s', () => issuer.tokenFor('asha', {}, unknownKey('unheard of'))],
      ['when another key has its name', () => issuer.tokenFor('asha', {}, unknownKey('first'))],
      ['when the public key was taken for a secret', () => withPublicKeyAsSecret()],
      ['when nobody has signed them', () => `${issuer.tokenFor('asha').split('.').slice(0, 2).join('.')}.`],
    ])('%s', async (_, token) => {
      expect((await profile(token()).expect(401)).body.code).toBe('auth.unauthenticated');
    });

    function withPublicKeyAsSecret(): string {
      const secret = issuer.keys[0]?.publicKey.export({ type: 'spki', format: 'pem' }) as string;
      const payload = { iss: issuer.url, sub: 'asha', aud: 'dairy', exp: seconds() + 600 };
      return new JwtService().sign(payload, { secret, algorithm: 'HS256', keyid: 'first' });
    }
  });

  it('are looked at by keys that are kept, and by new ones as soon as they are used', async () => {
    await profile(issuer.tokenFor('asha')).expect(200);
    const { keyRequests: asked } = issuer;
    issuer.isUnreachable = true;
    await profile(issuer.tokenFor('asha')).expect(200);
    expect(issuer.keyRequests).toBe(asked);
    issuer.rotate('ES256');
    const token = issuer.tokenFor('asha');
    laterThanItsKeysAreAskedForAgain();
    const answer = await profile(token).expect(503);
    expect(answer.body.code).toBe('auth.issuer_unavailable');
    expect(answer.headers).toHaveProperty('retry-after');
    issuer.isUnreachable = false;
    await profile(token).expect(200);
  });

  it('with made-up keys hold up nobody else, and hardly the issuer', async () => {
    laterThanItsKeysAreAskedForAgain();
    const { keyRequests: asked } = issuer;
    for (let nth = 0; nth < 20; nth++) {
      const key = { ...invented, kid: `made up ${nth}` };
      await profile(issuer.tokenFor('asha', {}, key)).expect(401);
    }
    // The oldest of its keys is asked for by nobody else here.
    issuer.isUnreachable = true;
    await profile(issuer.tokenFor('asha', {}, issuer.keys.at(-1))).expect(200);
    await profile(issuer.tokenFor('asha')).expect(200);
    expect(issuer.keyRequests).toBe(asked + 1);
  });

  it('do not end our own', async () => {
    const own = { email: 'own@example.com', password: 'a long password' };
    await app.http.post('/user/register', { ...own, name: 'Own' }).expect(201);
    const { body } = await app.http.post('/user/login', own).expect(200);
    await profile(body.accessToken as string).expect(200);
  });
});

it('no other issuer is believed where none is named', async () => {
  const issuer = await OidcIssuer.start();
  const app = await TestApp.start();
  await app.http.as(issuer.tokenFor('asha', ASHA)).get('/user/profile').expect(401);
  expect(issuer.keyRequests).toBe(0);
  await app.stop();
  await issuer.stop();
});
