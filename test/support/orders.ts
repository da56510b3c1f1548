import { deliveryIdOf, newProductId, newUserId } from '../../src/kernel/ids';
import { OrderPacking } from '../../src/modules/order';
import { UserService } from '../../src/modules/user';
import type { TestApp } from './app';
import { aProduct, paid, type Person, placed } from './shop';

const WAY = ['CREATED', 'CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED'] as const;
const REPORTS = { DISPATCHED: ['PICKED_UP'], DELIVERED: ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED'] } as const;

export interface AnOrder {
  readonly orderId: string;
  readonly deliveryId: string;
  readonly productId: string;
  /** Once it is paid. */
  readonly paymentId?: string;
  readonly amount: number;
  readonly customer: Person;
}

/** An order that has come so far, of a product of its own; from CONFIRMED on it is paid and its delivery assigned. */
export async function anOrder(
  app: TestApp,
  {
    status = 'CONFIRMED',
    customer = app.as('CUSTOMER'),
    paymentMethod = 'CARD',
  }: { status?: (typeof WAY)[number]; customer?: Person; paymentMethod?: string } = {},
): Promise<AnOrder> {
  const productId = await aProduct(app, { productId: newProductId() });
  if (status === 'CREATED') {
    const { orderId, amount } = await placed(app, customer, productId);
    return { orderId, amount, deliveryId: deliveryIdOf(orderId), productId, customer };
  }
  const { orderId, amount, paymentId } = await paid(app, customer, productId, { paymentMethod });
  const order = { orderId, deliveryId: deliveryIdOf(orderId), productId, paymentId, amount, customer };
  await app.settled();
  if (WAY.indexOf(status) >= WAY.indexOf('PACKED')) await app.get<OrderPacking>(OrderPacking).pack(orderId);
  for (const report of REPORTS[status as keyof typeof REPORTS] ?? []) {
    await app.as('ADMIN').patch('/delivery/update', { deliveryId: order.deliveryId, status: report }).expect(200);
  }
  await app.settled();
  return order;
}

/** A courier at work. */
export async function aCourier(app: TestApp, name = 'Ravi'): Promise<Person> {
  const userId = newUserId();
  const person = { userId, name, email: `${userId.toLowerCase()}@milkround.test` };
  await app.get<UserService>(UserService).create(person, 'COURIER', 'milk-before-dawn');
  return app.as('COURIER', userId);
}
