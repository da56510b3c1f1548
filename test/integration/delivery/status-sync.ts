import { CourierSelector } from '../../../src/modules/delivery/courier-selector.service';
import type { TestApp } from '../../support/test-app';

const ORDER_STATUSES_BY_DELIVERY: Record<string, string[]> = {
  ASSIGNED: ['CONFIRMED', 'PACKED'],
  PICKED_UP: ['DISPATCHED'],
  IN_TRANSIT: ['DISPATCHED'],
  DELIVERED: ['DELIVERED'],
  FAILED: ['CANCELLED'],
};

interface StoredState {
  status: string;
  deliveryId: string;
  courierId?: string;
  deliverySlot: string;
  address: string;
  version: number;
  history: { status: string; reason?: string }[];
}

/** The stored order and delivery; expects that they agree. */
export async function expectInSync(
  app: TestApp,
  orderId: string,
): Promise<{ order: StoredState; delivery?: StoredState }> {
  const order = (await app.stored('Orders', { orderId })) as unknown as StoredState & { delivery?: StoredState };
  const delivery = (await app.stored('Deliveries', {
    deliveryId: orderId.replace(/^O/, 'D'),
  })) as unknown as StoredState;
  const { deliveryId, status, courierId } = delivery ?? {};
  expect(order.delivery).toEqual(delivery && { deliveryId, status, ...(courierId && { courierId }) });
  if (delivery) {
    expect(ORDER_STATUSES_BY_DELIVERY[delivery.status]).toContain(order.status);
    expect(order).toMatchObject({ deliverySlot: delivery.deliverySlot, address: delivery.address });
    expect(delivery.history.at(-1)?.status).toBe(delivery.status);
    expect(delivery.history.length).toBeLessThanOrEqual(delivery.version);
  }
  return { order, delivery };
}

/** Runs an action while a courier is chosen: the order was read, but nothing is written yet. */
export function duringCourierChoice(app: TestApp, action: () => Promise<unknown>): void {
  const couriers = app.get<CourierSelector>(CourierSelector);
  const choose = couriers.select.bind(couriers);
  jest.spyOn(couriers, 'select').mockImplementationOnce(async (customerId, usual) => {
    await action();
    return choose(customerId, usual);
  });
}
