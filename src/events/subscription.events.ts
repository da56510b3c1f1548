import type { Instant, LocalDate } from '../kernel/calendar';
import type { OrderId, SubscriptionId, UserId } from '../kernel/ids';

interface BaseSubscriptionEvent {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
}

export interface SubscriptionCreated extends BaseSubscriptionEvent {
  readonly type: 'subscription.created';
  readonly startDate: LocalDate;
  /** The first that comes. */
  readonly nextDeliveryDate: LocalDate;
}

export interface SubscriptionUpdated extends BaseSubscriptionEvent {
  readonly type: 'subscription.updated';
  /** The names of what is different. */
  readonly changed: readonly string[];
  /** The first date for which it is. */
  readonly effectiveFrom: LocalDate;
}

export interface SubscriptionPaused extends BaseSubscriptionEvent {
  readonly type: 'subscription.paused';
  readonly from: LocalDate;
  /** The last date; without it until it is resumed. */
  readonly to?: LocalDate;
}

export interface SubscriptionResumed extends BaseSubscriptionEvent {
  readonly type: 'subscription.resumed';
  /** The first date on which something may come again. */
  readonly from: LocalDate;
}

export interface SubscriptionSkipped extends BaseSubscriptionEvent {
  readonly type: 'subscription.skipped';
  readonly date: LocalDate;
}

export interface SubscriptionCancelled extends BaseSubscriptionEvent {
  readonly type: 'subscription.cancelled';
  /** The first date on which nothing comes any more. */
  readonly from: LocalDate;
}

/** Orders that were made together for a date; what each of them means is told by events of its own that follow. */
export interface SubscriptionOrdersGenerated {
  readonly type: 'subscription.orders_generated';
  readonly date: LocalDate;
  readonly orderIds: readonly OrderId[];
}

export type OccurrenceSkipReason = 'SHORT_BALANCE' | 'OUT_OF_STOCK' | 'PRODUCT_WITHDRAWN' | 'MISSED';

/** Something was to come on a date, and does not. */
export interface SubscriptionOccurrenceSkipped extends BaseSubscriptionEvent {
  readonly type: 'subscription.occurrence_skipped';
  readonly date: LocalDate;
  readonly reason: OccurrenceSkipReason;
  /** When it is tried once more; absent when that is that. */
  readonly retryAt?: Instant;
}

/** All that was to be decided for a date is decided: how many subscriptions had which outcome. */
export interface GenerationCompleted {
  readonly type: 'generation.completed';
  readonly date: LocalDate;
  readonly counts: Readonly<Record<string, number>>;
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
  | GenerationCompleted;
