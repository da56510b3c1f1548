import type { LocalDate } from '../platform/calendar';
import type { SubscriptionId, UserId } from '../platform/ids';

interface SubscriptionFact {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
}

export interface SubscriptionCreated extends SubscriptionFact {
  readonly type: 'subscription.created';
  readonly startDate: LocalDate;
  /** The first that comes. */
  readonly nextDeliveryDate: LocalDate;
}

export interface SubscriptionUpdated extends SubscriptionFact {
  readonly type: 'subscription.updated';
  /** The names of what is different. */
  readonly changed: readonly string[];
  /** The first date for which it is. */
  readonly effectiveFrom: LocalDate;
}

export interface SubscriptionPaused extends SubscriptionFact {
  readonly type: 'subscription.paused';
  readonly from: LocalDate;
  /** The last date; without it until it is resumed. */
  readonly to?: LocalDate;
}

export interface SubscriptionResumed extends SubscriptionFact {
  readonly type: 'subscription.resumed';
  /** The first date on which something may come again. */
  readonly from: LocalDate;
}

export interface SubscriptionSkipped extends SubscriptionFact {
  readonly type: 'subscription.skipped';
  readonly date: LocalDate;
}

export interface SubscriptionCancelled extends SubscriptionFact {
  readonly type: 'subscription.cancelled';
  /** The first date on which nothing comes any more. */
  readonly from: LocalDate;
}

export type SubscriptionEvent =
  | SubscriptionCreated
  | SubscriptionUpdated
  | SubscriptionPaused
  | SubscriptionResumed
  | SubscriptionSkipped
  | SubscriptionCancelled;
