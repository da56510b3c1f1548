import type { Instant } from '../platform/calendar';
import type { DeliveryId, OrderId, UserId } from '../platform/ids';

interface DeliveryFact {
  readonly deliveryId: DeliveryId;
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly courierId?: UserId;
}

export interface DeliveryAssigned extends DeliveryFact {
  readonly type: 'delivery.assigned';
  readonly deliverySlot: Instant;
}

export interface DeliveryUpdated extends DeliveryFact {
  readonly type: 'delivery.updated';
  readonly status: 'PICKED_UP' | 'IN_TRANSIT' | 'DELIVERED' | 'FAILED';
  readonly deliverySlot: Instant;
  readonly reason?: string;
}

export type DeliveryEvent = DeliveryAssigned | DeliveryUpdated;
