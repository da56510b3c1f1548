import { type Instant, type LocalDate, weekdayOf } from '../../kernel/calendar';
import type { ProductId } from '../../kernel/ids';
import { type Counts, RECORDED, type Recorded, type Run } from './generation';

/** How many runs of the same weekday make what is usual. */
export const USUAL_RUNS = 4;

/** What the daily orders of a date would be, were they made at once. */
export interface Preview {
  readonly date: LocalDate;
  /** When it was begun to be worked out. */
  readonly asOf: Instant;
  readonly counts: Counts;
  /** Subscriptions that cannot be decided. */
  readonly faults: number;
  /** What would be ordered, in order of the names. */
  readonly units: readonly Units[];
  readonly usual: Usual;
}

/** So many units of a product. */
export interface Units {
  readonly productId: ProductId;
  readonly name: string;
  readonly units: number;
}

/** The mean of the last runs of the same weekday; without one when there was none. */
export interface Usual {
  readonly runs: number;
  readonly mean?: Readonly<Record<Recorded, number>>;
}

/** Equal names are in order of the ids. */
export function byName<T extends Omit<Units, 'units'>>(products: readonly T[]): T[] {
  return [...products].sort(
    (one, other) => one.name.localeCompare(other.name) || (one.productId < other.productId ? -1 : 1),
  );
}

/** What is usual on the weekday of a date, from runs with the latest first. */
export function usual(date: LocalDate, runs: readonly Run[]): Usual {
  const alike = runs.filter((run) => weekdayOf(run.date) === weekdayOf(date) && isWhole(run)).slice(0, USUAL_RUNS);
  if (alike.length === 0) return { runs: 0 };
  const mean = meanOf((outcome) => alike.reduce((sum, { counts }) => sum + counts[outcome], 0) / alike.length);
  return { runs: alike.length, mean };
}

/** By how much a preview is above what is usual. */
export function difference({ counts, usual: { mean } }: Pick<Preview, 'counts' | 'usual'>) {
  return mean && meanOf((outcome) => counts[outcome] - mean[outcome]);
}

/** It went through; the one with which the dairy begins only marks the date, and has counted nothing. */
function isWhole({ status, stage }: Run): boolean {
  return status === 'COMPLETED' && stage !== 'COUNT';
}

/** To two decimals. */
function meanOf(figure: (outcome: Recorded) => number): Record<Recorded, number> {
  const entries = RECORDED.map((outcome) => [outcome, Math.round(figure(outcome) * 100) / 100] as const);
  return Object.fromEntries(entries) as Record<Recorded, number>;
}
