import { addMinutes, datesBetween, type Instant, type LocalDate } from '../../kernel/calendar';
import type { ProductId } from '../../kernel/ids';
import type { Outcome } from './forecast';

/** What is recorded of a date; the rest is computed from the subscription. ORDERED is recorded by the order itself. */
export const RECORDED = [
  'ORDERED',
  'PAUSED',
  'SKIPPED',
  'SHORT_BALANCE',
  'OUT_OF_STOCK',
  'PRODUCT_WITHDRAWN',
  'MISSED',
] as const satisfies readonly Outcome[];
export type Recorded = (typeof RECORDED)[number];
export type Counts = Readonly<Record<Recorded, number>>;

export const NOTHING = Object.fromEntries(RECORDED.map((outcome) => [outcome, 0])) as Counts;

/** FAILED: it went through, but some subscriptions could not be decided; run it again once that is mended. */
export type RunStatus = 'RUNNING' | 'COMPLETED' | 'FAILED';

/**
 * What a run is at. First every shard counts what it will need; then that is set aside, and every shard places its
 * orders. What was short of money is tried once more in the early morning.
 */
export type Stage = 'COUNT' | 'PLACE' | 'RETRY';

/** The daily orders of one date. */
export interface Run {
  readonly date: LocalDate;
  readonly status: RunStatus;
  readonly stage: Stage;
  /** How often it was begun: one that is repeated goes through all subscriptions once more, for what was left out. */
  readonly round: number;
  /** Shards that are not through with the stage. */
  readonly remaining: number;
  /** Shards that have something to place, as far as they have counted. */
  readonly placing: number;
  readonly counts: Counts;
  /** Subscriptions that could not be decided in this round. */
  readonly faults: number;
  /** How many were decided before this round. */
  readonly decidedBefore?: number;
  readonly startedAt: Instant;
  /** When the last round began. */
  readonly roundAt: Instant;
  readonly completedAt?: Instant;
  /** When those who were short of money were tried once more. */
  readonly retriedAt?: Instant;
  /** When it got on last; real time, in milliseconds. */
  readonly movedAt: number;
}

/** One round of a run. */
export type Round = Pick<Run, 'date' | 'round'>;

/** One shard's part of a stage. */
export interface ShardTask extends Round {
  readonly stage: 'COUNT' | 'PLACE';
  readonly shard: string;
}

/** How far one shard is in a round, and what it still holds of what was set aside for it. */
export interface Progress {
  readonly round: number;
  readonly version: number;
  readonly isDone: boolean;
  /** By product what it will need, then what is left of that. */
  readonly left: Readonly<Record<ProductId, number>>;
  readonly counts: Counts;
  readonly faults: number;
  /** When somebody got it on last; real time, in milliseconds. */
  readonly movedAt?: number;
}

/** After the cutoff, so that changes which are being written when it passes are seen. */
export const GRACE_MINUTES = 2;

export function newRun(date: LocalDate, shards: number, now: Instant, real: number): Run {
  return {
    date,
    status: 'RUNNING',
    stage: 'COUNT',
    round: 1,
    remaining: shards,
    placing: 0,
    counts: NOTHING,
    faults: 0,
    startedAt: now,
    roundAt: now,
    movedAt: real,
  };
}

/** Where a shard begins a round. */
export function begun({ round }: Round): Progress {
  return { round, version: 1, isDone: false, left: {}, counts: NOTHING, faults: 0 };
}

/** What is left of what was set aside. */
export function leftovers({ left }: Pick<Progress, 'left'>): { productId: ProductId; qty: number }[] {
  return Object.entries(left).flatMap(([productId, qty]) => (qty > 0 ? [{ productId, qty }] : []));
}

export function plus(counts: Counts, more: Counts): Counts {
  return Object.fromEntries(RECORDED.map((outcome) => [outcome, counts[outcome] + more[outcome]])) as Counts;
}

export function sumOf(counts: Counts): number {
  return RECORDED.reduce((sum, outcome) => sum + counts[outcome], 0);
}

/** What is to be done next about the daily orders: one thing for one date. */
export interface ToDo {
  readonly date: LocalDate;
  readonly task: 'BEGIN' | 'REPEAT' | 'RESUME' | 'RETRY';
  readonly run?: Run;
}

export interface RunTimes {
  readonly cutoffOf: (date: LocalDate) => Instant;
  readonly retryAt: (date: LocalDate) => Instant;
}

/**
 * The oldest date that is not done with. Only dates that are due are begun, or repeated when they began too close to
 * their cutoff to see every change, or at a time that is yet to come, since the clock was set back. What has begun is
 * brought to its end, however long ago that was.
 */
export function nextToDo(
  due: readonly LocalDate[],
  runs: readonly Run[],
  now: Instant,
  times: RunTimes,
): ToDo | undefined {
  const byDate = new Map(runs.map((run) => [run.date, run]));
  for (const date of [...new Set([...byDate.keys(), ...due])].sort()) {
    const run = byDate.get(date);
    const task = run ? taskOf(run, due.includes(date), now, times) : 'BEGIN';
    if (task) return { date, task, run };
  }
  return undefined;
}

function taskOf(run: Run, isDue: boolean, now: Instant, { cutoffOf, retryAt }: RunTimes) {
  const { date, status, roundAt } = run;
  if (status === 'RUNNING') return 'RESUME';
  if (isDue && (roundAt < addMinutes(cutoffOf(date), GRACE_MINUTES) || roundAt > now)) return 'REPEAT';
  const isRetryDue = run.counts.SHORT_BALANCE > 0 && run.retriedAt === undefined && retryAt(date) <= now;
  return isRetryDue ? 'RETRY' : undefined;
}

/** The dates that have to have runs; none, when the last is before the first. */
export function datesToRun(first: LocalDate, last: LocalDate): LocalDate[] {
  return first > last ? [] : datesBetween(first, last);
}
