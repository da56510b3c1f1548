import type { Instant, LocalDate } from '../kernel/calendar';
import type { OrderId, SubscriptionId, UserId } from '../kernel/ids';
import type { MinorUnits } from '../kernel/money';
import type { NamedLine } from '../kernel/pricing';

interface BaseSubscriptionEvent {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
}

export interface SubscriptionCreated extends BaseSubscriptionEvent {
  readonly type: 'subscription.created';
  readonly startDate: LocalDate;
  /** The date of the first delivery. */
  readonly nextDeliveryDate: LocalDate;
}

export interface SubscriptionUpdated extends BaseSubscriptionEvent {
  readonly type: 'subscription.updated';
  /** The names of the changed fields. */
  readonly changed: readonly string[];
  /** The first date that the change affects. */
  readonly effectiveFrom: LocalDate;
}

export interface SubscriptionPaused extends BaseSubscriptionEvent {
  readonly type: 'subscription.paused';
  readonly from: LocalDate;
  /** The last paused date. Absent for a pause until the customer resumes. */
  readonly to?: LocalDate;
}

export interface SubscriptionResumed extends BaseSubscriptionEvent {
  readonly type: 'subscription.resumed';
  /** The first date with deliveries again. */
  readonly from: LocalDate;
}

export interface SubscriptionSkipped extends BaseSubscriptionEvent {
  readonly type: 'subscription.skipped';
  readonly date: LocalDate;
}

export interface SubscriptionCancelled extends BaseSubscriptionEvent {
  readonly type: 'subscription.cancelled';
  /** The first date without deliveries. */
  readonly from: LocalDate;
}

/** Orders that one transaction created for a date. A worker then dispatches the events of each order. */
export interface SubscriptionOrdersGenerated {
  readonly type: 'subscription.orders_generated';
  readonly date: LocalDate;
  readonly orderIds: readonly OrderId[];
}

export type OccurrenceSkipReason = 'SHORT_BALANCE' | 'OUT_OF_STOCK' | 'PRODUCT_WITHDRAWN' | 'MISSED';

/** A delivery that was due on a date will not come. */
export interface SubscriptionOccurrenceSkipped extends BaseSubscriptionEvent {
  readonly type: 'subscription.occurrence_skipped';
  readonly date: LocalDate;
  readonly reason: OccurrenceSkipReason;
  /** When generation retries it. Absent if it will not. */
  readonly retryAt?: Instant;
  /** The customer learns it from `subscription.day_decided`. Absent in events of earlier versions. */
  readonly isAnnounced?: true;
}

/** Generation of a date is complete. `counts` is the number of subscriptions by outcome. */
export interface GenerationCompleted {
  readonly type: 'generation.completed';
  readonly date: LocalDate;
  readonly counts: Readonly<Record<string, number>>;
  /** When its last pass began. Absent in events of earlier versions. */
  readonly since?: Instant;
}

/** The retry of a date, in the early morning, is complete. */
export interface GenerationRetried {
  readonly type: 'generation.retried';
  readonly date: LocalDate;
  /** When the retry began. */
  readonly since: Instant;
}

/** An order of a subscription, as its customer is told. */
export interface DecidedOrder {
  readonly orderId: OrderId;
  readonly amount: MinorUnits;
  readonly method: 'WALLET' | 'COD';
  readonly deliverySlot: Instant;
  readonly items: readonly NamedLine[];
  /** Lines that could not be supplied. Empty if there are none. */
  readonly missing: readonly NamedLine[];
  /** When generation tries again to supply them. Absent if it will not. */
  readonly retryAt?: Instant;
}

/** A delivery that will not come, as its customer is told. */
export interface DecidedSkip {
  readonly subscriptionId: SubscriptionId;
  readonly reason: OccurrenceSkipReason;
  /** Empty if the subscription could not be read. */
  readonly items: readonly NamedLine[];
  /** When generation retries it. Absent if it will not. */
  readonly retryAt?: Instant;
}

/** What all subscriptions of a customer bring on a date, after generation and again after a retry that changed it. */
export interface SubscriptionDayDecided {
  readonly type: 'subscription.day_decided';
  readonly userId: UserId;
  readonly date: LocalDate;
  readonly orders: readonly DecidedOrder[];
  readonly skipped: readonly DecidedSkip[];
  /** It changes what an earlier event said. */
  readonly isUpdate: boolean;
}

export type SubscriptionEvent =
  | SubscriptionCreated
  | SubscriptionUpdated
  | SubscriptionPaused
  | SubscriptionResumed
  | SubscriptionSkipped
  | SubscriptionCancelled
  | SubscriptionOrdersGenerated
  | SubscriptionOccurrenceSkipped
  | SubscriptionDayDecided
  | GenerationCompleted
  | GenerationRetried;
