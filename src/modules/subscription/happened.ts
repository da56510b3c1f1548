import type { LocalDate } from '../../kernel/calendar';
import type { CalendarDay } from './forecast';
import type { Subscription, Terms } from './subscription';

/** What has become of a date of a subscription. */
export interface HappenedDay extends CalendarDay {
  /** What kept it from being decided. */
  readonly fault?: string;
}

/**
 * What is said of a date of which nothing is recorded, from what would have come. On a day gone by nothing has: it was
 * missed; or the terms that held then are forgotten, and nothing was due, else there were a record.
 */
export function unrecorded({ terms }: Subscription, computed: CalendarDay, today: LocalDate): CalendarDay {
  const { date, outcome } = computed;
  const wouldCome = outcome === 'DUE' || outcome === 'PRODUCT_WITHDRAWN';
  if (date >= today || !wouldCome) return computed;
  const isRemembered = date >= (terms[0] as Terms).from;
  return { date, outcome: isRemembered ? 'MISSED' : 'NOT_DUE', items: [], amount: 0 };
}
