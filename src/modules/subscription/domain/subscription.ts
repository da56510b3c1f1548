import type { Instant, LocalDate, LocalTime } from '../../../kernel/calendar';
import type { SubscriptionId, UserId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import type { Frequency } from './frequency';

export const PAYMENT_METHODS = ['WALLET', 'COD'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/**
 * For how many days terms, pauses and exceptions that are over are kept: for so long a date can still be computed, which
 * is how far back missed dates may be made up. What happened before stands in the records of generation.
 */
export const RETENTION_DAYS = 8;

/** What comes, when, where to and how it is paid, from a date on, until the next terms hold. */
export interface Terms {
  /** The first date they hold for. */
  readonly from: LocalDate;
  /** The date from which a pattern counts its days: the start, or when the pattern was changed. */
  readonly anchor: LocalDate;
  readonly frequency: Frequency;
  readonly items: readonly Line[];
  readonly deliverySlot: LocalTime;
  readonly address: string;
  readonly paymentMethod: PaymentMethod;
}

/** Dates on which nothing comes, both ends included; without `to` until it is ended. */
export interface Pause {
  readonly from: LocalDate;
  readonly to?: LocalDate;
}

/** One date on which something else comes than the pattern says; nothing, when it is skipped. */
export interface DateOverride {
  readonly date: LocalDate;
  readonly items: readonly Line[];
}

/** A standing order. Everything in it that depends on a date is in order of date. */
export interface Subscription {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
  readonly startDate: LocalDate;
  /** The last date, included. */
  readonly endDate?: LocalDate;
  /** The first date on which nothing comes any more, once it is cancelled. */
  readonly cancelledFrom?: LocalDate;
  /** Never empty. The last are those the customer has wished last, perhaps for a date to come. */
  readonly terms: readonly Terms[];
  /** They neither overlap nor touch. */
  readonly pauses: readonly Pause[];
  readonly exceptions: readonly DateOverride[];
  /** The last date that is decided: nothing the customer does changes it any more. */
  readonly generatedThrough: LocalDate;
  readonly createdAt: Instant;
  /** Counts what the customer changes; generation leaves it. */
  readonly version: number;
}

/** Where a change of a subscription stands in time. */
export interface ChangeWindow {
  readonly today: LocalDate;
  /** The first date that can still be changed. */
  readonly firstOpenDate: LocalDate;
}
