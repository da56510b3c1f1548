import type { LocalDate } from '../../../kernel/calendar';
import type { Line } from '../../../kernel/lines';
import { isSameLines } from './delivery-lines';
import { dateOverrideOn, nextDueDates, occurrenceOn } from './occurrence';
import type { ChangeWindow, DateOverride, Subscription } from './subscription';
import { CutoffPassed, DateNotDue, DateNotOverridden, TooManyDateOverrides } from './subscription.errors';

export const MAX_DATE_OVERRIDES = 100;
/** Limit for all future overrides together, so that a subscription always fits into a DynamoDB item. */
export const MAX_OVERRIDE_LINES = 1_000;

const SUGGESTED_DATES = 3;

/** Skips the delivery of a date. */
export function skip(subscription: Subscription, date: LocalDate, window: ChangeWindow): Subscription {
  if (date < window.firstOpenDate) throw new CutoffPassed(window.firstOpenDate);
  const { outcome } = occurrenceOn(subscription, date);
  if (outcome === 'SKIPPED') return subscription;
  if (outcome !== 'DUE') throw dateNotDue(subscription, date, outcome, window);
  return withDateOverride(subscription, { date, items: [] }, window);
}

/** Replaces the items of a date, even of one without a delivery in the pattern. */
export function override(
  subscription: Subscription,
  date: LocalDate,
  items: readonly Line[],
  window: ChangeWindow,
): Subscription {
  if (date < window.firstOpenDate) throw new CutoffPassed(window.firstOpenDate);
  const changed = withDateOverride(subscription, { date, items }, window);
  const { outcome } = occurrenceOn(changed, date);
  if (outcome !== 'DUE') throw dateNotDue(subscription, date, outcome, window);
  return isSameLines(dateOverrideOn(subscription, date)?.items ?? [], items) ? subscription : changed;
}

/** Removes the skip or override of a date. */
export function unskip(subscription: Subscription, date: LocalDate, { firstOpenDate }: ChangeWindow): Subscription {
  if (date < firstOpenDate) throw new CutoffPassed(firstOpenDate);
  const exceptions = subscription.exceptions.filter((exception) => exception.date !== date);
  if (exceptions.length < subscription.exceptions.length) return { ...subscription, exceptions };
  throw new DateNotOverridden(
    date,
    exceptions.flatMap((exception) => (exception.date >= firstOpenDate ? [exception.date] : [])),
  );
}

function withDateOverride(
  subscription: Subscription,
  dateOverride: DateOverride,
  { firstOpenDate }: ChangeWindow,
): Subscription {
  const others = subscription.exceptions.filter(({ date }) => date !== dateOverride.date);
  const exceptions = [...others, dateOverride].sort((one, other) => (one.date < other.date ? -1 : 1));
  const upcoming = exceptions.filter(({ date }) => date >= firstOpenDate);
  const lines = upcoming.reduce((sum, { items }) => sum + items.length, 0);
  if (upcoming.length > MAX_DATE_OVERRIDES || lines > MAX_OVERRIDE_LINES) {
    throw new TooManyDateOverrides(MAX_DATE_OVERRIDES, MAX_OVERRIDE_LINES);
  }
  return { ...subscription, exceptions };
}

function dateNotDue(
  subscription: Subscription,
  date: LocalDate,
  outcome: string,
  { firstOpenDate }: ChangeWindow,
): DateNotDue {
  return new DateNotDue(date, outcome, nextDueDates(subscription, firstOpenDate, SUGGESTED_DATES));
}
