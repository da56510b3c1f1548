import type { EventMetadata } from '../kernel/event';
import type { CartEvent } from './cart.events';
import type { DairyEvent } from './dairy.events';
import type { DeliveryEvent } from './delivery.events';
import type { InvoiceEvent } from './invoice.events';
import type { OperationsEvent } from './operations.events';
import type { OrderEvent } from './order.events';
import type { PaymentEvent } from './payment.events';
import type { ProductEvent } from './product.events';
import type { SubscriptionEvent } from './subscription.events';
import type { UserEvent } from './user.events';
import type { WalletEvent } from './wallet.events';

/** All events between modules. They survive JSON and contain ids and figures, never personal data or secrets. */
export type DomainEvent =
  | UserEvent
  | ProductEvent
  | CartEvent
  | OrderEvent
  | PaymentEvent
  | WalletEvent
  | DeliveryEvent
  | SubscriptionEvent
  | DairyEvent
  | InvoiceEvent
  | OperationsEvent;

export type EventType = DomainEvent['type'];
export type EventOf<T extends EventType> = Extract<DomainEvent, { type: T }>;

/** All event types, to detect events of a newer version at runtime. A missing type does not compile. */
export const EVENT_TYPES: ReadonlySet<string> = new Set(
  Object.keys({
    'user.registered': true,
    'user.logged_in': true,
    'user.invited': true,
    'user.password_reset_requested': true,
    'user.password_changed': true,
    'user.updated': true,
    'user.role_changed': true,
    'user.blocked': true,
    'user.unblocked': true,
    'user.email_verified': true,
    'user.email_verification_requested': true,
    'user.courier_activated': true,
    'user.courier_deactivated': true,
    'user.second_factor_activated': true,
    'user.second_factor_removed': true,
    'user.sessions_ended': true,
    'user.admin_token_issued': true,
    'product.added': true,
    'product.updated': true,
    'cart.item_added': true,
    'order.placed': true,
    'order.confirmed': true,
    'order.lines_added': true,
    'order.packed': true,
    'order.dispatched': true,
    'order.delivered': true,
    'order.cancelled': true,
    'payment.succeeded': true,
    'payment.failed': true,
    'payment.refunded': true,
    'payment.refund_failed': true,
    'wallet.topped_up': true,
    'wallet.balance_low': true,
    'wallet.adjusted': true,
    'wallet.settings_changed': true,
    'delivery.assigned': true,
    'delivery.updated': true,
    'delivery.usual_courier_chosen': true,
    'subscription.created': true,
    'subscription.updated': true,
    'subscription.paused': true,
    'subscription.resumed': true,
    'subscription.skipped': true,
    'subscription.cancelled': true,
    'subscription.orders_generated': true,
    'subscription.occurrence_skipped': true,
    'subscription.day_decided': true,
    'generation.completed': true,
    'generation.retried': true,
    'invoice.requested': true,
    'invoice.issued': true,
    'invoice.ready': true,
    'credit_note.issued': true,
    'credit_note.ready': true,
    'dairy.updated': true,
    'generation.requested': true,
    'clock.moved': true,
    'report.exported': true,
    'outbox.retried': true,
    'notification.retried': true,
    'dead_letters.redriven': true,
    'dead_letters.dropped': true,
  } satisfies Record<EventType, true>),
);

/** An event as subscribers receive it. */
export type PublishedEvent<E extends DomainEvent = DomainEvent> = E & EventMetadata;
