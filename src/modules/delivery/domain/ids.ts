import type { DeliveryId, OrderId } from '../../../kernel/ids';

/** Derived from the order, because an order has only one delivery. */
export function deliveryIdOf(orderId: OrderId): DeliveryId {
  return `D${orderId.replace(/^O/, '')}`;
}
