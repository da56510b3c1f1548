import type { Instant } from '../kernel/calendar';
import type { OrderId, SubscriptionId, UserId } from '../kernel/ids';
import type { Line } from '../kernel/lines';
import type { MinorUnits } from '../kernel/money';
import type { NamedLine } from '../kernel/pricing';

interface BaseOrderEvent {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly amount: MinorUnits;
}

export interface OrderPlaced extends BaseOrderEvent {
  readonly type: 'order.placed';
  readonly deliverySlot: Instant;
  /** The subscription that the order was generated from. */
  readonly subscriptionId?: SubscriptionId;
  /** Without lines that were added later. Absent in events of earlier versions. */
  readonly items?: readonly Line[];
}

export interface OrderConfirmed extends BaseOrderEvent {
  readonly type: 'order.confirmed';
  /** The subscription that the order was generated from. */
  readonly subscriptionId?: SubscriptionId;
  /** Absent for an order that was placed by hand, and in events of earlier versions. */
  readonly deliverySlot?: Instant;
  /** Absent like `deliverySlot`, and if lines were added in the meantime. */
  readonly items?: readonly NamedLine[];
  /** Lines of the subscription that could not be supplied. Absent if there are none. */
  readonly missing?: readonly NamedLine[];
  /** When generation tries again to supply them. Absent if it will not. */
  readonly retryAt?: Instant;
  /** The customer learns it from `subscription.day_decided`. Absent in events of earlier versions. */
  readonly isAnnounced?: true;
}

/** Lines of a subscription that were out of stock were added to its order. `amount` is what they cost. */
export interface OrderLinesAdded extends BaseOrderEvent {
  readonly type: 'order.lines_added';
  readonly subscriptionId?: SubscriptionId;
  readonly items: readonly NamedLine[];
  /** The customer learns it from `subscription.day_decided`. Absent in events of earlier versions. */
  readonly isAnnounced?: true;
}

export interface OrderPacked extends BaseOrderEvent {
  readonly type: 'order.packed';
}

export interface OrderDispatched extends BaseOrderEvent {
  readonly type: 'order.dispatched';
}

export interface OrderDelivered extends BaseOrderEvent {
  readonly type: 'order.delivered';
}

export type CancellationReason =
  'CANCELLED_BY_CUSTOMER' | 'CANCELLED_BY_DAIRY' | 'PAYMENT_WINDOW_EXPIRED' | 'DELIVERY_FAILED';

export interface OrderCancelled extends BaseOrderEvent {
  readonly type: 'order.cancelled';
  readonly reason: CancellationReason;
  /** Whether the payment is refunded. False if the delivery failed because of the customer. */
  readonly moneyBack: boolean;
}

export type OrderEvent =
  OrderPlaced | OrderConfirmed | OrderLinesAdded | OrderPacked | OrderDispatched | OrderDelivered | OrderCancelled;
