import type { LocalDate } from '../../../kernel/calendar';
import type { CalendarDay, Subscription, Terms } from '../../subscription';

/** What has become of a date of a subscription. */
export interface PastDay extends CalendarDay {
  /** What kept it from being decided. */
  readonly fault?: string;
}

/**
 * What is said of a date of which nothing is recorded, from what would have come. On a day gone by nothing has: it was
 * missed; or the terms that held then are forgotten, and nothing was due, else there were a record.
 */
export function inferPastOutcome({ terms }: Subscription, computed: CalendarDay, today: LocalDate): CalendarDay {
  const { date, outcome } = computed;
  const wouldBeDelivered = outcome === 'DUE' || outcome === 'PRODUCT_WITHDRAWN';
  if (date >= today || !wouldBeDelivered) return computed;
  const isRetained = date >= (terms[0] as Terms).from;
  return { date, outcome: isRetained ? 'MISSED' : 'NOT_DUE', items: [], amount: 0 };
}
