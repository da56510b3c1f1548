import type { DecidedOrder, DecidedSkip, SubscriptionDayDecided } from '../../../events/subscription.events';
import type { Instant, LocalDate } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import { namedLineOf } from '../../../kernel/pricing';
import type { Order } from '../../order';
import { canBeRecovered } from './decide-retry';
import { isRetryable, type OutcomeRecord } from './outcome-record';
import { skipReasonOf } from './skip-reason';

/** The orders of a customer on a date, and the records of subscriptions that got none. */
export interface CustomerDay {
  readonly userId: UserId;
  readonly date: LocalDate;
  readonly orders: readonly Order[];
  readonly records: readonly OutcomeRecord[];
}

/** Which decisions are announced: those of a pass or of the retry, from its beginning to its end. */
export interface Announcement {
  readonly since: Instant;
  /** What a later pass has decided has an announcement of its own. */
  readonly until: Instant;
  readonly isRetry: boolean;
  /** When a delivery with this slot is retried; undefined if it will not be. */
  readonly retryAtOf: (deliverySlot: Instant) => Instant | undefined;
}

/** The event that announces a date to a customer. Undefined if nothing was decided that they do not know. */
export function announce(
  { userId, date, orders, records }: CustomerDay,
  announcement: Announcement,
): SubscriptionDayDecided | undefined {
  const { until } = announcement;
  const skips = records.filter(
    ({ outcome, decidedAt = '' }) => skipReasonOf(outcome) !== undefined && decidedAt <= until,
  );
  const placed = orders.filter(({ status, createdAt }) => status !== 'CANCELLED' && createdAt <= until);
  const news = [
    ...placed.map((order) => isNewOrder(order, announcement)),
    ...skips.map(({ decidedAt = '' }) => decidedAt >= announcement.since),
  ];
  if (!news.includes(true)) return undefined;
  return {
    type: 'subscription.day_decided',
    ...{ userId, date },
    orders: placed.map((order) => decidedOrderOf(order, announcement)),
    skipped: skips.flatMap((record) => decidedSkipOf(record, announcement) ?? []),
    isUpdate: announcement.isRetry || news.includes(false),
  };
}

function isNewOrder({ createdAt, addedAmount }: Order, { since, isRetry }: Announcement): boolean {
  return createdAt >= since || (isRetry && addedAmount !== undefined);
}

function decidedOrderOf(order: Order, { retryAtOf }: Announcement): DecidedOrder {
  const { orderId, amount, deliverySlot, items, missing = [], payment } = order;
  const retryAt = canBeRecovered(order) ? retryAtOf(deliverySlot) : undefined;
  return {
    ...{ orderId, amount, deliverySlot },
    method: payment?.method === 'COD' ? 'COD' : 'WALLET',
    items: items.map(namedLineOf),
    missing: missing.map(namedLineOf),
    ...(retryAt && { retryAt }),
  };
}

function decidedSkipOf(record: OutcomeRecord, { retryAtOf }: Announcement): DecidedSkip | undefined {
  const { subscriptionId, outcome, items = [], missing = [], deliverySlot } = record;
  const reason = skipReasonOf(outcome);
  if (reason === undefined) return undefined;
  const retryAt = deliverySlot !== undefined && isRetryable(record) ? retryAtOf(deliverySlot) : undefined;
  return { subscriptionId, reason, items: [...items, ...missing].map(namedLineOf), ...(retryAt && { retryAt }) };
}
