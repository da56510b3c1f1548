import { addDays, type LocalDate } from '../../../kernel/calendar';
import { InvalidRequest } from '../../../platform/errors';
import type { ChangeWindow, Pause, Subscription } from './subscription';
import { CutoffPassed, NotPaused, TooManyPauses } from './subscription.errors';

export const MAX_PAUSES = 50;

/** Later than any valid date. */
const END_OF_TIME = '9999-12-31';

export function pauseOn(pauses: readonly Pause[], date: LocalDate): Pause | undefined {
  return pauses.find(({ from, to = END_OF_TIME }) => from <= date && date <= to);
}

/** The running pause: it starts no later than the first open date, and its last day is not over. */
export function runningPause(pauses: readonly Pause[], { today, firstOpenDate }: ChangeWindow): Pause | undefined {
  return pauses.findLast(({ from, to = END_OF_TIME }) => from <= firstOpenDate && today <= to);
}

/** Merges pauses that overlap or touch, and sorts them by date. */
export function mergePauses(pauses: readonly Pause[]): Pause[] {
  const sorted = [...pauses].sort((one, other) => (one.from < other.from ? -1 : 1));
  const result: Pause[] = [];
  for (const pause of sorted) {
    const last = result.at(-1);
    if (last && pause.from <= dayAfter(last.to)) result[result.length - 1] = joinPauses(last, pause);
    else result.push(pause);
  }
  return result;
}

/** Adds a pause. */
export function pause(subscription: Subscription, range: Pause, { firstOpenDate }: ChangeWindow): Subscription {
  if (range.to !== undefined && range.to < range.from) {
    throw new InvalidRequest([{ field: 'to', message: 'to must not be before from' }]);
  }
  if (range.from < firstOpenDate) throw new CutoffPassed(firstOpenDate);
  const pauses = mergePauses([...subscription.pauses, range]);
  const upcoming = pauses.filter(({ to = END_OF_TIME }) => to >= firstOpenDate);
  if (upcoming.length > MAX_PAUSES) throw new TooManyPauses(MAX_PAUSES);
  return isSamePauses(pauses, subscription.pauses) ? subscription : { ...subscription, pauses };
}

/** Ends the running pause, or the planned one that begins on `from`. Deliveries resume on the first open date. */
export function resume(subscription: Subscription, from: LocalDate | undefined, window: ChangeWindow): Subscription {
  const { pauses } = subscription;
  const target =
    from === undefined
      ? runningPause(pauses, window)
      : pauses.find((planned) => planned.from === from && (planned.to ?? END_OF_TIME) >= window.today);
  if (!target) throw new NotPaused(pauses.filter(({ to = END_OF_TIME }) => to >= window.today));
  const { firstOpenDate } = window;
  if ((target.to ?? END_OF_TIME) < firstOpenDate) return subscription;
  const elapsed = target.from < firstOpenDate ? [{ from: target.from, to: addDays(firstOpenDate, -1) }] : [];
  return { ...subscription, pauses: pauses.flatMap((one) => (one === target ? elapsed : [one])) };
}

function joinPauses({ from, to }: Pause, later: Pause): Pause {
  if (to === undefined || later.to === undefined) return { from };
  return { from, to: to > later.to ? to : later.to };
}

function dayAfter(to: LocalDate | undefined): LocalDate {
  return to === undefined ? END_OF_TIME : addDays(to, 1);
}

function isSamePauses(pauses: readonly Pause[], others: readonly Pause[]): boolean {
  return (
    pauses.length === others.length &&
    pauses.every(({ from, to }, i) => from === others[i]?.from && to === others[i].to)
  );
}
