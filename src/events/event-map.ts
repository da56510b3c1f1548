import type { Instant } from '../platform/calendar';
import type { EventId } from '../platform/ids';
import type { CartEvent } from './cart.events';
import type { DeliveryEvent } from './delivery.events';
import type { OrderEvent } from './order.events';
import type { PaymentEvent } from './payment.events';
import type { ProductEvent } from './product.events';
import type { SubscriptionEvent } from './subscription.events';
import type { UserEvent } from './user.events';
import type { WalletEvent } from './wallet.events';

/** Every fact that modules tell each other. JSON only; ids and figures, never personal details or secrets. */
export type DomainEvent =
  UserEvent | ProductEvent | CartEvent | OrderEvent | PaymentEvent | WalletEvent | DeliveryEvent | SubscriptionEvent;

export type EventType = DomainEvent['type'];
export type EventOf<T extends EventType> = Extract<DomainEvent, { type: T }>;

/** A fact with its identity, its time and the request that caused it. */
export type Emitted<E extends DomainEvent = DomainEvent> = E & {
  readonly eventId: EventId;
  readonly occurredAt: Instant;
  readonly requestId: string;
  /** The span that caused it, where somebody traces. */
  readonly trace?: string;
};
