import type { Instant } from '../kernel/calendar';
import type { DeliveryId, OrderId, UserId } from '../kernel/ids';

interface BaseDeliveryEvent {
  readonly deliveryId: DeliveryId;
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly courierId?: UserId;
}

export interface DeliveryAssigned extends BaseDeliveryEvent {
  readonly type: 'delivery.assigned';
  readonly deliverySlot: Instant;
  /** The courier who had the delivery before, if it has another one now. */
  readonly previousCourierId?: UserId;
}

/** A reason that the courier reports, or `ORDER_CANCELLED`. */
export type DeliveryFailureReason =
  | 'CUSTOMER_UNAVAILABLE'
  | 'ADDRESS_NOT_FOUND'
  | 'REFUSED'
  | 'DAMAGED'
  | 'SPOILED'
  | 'VEHICLE'
  | 'OTHER'
  | 'ORDER_CANCELLED';

export interface DeliveryUpdated extends BaseDeliveryEvent {
  readonly type: 'delivery.updated';
  readonly status: 'PICKED_UP' | 'IN_TRANSIT' | 'DELIVERED' | 'FAILED';
  readonly deliverySlot: Instant;
  readonly reason?: DeliveryFailureReason;
  /** When it happened, by the clock of the courier's phone. Absent if it was reported at once. */
  readonly happenedAt?: Instant;
}

/** An admin chose the courier who usually delivers to a customer. */
export interface UsualCourierChosen {
  readonly type: 'delivery.usual_courier_chosen';
  readonly userId: UserId;
  readonly courierId: UserId;
}

export type DeliveryEvent = DeliveryAssigned | DeliveryUpdated | UsualCourierChosen;
