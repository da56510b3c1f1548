import { type Instant, type LocalDate, weekdayOf } from '../../../kernel/calendar';
import type { SubscriptionId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import type { ProductUnits } from '../../subscription';
import { type OutcomeCounts, RECORDED_OUTCOMES, type RecordedOutcome, type Run } from './run';

/** How many runs on the same weekday are averaged. */
export const AVERAGED_RUNS = 4;
/** How many short subscriptions are listed. All are counted. */
export const MAX_SHORT = 100;

/** The orders that a run of a date would place if it took place now. */
export interface Preview {
  readonly date: LocalDate;
  /** When the dry run began. */
  readonly asOf: Instant;
  readonly counts: OutcomeCounts;
  /** Undecidable subscriptions. */
  readonly faults: number;
  /** The units that would be ordered, sorted by product name. */
  readonly units: readonly ProductUnits[];
  /** The first subscriptions whose wallet does not cover their order. */
  readonly short: readonly ShortSubscription[];
  readonly usual: WeekdayAverage;
}

/** A subscription whose wallet does not cover its order. */
export interface ShortSubscription {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
  /** The name of the customer. */
  readonly name?: string;
  readonly amount: MinorUnits;
}

/** The mean of the last runs on the same weekday; absent if there was none. */
export interface WeekdayAverage {
  readonly runs: number;
  readonly mean?: Readonly<Record<RecordedOutcome, number>>;
}

/** The average for the weekday of a date. The runs are sorted latest first. */
export function weekdayAverage(date: LocalDate, runs: readonly Run[]): WeekdayAverage {
  const sameWeekday = runs
    .filter((run) => weekdayOf(run.date) === weekdayOf(date) && hasPlacedOrders(run))
    .slice(0, AVERAGED_RUNS);
  if (sameWeekday.length === 0) return { runs: 0 };
  const mean = roundedByOutcome(
    (outcome) => sameWeekday.reduce((sum, { counts }) => sum + (counts[outcome] ?? 0), 0) / sameWeekday.length,
  );
  return { runs: sameWeekday.length, mean };
}

/** The counts of a preview minus the average, by outcome. */
export function differenceFromAverage({ counts, usual: { mean } }: Pick<Preview, 'counts' | 'usual'>) {
  return mean && roundedByOutcome((outcome) => counts[outcome] - mean[outcome]);
}

/** Leaves out the run that the coordinator stores at the first start ever, which has not counted anything. */
function hasPlacedOrders({ status, stage }: Run): boolean {
  return status === 'COMPLETED' && stage !== 'COUNT';
}

/** To two decimals. */
function roundedByOutcome(valueOf: (outcome: RecordedOutcome) => number): Record<RecordedOutcome, number> {
  const entries = RECORDED_OUTCOMES.map((outcome) => [outcome, Math.round(valueOf(outcome) * 100) / 100] as const);
  return Object.fromEntries(entries) as Record<RecordedOutcome, number>;
}
