import type { PublishedEvent } from '../../../events/event-map';
import {
  addDays,
  datesBetween,
  daysBetween,
  type Instant,
  type LocalDate,
  parseInstant,
} from '../../../kernel/calendar';
import { type EventId, ID_PATTERN, type OrderId, type UserId } from '../../../kernel/ids';
import { InvalidRequest } from '../../../platform/errors';
import { MalformedAnalyticsEvent } from './analytics.errors';

/** An event in the analytics queue and in the event log. Amounts in minor units. */
export interface AnalyticsEvent {
  /** The event's name in capitals: `order.placed` is ORDER_PLACED. */
  readonly eventType: string;
  readonly userId?: UserId;
  readonly orderId?: OrderId;
  readonly timestamp: Instant;
  readonly eventId: EventId;
  readonly [figure: string]: unknown;
}

/** The figures of a day; money in minor units. */
export const FIGURES = ['orders', 'revenue', 'cancelled', 'refunded', 'delivered', 'failed'] as const;
export type Figures = Readonly<Record<(typeof FIGURES)[number], number>>;

export type DailyFigures = Figures & { readonly date: LocalDate };

const MAX_REPORT_DAYS = 366;
const DEFAULT_REPORT_DAYS = 7;

/** Whether an event is a fact of its own. The announcement of a day repeats the events of its orders. */
export function isAnalyzed({ type }: PublishedEvent): boolean {
  return type !== 'subscription.day_decided';
}

/** Leaves out who made the change, which only the audit log keeps. */
export function analyticsEventOf(event: PublishedEvent): AnalyticsEvent {
  const { type, occurredAt, eventId, requestId, by: _by, ...facts } = event;
  const eventType = type.toUpperCase().replaceAll('.', '_');
  return { eventType, ...facts, timestamp: occurredAt, eventId, requestId };
}

/** Validates a message from the queue. Accepts event types of newer versions. */
export function parseAnalyticsEvent(message: unknown): AnalyticsEvent {
  const { eventType, eventId, timestamp } = (message ?? {}) as Record<string, unknown>;
  if (typeof eventType !== 'string' || !/^[A-Z][A-Z_]*$/.test(eventType))
    throw new MalformedAnalyticsEvent('eventType');
  if (typeof eventId !== 'string' || !ID_PATTERN.test(eventId)) throw new MalformedAnalyticsEvent('eventId');
  if (parseInstant(timestamp) === undefined) throw new MalformedAnalyticsEvent('timestamp');
  return message as AnalyticsEvent;
}

/** What an event adds to the figures of its day; undefined if it changes none. */
export function figuresOf(event: AnalyticsEvent): Partial<Figures> | undefined {
  switch (event.eventType) {
    case 'ORDER_PLACED':
      return { orders: 1 };
    case 'ORDER_CANCELLED':
      return { cancelled: 1 };
    case 'PAYMENT_SUCCEEDED':
      return { revenue: amountOf(event) };
    case 'PAYMENT_REFUNDED':
      return { revenue: -amountOf(event), refunded: amountOf(event) };
    case 'DELIVERY_UPDATED':
      return deliveryFigures(event);
    default:
      return undefined;
  }
}

/** A delivery that ends because its order was cancelled has not failed: the order counts as cancelled. */
function deliveryFigures({ status, reason }: AnalyticsEvent): Partial<Figures> | undefined {
  if (status === 'DELIVERED') return { delivered: 1 };
  return status === 'FAILED' && reason !== 'ORDER_CANCELLED' ? { failed: 1 } : undefined;
}

function amountOf({ amount }: AnalyticsEvent): number {
  if (!Number.isSafeInteger(amount)) throw new MalformedAnalyticsEvent('amount');
  return amount as number;
}

/** The dates of a report. Default: the last seven days. */
export function reportDates(today: LocalDate, range: { from?: LocalDate; to?: LocalDate }): LocalDate[] {
  const to = range.to ?? today;
  const from = range.from ?? addDays(to, 1 - DEFAULT_REPORT_DAYS);
  if (from > to) throw new InvalidRequest([{ field: 'from', message: `from must not be after to (${to})` }]);
  if (daysBetween(from, to) >= MAX_REPORT_DAYS) {
    throw new InvalidRequest([{ field: 'to', message: `a report covers at most ${MAX_REPORT_DAYS} days` }]);
  }
  return datesBetween(from, to);
}

/** One row per date, even if all figures are zero, summed over the shards. */
export function reportOf(
  dates: readonly LocalDate[],
  sums: readonly (Partial<Figures> & { date: LocalDate })[],
): DailyFigures[] {
  const byDate = Map.groupBy(sums, ({ date }) => date);
  return dates.map((date) => {
    const ofDate = byDate.get(date) ?? [];
    const total = (figure: keyof Figures) => ofDate.reduce((sum, part) => sum + (part[figure] ?? 0), 0);
    return { date, ...(Object.fromEntries(FIGURES.map((figure) => [figure, total(figure)])) as Figures) };
  });
}
