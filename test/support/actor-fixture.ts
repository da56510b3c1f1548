import type { Role } from '../../src/kernel/roles';
import { UserService } from '../../src/modules/user';
import { newUserId } from '../../src/modules/user/domain/ids';
import { anOrder } from './orders';
import { inHours } from './shop';
import type { TestApp } from './test-app';

export const ACTORS = ['anonymous', 'customer', 'other customer', 'courier', 'other courier', 'admin'] as const;
export type Actor = (typeof ACTORS)[number];

const PASSWORD = 'milk-before-dawn';
const ROLE_OF = {
  customer: 'CUSTOMER',
  'other customer': 'CUSTOMER',
  courier: 'COURIER',
  'other courier': 'COURIER',
  admin: 'ADMIN',
} as const satisfies Record<Exclude<Actor, 'anonymous'>, Role>;

/** A customer with an order that a courier brings and a subscription; others who have nothing to do with them. */
export interface ActorFixture {
  readonly tokens: ReadonlyMap<Actor, string>;
  /** What the customer has, by the names of fields, and moments that are ahead. */
  readonly known: Readonly<Record<string, unknown>>;
}

export async function createActorFixture(app: TestApp): Promise<ActorFixture> {
  const ids = new Map<Actor, string>();
  const register = async (actor: Exclude<Actor, 'anonymous'>): Promise<string> => {
    const userId = newUserId();
    const person = { userId, name: actor, email: `${userId.toLowerCase()}@milkround.test`, address: '12 Dairy Lane' };
    await app.get<UserService>(UserService).create(person, ROLE_OF[actor], PASSWORD);
    ids.set(actor, userId);
    return userId;
  };
  await Promise.all([register('customer'), register('other customer'), register('courier'), register('admin')]);
  const customer = app.as('CUSTOMER', ids.get('customer'));
  const { productId, orderId, deliveryId, paymentId, amount } = await anOrder(app, { customer });
  // Only now, so that the order had one courier to go to.
  await register('other courier');

  const day = (ahead: number) => inHours(app, 24 * ahead).slice(0, 10);
  const wanted = {
    items: [{ productId, qty: 1 }],
    frequency: 'DAILY',
    startDate: day(2),
    deliverySlot: '06:30',
    paymentMethod: 'COD',
  };
  const { body } = await customer.post('/order/subscribe', wanted).expect(201);
  const known = {
    ...{ productId, orderId, deliveryId, paymentId, amount, courierId: ids.get('courier') },
    subscriptionId: (body as { subscriptionId: string }).subscriptionId,
    userId: ids.get('customer'),
    ...{ currentPassword: PASSWORD, newPassword: PASSWORD },
    ...{ deliverySlot: inHours(app, 24), now: app.clock.now() },
    ...{ date: day(3), startDate: day(3), endDate: day(9), from: day(3), to: day(9) },
  };
  const tokens = new Map(
    Object.entries(ROLE_OF).map(([actor, role]) => [actor as Actor, app.tokenOf(role, ids.get(actor as Actor) ?? '')]),
  );
  return { tokens, known };
}
