import { addDays, type LocalDate } from '../../../kernel/calendar';
import type { Line } from '../../../kernel/lines';
import { assertValidLines, multiplied } from './delivery-lines';
import { factorOn, nextMatchingDate } from './frequency';
import { pauseOn } from './pauses';
import type { Subscription, Terms } from './subscription';

/** What a subscription plans for a date: a delivery, or the reason for none. */
export type Occurrence =
  | { readonly outcome: 'DUE'; readonly items: readonly Line[]; readonly terms: Terms }
  | { readonly outcome: 'PAUSED' | 'SKIPPED' | 'BLOCKED' }
  | { readonly outcome: 'NOT_DUE' }
  | { readonly outcome: 'ENDED' };

/**
 * The delivery of a date, or the reason for none. Between start and end, an override takes precedence over the pattern,
 * and a pause or a block of the customer stops both. A date without a planned delivery is NOT_DUE, even then. Valid for
 * dates up to `RETENTION_DAYS` days ago. Throws if the stored items are invalid.
 */
export function occurrenceOn(subscription: Subscription, date: LocalDate): Occurrence {
  if (date < subscription.startDate) return { outcome: 'NOT_DUE' };
  if (hasEndedBy(subscription, date)) return { outcome: 'ENDED' };

  const terms = termsOn(subscription, date);
  const factor = factorOn(terms.frequency, terms.anchor, date);
  const override = dateOverrideOn(subscription, date);
  const isSkipped = override?.items.length === 0;
  if (factor === 0 && (!override || isSkipped)) return { outcome: 'NOT_DUE' };
  if (pauseOn(subscription.pauses, date)) return { outcome: 'PAUSED' };
  if (isSkipped) return { outcome: 'SKIPPED' };
  if (pauseOn(subscription.blocks ?? [], date)) return { outcome: 'BLOCKED' };
  return { outcome: 'DUE', items: assertValidLines(override?.items ?? multiplied(terms.items, factor)), terms };
}

/** An occurrence that generation has to decide. UNDECIDABLE if a rule throws for the stored subscription. */
export type PendingOccurrence =
  | Extract<Occurrence, { outcome: 'DUE' | 'PAUSED' | 'SKIPPED' | 'BLOCKED' }>
  | { readonly outcome: 'UNDECIDABLE'; readonly error: unknown };

/** A subscription with its occurrence on a date, which is computed once. */
export interface PendingSubscription {
  readonly subscription: Subscription;
  readonly occurrence: PendingOccurrence;
}

/** The occurrence that is still to be decided. Undefined if it is decided or no delivery is planned. Never throws. */
export function pendingOccurrence(subscription: Subscription, date: LocalDate): PendingOccurrence | undefined {
  if (subscription.generatedThrough >= date) return undefined;
  try {
    const occurrence = occurrenceOn(subscription, date);
    return occurrence.outcome === 'NOT_DUE' || occurrence.outcome === 'ENDED' ? undefined : occurrence;
  } catch (error) {
    return { outcome: 'UNDECIDABLE', error };
  }
}

/** The subscriptions with a pending occurrence on a date, in the given order. */
export function pendingSubscriptions(subscriptions: readonly Subscription[], date: LocalDate): PendingSubscription[] {
  return subscriptions.flatMap((subscription) => {
    const occurrence = pendingOccurrence(subscription, date);
    return occurrence ? [{ subscription, occurrence }] : [];
  });
}

/** The first date with a delivery, not before `from`. Undefined if there is none. */
export function nextDueDate(subscription: Subscription, from: LocalDate): LocalDate | undefined {
  let date = from > subscription.startDate ? from : subscription.startDate;
  for (;;) {
    date = nextPlannedDate(subscription, date);
    if (hasEndedBy(subscription, date)) return undefined;
    if (occurrenceOn(subscription, date).outcome === 'DUE') return date;
    const pause = pauseOn(subscription.pauses, date) ?? pauseOn(subscription.blocks ?? [], date);
    if (pause && pause.to === undefined) return undefined;
    date = addDays(pause?.to ?? date, 1);
  }
}

/** The next `count` dates with a delivery, not before `from`. */
export function nextDueDates(subscription: Subscription, from: LocalDate, count: number): LocalDate[] {
  const dates: LocalDate[] = [];
  for (let date = nextDueDate(subscription, from); date && dates.length < count;) {
    dates.push(date);
    date = nextDueDate(subscription, addDays(date, 1));
  }
  return dates;
}

/** The terms that apply on a date. For a date before all stored terms, the oldest terms. */
export function termsOn({ terms }: Pick<Subscription, 'terms'>, date: LocalDate): Terms {
  return (terms.findLast(({ from }) => from <= date) ?? terms[0]) as Terms;
}

export function dateOverrideOn({ exceptions }: Pick<Subscription, 'exceptions'>, date: LocalDate) {
  return exceptions.find((override) => override.date === date);
}

export function hasEndedBy({ endDate, cancelledFrom }: Subscription, date: LocalDate): boolean {
  return (endDate !== undefined && date > endDate) || (cancelledFrom !== undefined && date >= cancelledFrom);
}

/** The next date, not before `from`, with a delivery in the pattern or an override, regardless of pauses and skips. */
function nextPlannedDate(subscription: Subscription, from: LocalDate): LocalDate {
  const patternDate = nextPatternDate(subscription, from);
  const override = subscription.exceptions.find(({ date, items }) => date >= from && items.length > 0);
  return override && override.date < patternDate ? override.date : patternDate;
}

function nextPatternDate(subscription: Subscription, from: LocalDate): LocalDate {
  const { frequency, anchor } = termsOn(subscription, from);
  const date = nextMatchingDate(frequency, anchor, from);
  const change = subscription.terms.find((terms) => terms.from > from && terms.from <= date);
  return change ? nextPatternDate(subscription, change.from) : date;
}
