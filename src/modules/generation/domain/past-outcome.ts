import type { LocalDate } from '../../../kernel/calendar';
import type { CalendarDay, Subscription, Terms } from '../../subscription';

/** A day of a subscription, with its recorded outcome. */
export interface PastDay extends CalendarDay {
  /** Why the subscription was undecidable. */
  readonly fault?: string;
}

/**
 * The outcome of a date without a record, derived from `computed`, the outcome by the rules. A past delivery without a
 * record was missed. If the terms of that date are no longer kept, nothing was due: otherwise there would be a record.
 */
export function inferPastOutcome({ terms }: Subscription, computed: CalendarDay, today: LocalDate): CalendarDay {
  const { date, outcome } = computed;
  const wouldBeDelivered = outcome === 'DUE' || outcome === 'PRODUCT_WITHDRAWN';
  if (date >= today || !wouldBeDelivered) return computed;
  const isRetained = date >= (terms[0] as Terms).from;
  return { date, outcome: isRetained ? 'MISSED' : 'NOT_DUE', items: [], amount: 0 };
}
