import type supertest from 'supertest';
import { UserService } from '../../../src/modules/user';
import { newUserId } from '../../../src/modules/user/domain/ids';
import type { TestUser } from '../../support/fixtures/order-steps';
import { aCourier, anOrder, type OrderFixture } from '../../support/fixtures/orders';
import type { TestApp } from '../../support/test-app';

export interface ManifestChange {
  readonly type: string;
  readonly orderId: string;
  readonly [field: string]: unknown;
}

export interface Manifest {
  readonly number?: number;
  readonly draft: boolean;
  readonly stops: readonly {
    readonly orders: readonly { readonly orderId: string; readonly status: string; readonly toCollect: number }[];
  }[];
  readonly totals: {
    readonly stops: number;
    readonly orders: number;
    readonly toCollect: number;
    readonly load: readonly object[];
  };
  readonly amendments: readonly { readonly number: number; readonly changes: readonly ManifestChange[] }[];
}

/** The date of `TUESDAY_MORNING`, for which orders are placed by default. */
export const TUESDAY = '2026-12-01';

/** A courier with their manifest, as an admin sees it. */
export class ManifestOfCourier {
  private constructor(
    private readonly app: TestApp,
    readonly courier: TestUser,
  ) {}

  static async of(app: TestApp, name = 'Ravi'): Promise<ManifestOfCourier> {
    return new ManifestOfCourier(app, await aCourier(app, name));
  }

  request(query: object = {}): supertest.Test {
    return this.app.as('ADMIN').get('/delivery/manifest', { courierId: this.courier.userId, ...query });
  }

  async get(date = TUESDAY): Promise<Manifest> {
    return (await this.request({ date }).expect(200)).body as Manifest;
  }

  async pdf(): Promise<Buffer> {
    return (await this.request({ format: 'pdf' }).expect(200)).body as Buffer;
  }

  /** An order that this courier delivers. */
  async order(order: Parameters<typeof anOrder>[1] = {}, assignment: object = {}): Promise<OrderFixture> {
    const placed = await anOrder(this.app, order);
    await this.assign(placed, assignment);
    return placed;
  }

  async assign({ orderId }: OrderFixture, assignment: object = {}): Promise<void> {
    const body = { orderId, courierId: this.courier.userId, ...assignment };
    await this.app.as('ADMIN').post('/delivery/assign', body).expect(201);
    await this.app.settled();
  }

  /** Reports the progress of a delivery. */
  async report({ deliveryId }: OrderFixture, ...statuses: readonly string[]): Promise<void> {
    for (const status of statuses) {
      const reason = status === 'FAILED' ? 'DAMAGED' : undefined;
      await this.courier.patch('/delivery/update', { deliveryId, status, reason }).expect(200);
    }
  }

  async cancel({ orderId }: OrderFixture): Promise<void> {
    await this.app.as('ADMIN').post('/order/cancel', { orderId }).expect(200);
  }
}

export function ordersOn({ stops }: Manifest): string[] {
  return stops.flatMap(({ orders }) => orders.map(({ orderId }) => orderId));
}

/** The changes of the last number. */
export function changesIn({ amendments }: Manifest): readonly ManifestChange[] {
  return amendments[0]?.changes ?? [];
}

/** A stored customer. */
export async function aCustomer(
  app: TestApp,
  name: string,
  details: { phone?: string; address?: string } = {},
): Promise<TestUser> {
  const userId = newUserId();
  const person = { userId, name, email: `${userId.toLowerCase()}@milkround.test`, ...details };
  await app.get<UserService>(UserService).create(person, 'CUSTOMER', 'milk-before-dawn');
  return app.as('CUSTOMER', userId);
}
