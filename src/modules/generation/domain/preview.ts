import { type Instant, type LocalDate, weekdayOf } from '../../../kernel/calendar';
import type { ProductUnits } from '../../subscription';
import { type OutcomeCounts, RECORDED_OUTCOMES, type RecordedOutcome, type Run } from './run';

/** How many runs of the same weekday make what is usual. */
export const AVERAGED_RUNS = 4;

/** What the daily orders of a date would be, were they made at once. */
export interface Preview {
  readonly date: LocalDate;
  /** When it was begun to be worked out. */
  readonly asOf: Instant;
  readonly counts: OutcomeCounts;
  /** Subscriptions that cannot be decided. */
  readonly faults: number;
  /** What would be ordered, in order of the names. */
  readonly units: readonly ProductUnits[];
  readonly usual: WeekdayAverage;
}

/** The mean of the last runs of the same weekday; without one when there was none. */
export interface WeekdayAverage {
  readonly runs: number;
  readonly mean?: Readonly<Record<RecordedOutcome, number>>;
}

/** What is usual on the weekday of a date, from runs with the latest first. */
export function weekdayAverage(date: LocalDate, runs: readonly Run[]): WeekdayAverage {
  const sameWeekday = runs
    .filter((run) => weekdayOf(run.date) === weekdayOf(date) && hasPlacedOrders(run))
    .slice(0, AVERAGED_RUNS);
  if (sameWeekday.length === 0) return { runs: 0 };
  const mean = roundedByOutcome(
    (outcome) => sameWeekday.reduce((sum, { counts }) => sum + counts[outcome], 0) / sameWeekday.length,
  );
  return { runs: sameWeekday.length, mean };
}

/** By how much a preview is above what is usual. */
export function differenceFromAverage({ counts, usual: { mean } }: Pick<Preview, 'counts' | 'usual'>) {
  return mean && roundedByOutcome((outcome) => counts[outcome] - mean[outcome]);
}

/** It went through; the one with which the dairy begins only marks the date, and has counted nothing. */
function hasPlacedOrders({ status, stage }: Run): boolean {
  return status === 'COMPLETED' && stage !== 'COUNT';
}

/** To two decimals. */
function roundedByOutcome(valueOf: (outcome: RecordedOutcome) => number): Record<RecordedOutcome, number> {
  const entries = RECORDED_OUTCOMES.map((outcome) => [outcome, Math.round(valueOf(outcome) * 100) / 100] as const);
  return Object.fromEntries(entries) as Record<RecordedOutcome, number>;
}
