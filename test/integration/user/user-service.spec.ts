import { UserService } from '../../../src/modules/user';
import { Database } from '../../../src/platform/dynamo/database';
import { TestApp } from '../../support/test-app';
import { registerUser } from './registered-user';

describe('the user service', () => {
  let app: TestApp;
  let users: UserService;
  beforeAll(async () => {
    app = await TestApp.start();
    users = app.get(UserService);
  });
  afterAll(() => app.stop());

  it('returns the contact of a user, and the address together with other reads', async () => {
    const { userId, email } = await registerUser(app, { phone: '+919812345678', address: '12 Dairy Lane' });
    expect(await users.contactOf(userId)).toEqual({
      userId,
      name: 'Jimmy Joseph',
      email,
      emailVerified: false,
      invited: false,
      phone: '+919812345678',
      notifications: { email: true, sms: true },
      refusals: {},
    });
    expect(users.addressReadOf(userId)).toMatchObject({ table: `${app.config.tablePrefix}Users`, key: { userId } });
    const database = app.get<Database>(Database);
    expect(await database.get(users.addressReadOf(userId))).toBe('12 Dairy Lane');
    expect(await database.get(users.addressReadOf('unknown'))).toBeUndefined();
    expect(await users.find('unknown')).toBeUndefined();
    expect(JSON.stringify(await users.find(userId))).not.toContain('argon2');
  });

  it('ensures a user idempotently', async () => {
    const person = { name: 'Seed', email: 'seed@example.com' };
    const [first, second] = await Promise.all([
      users.ensure(person, 'COURIER', 'milkround-demo'),
      users.ensure(person, 'COURIER', 'milkround-demo'),
    ]);
    expect(second).toEqual(first);
    expect(first.emailVerified).toBe(true);
    expect(await users.ensure({ ...person, name: 'Other' }, 'ADMIN', 'another one')).toEqual(first);
  });
});
