import type { Instant } from '../platform/calendar';
import type { OrderId, SubscriptionId, UserId } from '../platform/ids';
import type { Minor } from '../platform/money';

interface OrderFact {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly amount: Minor;
}

export interface OrderPlaced extends OrderFact {
  readonly type: 'order.placed';
  readonly deliverySlot: Instant;
  /** The subscription that has made it. */
  readonly subscriptionId?: SubscriptionId;
}

export interface OrderConfirmed extends OrderFact {
  readonly type: 'order.confirmed';
  /** The subscription that has made it. */
  readonly subscriptionId?: SubscriptionId;
}

export interface OrderPacked extends OrderFact {
  readonly type: 'order.packed';
}

export interface OrderDispatched extends OrderFact {
  readonly type: 'order.dispatched';
}

export interface OrderDelivered extends OrderFact {
  readonly type: 'order.delivered';
}

export interface OrderCancelled extends OrderFact {
  readonly type: 'order.cancelled';
  readonly reason: string;
  /** Whether what was paid goes back: not when the delivery failed by the customer's own doing. */
  readonly moneyBack: boolean;
}

export type OrderEvent = OrderPlaced | OrderConfirmed | OrderPacked | OrderDispatched | OrderDelivered | OrderCancelled;
