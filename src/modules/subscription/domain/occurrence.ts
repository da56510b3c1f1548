import { addDays, type LocalDate } from '../../../kernel/calendar';
import type { Line } from '../../../kernel/lines';
import { assertValidLines, multiplied } from './delivery-lines';
import { factorOn, nextMatchingDate } from './frequency';
import { pauseOn } from './pauses';
import type { Subscription, Terms } from './subscription';

/** What a subscription says of a date. */
export type Occurrence =
  | { readonly outcome: 'DUE'; readonly items: readonly Line[]; readonly terms: Terms }
  | { readonly outcome: 'PAUSED' | 'SKIPPED' }
  | { readonly outcome: 'NOT_DUE' }
  | { readonly outcome: 'ENDED' };

/**
 * What comes on a date, or why nothing comes. Within start and end an override comes whatever the pattern says, and a
 * pause holds back both; a date on which nothing was to come is NOT_DUE, paused or not. Right for every date from
 * `RETENTION_DAYS` days ago on. Fails when the items are nothing that could be ordered.
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
  return { outcome: 'DUE', items: assertValidLines(override?.items ?? multiplied(terms.items, factor)), terms };
}

/** What generation has to decide on a date. UNDECIDABLE when the stored subscription breaks the rules above. */
export type PendingOccurrence =
  | Extract<Occurrence, { outcome: 'DUE' | 'PAUSED' | 'SKIPPED' }>
  | { readonly outcome: 'UNDECIDABLE'; readonly error: unknown };

/** A subscription with its occurrence on a date, computed once for all that is decided about it. */
export interface PendingSubscription {
  readonly subscription: Subscription;
  readonly occurrence: PendingOccurrence;
}

/** What is still to be decided about a date; undefined when it has been decided, or nothing was to come. Never throws. */
export function pendingOccurrence(subscription: Subscription, date: LocalDate): PendingOccurrence | undefined {
  if (subscription.generatedThrough >= date) return undefined;
  try {
    const occurrence = occurrenceOn(subscription, date);
    return occurrence.outcome === 'NOT_DUE' || occurrence.outcome === 'ENDED' ? undefined : occurrence;
  } catch (error) {
    return { outcome: 'UNDECIDABLE', error };
  }
}

/** The subscriptions about which something is still to be decided on a date, in their order. */
export function pendingSubscriptions(subscriptions: readonly Subscription[], date: LocalDate): PendingSubscription[] {
  return subscriptions.flatMap((subscription) => {
    const occurrence = pendingOccurrence(subscription, date);
    return occurrence ? [{ subscription, occurrence }] : [];
  });
}

/** The first date, not before `from`, on which something comes; undefined when nothing does any more. */
export function nextDueDate(subscription: Subscription, from: LocalDate): LocalDate | undefined {
  let date = from > subscription.startDate ? from : subscription.startDate;
  for (;;) {
    date = nextPlannedDate(subscription, date);
    if (hasEndedBy(subscription, date)) return undefined;
    if (occurrenceOn(subscription, date).outcome === 'DUE') return date;
    const pause = pauseOn(subscription.pauses, date);
    if (pause && pause.to === undefined) return undefined;
    date = addDays(pause?.to ?? date, 1);
  }
}

/** The next so many dates on which something comes. */
export function nextDueDates(subscription: Subscription, from: LocalDate, count: number): LocalDate[] {
  const dates: LocalDate[] = [];
  for (let date = nextDueDate(subscription, from); date && dates.length < count;) {
    dates.push(date);
    date = nextDueDate(subscription, addDays(date, 1));
  }
  return dates;
}

/** The terms that hold on a date; before all that is remembered, the oldest. */
export function termsOn({ terms }: Pick<Subscription, 'terms'>, date: LocalDate): Terms {
  return (terms.findLast(({ from }) => from <= date) ?? terms[0]) as Terms;
}

export function dateOverrideOn({ exceptions }: Pick<Subscription, 'exceptions'>, date: LocalDate) {
  return exceptions.find((override) => override.date === date);
}

function hasEndedBy({ endDate, cancelledFrom }: Subscription, date: LocalDate): boolean {
  return (endDate !== undefined && date > endDate) || (cancelledFrom !== undefined && date >= cancelledFrom);
}

/** The next date, not before `from`, on which the pattern or an override wants something to come. */
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
