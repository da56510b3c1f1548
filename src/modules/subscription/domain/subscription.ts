import type { Instant, LocalDate, LocalTime } from '../../../kernel/calendar';
import type { SubscriptionId, UserId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import type { Frequency } from './frequency';

export const PAYMENT_METHODS = ['WALLET', 'COD'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/**
 * Terms, pauses and overrides are kept for at least this many days after they end. A date of that age can still be
 * computed, and its run can be caught up on. For older dates there are orders and the outcome records of generation.
 */
export const RETENTION_DAYS = 8;

/** The terms of a subscription from a date on, until the next terms apply. */
export interface Terms {
  /** The first date to which the terms apply. */
  readonly from: LocalDate;
  /** The date from which the pattern counts its days: the start, or the date of the last change of the pattern. */
  readonly anchor: LocalDate;
  readonly frequency: Frequency;
  readonly items: readonly Line[];
  readonly deliverySlot: LocalTime;
  readonly address: string;
  /** The address was taken from the customer's profile, and follows it. */
  readonly followsProfile?: true;
  readonly paymentMethod: PaymentMethod;
}

/** A range of dates without deliveries, both ends included. Without `to`, it lasts until the customer resumes. */
export interface Pause {
  readonly from: LocalDate;
  readonly to?: LocalDate;
}

/** A date whose items replace those of the pattern. Without items, the date is skipped. */
export interface DateOverride {
  readonly date: LocalDate;
  readonly items: readonly Line[];
}

/** A standing order. Its lists are sorted by date. */
export interface Subscription {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
  readonly startDate: LocalDate;
  /** The last date, included. */
  readonly endDate?: LocalDate;
  /** The first date without deliveries after a cancellation. */
  readonly cancelledFrom?: LocalDate;
  /** Never empty. The last entry is what the customer chose most recently. It may apply only from a future date. */
  readonly terms: readonly Terms[];
  /** Pauses neither overlap nor touch. */
  readonly pauses: readonly Pause[];
  readonly exceptions: readonly DateOverride[];
  /** Periods in which the customer was blocked. Without `to`, the customer still is. */
  readonly blocks?: readonly Pause[];
  /** The last date that generation has decided. The customer can no longer change it. */
  readonly generatedThrough: LocalDate;
  readonly createdAt: Instant;
  /** Counts the customer's changes. Generation does not change it. */
  readonly version: number;
}

/** The dates that limit a change of a subscription. */
export interface ChangeWindow {
  readonly today: LocalDate;
  /** The first date that can still be changed. */
  readonly firstOpenDate: LocalDate;
}
