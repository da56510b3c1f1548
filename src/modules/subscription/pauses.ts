import { addDays, type LocalDate } from '../../kernel/calendar';
import { InvalidRequest } from '../../platform/errors';
import type { Days, Pause, Subscription } from './subscription';
import { CutoffPassed, NotPaused, TooManyPauses } from './subscription.errors';

export const PAUSES_AT_MOST = 50;

/** Later than every date. */
const NEVER = '9999-12-31';

export function pauseOn(pauses: readonly Pause[], date: LocalDate): Pause | undefined {
  return pauses.find(({ from, to = NEVER }) => from <= date && date <= to);
}

/** The pause that is running: one that has reached the first open date, until its last day is over. */
export function runningPause(pauses: readonly Pause[], { today, firstOpenDate }: Days): Pause | undefined {
  return pauses.findLast(({ from, to = NEVER }) => from <= firstOpenDate && today <= to);
}

/** Pauses that overlap or touch are one; in order. */
export function merged(pauses: readonly Pause[]): Pause[] {
  const inOrder = [...pauses].sort((one, other) => (one.from < other.from ? -1 : 1));
  const result: Pause[] = [];
  for (const pause of inOrder) {
    const last = result.at(-1);
    if (last && pause.from <= dayAfter(last.to)) result[result.length - 1] = joined(last, pause);
    else result.push(pause);
  }
  return result;
}

/** Holds back all that would come on some dates. */
export function pause(subscription: Subscription, range: Pause, { firstOpenDate }: Days): Subscription {
  if (range.to !== undefined && range.to < range.from) {
    throw new InvalidRequest([{ field: 'to', message: 'to must not be before from' }]);
  }
  if (range.from < firstOpenDate) throw new CutoffPassed(firstOpenDate);
  const pauses = merged([...subscription.pauses, range]);
  const ahead = pauses.filter(({ to = NEVER }) => to >= firstOpenDate);
  if (ahead.length > PAUSES_AT_MOST) throw new TooManyPauses(PAUSES_AT_MOST);
  return isSame(pauses, subscription.pauses) ? subscription : { ...subscription, pauses };
}

/** Ends the running pause, or withdraws the planned one that begins on `from`: from the first open date on all comes. */
export function resume(subscription: Subscription, from: LocalDate | undefined, days: Days): Subscription {
  const { pauses } = subscription;
  const ended =
    from === undefined
      ? runningPause(pauses, days)
      : pauses.find((planned) => planned.from === from && (planned.to ?? NEVER) >= days.today);
  if (!ended) throw new NotPaused(pauses.filter(({ to = NEVER }) => to >= days.today));
  const { firstOpenDate } = days;
  if ((ended.to ?? NEVER) < firstOpenDate) return subscription;
  const past = ended.from < firstOpenDate ? [{ from: ended.from, to: addDays(firstOpenDate, -1) }] : [];
  return { ...subscription, pauses: pauses.flatMap((one) => (one === ended ? past : [one])) };
}

function joined({ from, to }: Pause, later: Pause): Pause {
  if (to === undefined || later.to === undefined) return { from };
  return { from, to: to > later.to ? to : later.to };
}

function dayAfter(to: LocalDate | undefined): LocalDate {
  return to === undefined ? NEVER : addDays(to, 1);
}

function isSame(some: readonly Pause[], others: readonly Pause[]): boolean {
  return (
    some.length === others.length && some.every(({ from, to }, i) => from === others[i]?.from && to === others[i].to)
  );
}
