import type { LocalDate } from '../../kernel/calendar';
import { isSameItems } from './items';
import { exceptionOn, nextDueDates, occurrence } from './occurrence';
import type { Days, Exception, Line, Subscription } from './subscription';
import { CutoffPassed, DateNotDue, NoException, TooManyExceptions } from './subscription.errors';

export const EXCEPTIONS_AT_MOST = 100;
/** Of all overrides to come together, so that a subscription always fits into its item. */
export const OVERRIDDEN_LINES_AT_MOST = 1_000;

const DATES_SHOWN = 3;

/** Nothing comes on one date on which something would. */
export function skip(subscription: Subscription, date: LocalDate, days: Days): Subscription {
  if (date < days.firstOpenDate) throw new CutoffPassed(days.firstOpenDate);
  const { outcome } = occurrence(subscription, date);
  if (outcome === 'SKIPPED') return subscription;
  if (outcome !== 'DUE') throw notDue(subscription, date, outcome, days);
  return withException(subscription, { date, items: [] }, days);
}

/** Other items come on one date, also on one on which the pattern brings nothing. */
export function override(
  subscription: Subscription,
  date: LocalDate,
  items: readonly Line[],
  days: Days,
): Subscription {
  if (date < days.firstOpenDate) throw new CutoffPassed(days.firstOpenDate);
  const wanted = withException(subscription, { date, items }, days);
  const { outcome } = occurrence(wanted, date);
  if (outcome !== 'DUE') throw notDue(subscription, date, outcome, days);
  return isSameItems(exceptionOn(subscription, date)?.items ?? [], items) ? subscription : wanted;
}

/** One date follows the pattern again. */
export function unskip(subscription: Subscription, date: LocalDate, { firstOpenDate }: Days): Subscription {
  if (date < firstOpenDate) throw new CutoffPassed(firstOpenDate);
  const exceptions = subscription.exceptions.filter((exception) => exception.date !== date);
  if (exceptions.length < subscription.exceptions.length) return { ...subscription, exceptions };
  throw new NoException(
    date,
    exceptions.flatMap((exception) => (exception.date >= firstOpenDate ? [exception.date] : [])),
  );
}

function withException(subscription: Subscription, wanted: Exception, { firstOpenDate }: Days): Subscription {
  const others = subscription.exceptions.filter(({ date }) => date !== wanted.date);
  const exceptions = [...others, wanted].sort((one, other) => (one.date < other.date ? -1 : 1));
  const ahead = exceptions.filter(({ date }) => date >= firstOpenDate);
  const lines = ahead.reduce((sum, { items }) => sum + items.length, 0);
  if (ahead.length > EXCEPTIONS_AT_MOST || lines > OVERRIDDEN_LINES_AT_MOST) {
    throw new TooManyExceptions(EXCEPTIONS_AT_MOST, OVERRIDDEN_LINES_AT_MOST);
  }
  return { ...subscription, exceptions };
}

function notDue(subscription: Subscription, date: LocalDate, outcome: string, { firstOpenDate }: Days): DateNotDue {
  return new DateNotDue(date, outcome, nextDueDates(subscription, firstOpenDate, DATES_SHOWN));
}
