import { deliveryIdOf } from '../../src/modules/delivery/domain/ids';
import { OrderAdminService } from '../../src/modules/order/order-admin.service';
import { newProductId } from '../../src/modules/product/domain/ids';
import { UserService } from '../../src/modules/user';
import { newUserId } from '../../src/modules/user/domain/ids';
import { aProduct, placeOrder, placePaidOrder, type TestUser } from './order-steps';
import type { TestApp } from './test-app';

const STATUS_PATH = ['CREATED', 'CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED'] as const;
const REPORTS = { DISPATCHED: ['PICKED_UP'], DELIVERED: ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED'] } as const;

export interface OrderFixture {
  readonly orderId: string;
  readonly deliveryId: string;
  readonly productId: string;
  /** Absent until the order is paid. */
  readonly paymentId?: string;
  readonly amount: number;
  readonly customer: TestUser;
}

/** An order in a given status, for a new product. From CONFIRMED on it is paid and its delivery is assigned. */
export async function anOrder(
  app: TestApp,
  {
    status = 'CONFIRMED',
    customer = app.as('CUSTOMER'),
    paymentMethod = 'CARD',
    paymentToken,
    address,
  }: {
    status?: (typeof STATUS_PATH)[number];
    customer?: TestUser;
    paymentMethod?: string;
    paymentToken?: string;
    address?: string;
  } = {},
): Promise<OrderFixture> {
  const productId = await aProduct(app, { productId: newProductId() });
  if (status === 'CREATED') {
    const { orderId, amount } = await placeOrder(app, customer, productId);
    return { orderId, amount, deliveryId: deliveryIdOf(orderId), productId, customer };
  }
  const { orderId, amount, paymentId } = await placePaidOrder(app, customer, productId, {
    ...{ paymentMethod, paymentToken, address },
  });
  const order = { orderId, deliveryId: deliveryIdOf(orderId), productId, paymentId, amount, customer };
  await app.settled();
  if (STATUS_PATH.indexOf(status) >= STATUS_PATH.indexOf('PACKED'))
    await app.get<OrderAdminService>(OrderAdminService).pack(orderId);
  for (const report of REPORTS[status as keyof typeof REPORTS] ?? []) {
    await app.as('ADMIN').patch('/delivery/update', { deliveryId: order.deliveryId, status: report }).expect(200);
  }
  await app.settled();
  return order;
}

/** A stored courier. */
export async function aCourier(app: TestApp, name = 'Ravi'): Promise<TestUser> {
  const userId = newUserId();
  const person = { userId, name, email: `${userId.toLowerCase()}@milkround.test` };
  await app.get<UserService>(UserService).create(person, 'COURIER', 'milk-before-dawn');
  return app.as('COURIER', userId);
}
