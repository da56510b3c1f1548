import type { DeliveryId, OrderId } from '../../../kernel/ids';

/** An order has one delivery, so assigning it twice finds the first. */
export function deliveryIdOf(orderId: OrderId): DeliveryId {
  return `D${orderId.replace(/^O/, '')}`;
}
