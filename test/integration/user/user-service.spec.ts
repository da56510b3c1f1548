import { UserService } from '../../../src/modules/user';
import { Database } from '../../../src/platform/dynamo/database';
import { TestApp } from '../../support/test-app';
import { registerUser } from './registered-user';

describe('what users are to other modules', () => {
  let app: TestApp;
  let users: UserService;
  beforeAll(async () => {
    app = await TestApp.start();
    users = app.get(UserService);
  });
  afterAll(() => app.stop());

  it('tells how to reach a user, and the address beside other reads', async () => {
    const { userId, email } = await registerUser(app, { phone: '+919812345678', address: '12 Dairy Lane' });
    expect(await users.contactOf(userId)).toEqual({
      userId,
      name: 'Jimmy Joseph',
      email,
      phone: '+919812345678',
      notifications: { email: true, sms: true },
    });
    expect(users.addressReadOf(userId)).toMatchObject({ table: `${app.config.tablePrefix}Users`, key: { userId } });
    const database = app.get<Database>(Database);
    expect(await database.get(users.addressReadOf(userId))).toBe('12 Dairy Lane');
    expect(await database.get(users.addressReadOf('nobody'))).toBeUndefined();
    expect(await users.find('nobody')).toBeUndefined();
    expect(JSON.stringify(await users.find(userId))).not.toContain('argon2');
  });

  it('ensures a user as often as one likes', async () => {
    const person = { name: 'Seed', email: 'seed@example.com' };
    const [first, second] = await Promise.all([
      users.ensure(person, 'COURIER', 'milkround-demo'),
      users.ensure(person, 'COURIER', 'milkround-demo'),
    ]);
    expect(second).toEqual(first);
    expect(await users.ensure({ ...person, name: 'Other' }, 'ADMIN', 'another one')).toEqual(first);
  });
});
