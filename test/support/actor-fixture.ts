import type { Role } from '../../src/kernel/roles';
import { UserService } from '../../src/modules/user';
import { newUserId } from '../../src/modules/user/domain/ids';
import { inHours } from './order-steps';
import { anOrder } from './orders';
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

/** A customer with an assigned order and a subscription, and other users who may not access them. */
export interface ActorFixture {
  readonly tokens: ReadonlyMap<Actor, string>;
  /** The customer's ids and some future dates, by field name. */
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
  // Registered last, so that the order could only be assigned to the first courier.
  await register('other courier');

  const day = (ahead: number) => inHours(app, 24 * ahead).slice(0, 10);
  const subscription = {
    items: [{ productId, qty: 1 }],
    frequency: 'DAILY',
    startDate: day(2),
    deliverySlot: '06:30',
    paymentMethod: 'COD',
  };
  const { body } = await customer.post('/order/subscribe', subscription).expect(201);
  const known = {
    ...{ productId, orderId, deliveryId, paymentId, amount, courierId: ids.get('courier') },
    subscriptionId: (body as { subscriptionId: string }).subscriptionId,
    userId: ids.get('customer'),
    ...{ currentPassword: PASSWORD, newPassword: PASSWORD },
    ...{ deliverySlot: inHours(app, 24), now: app.clock.now(), wait: 1 },
    ...{ date: day(3), startDate: day(3), endDate: day(9), from: day(3), to: day(9) },
  };
  const tokens = new Map(
    Object.entries(ROLE_OF).map(([actor, role]) => [actor as Actor, app.tokenOf(role, ids.get(actor as Actor) ?? '')]),
  );
  return { tokens, known };
}
