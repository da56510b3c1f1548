import { datesBetween, type Instant, type LocalDate } from '../../../kernel/calendar';
import type { ProductId } from '../../../kernel/ids';
import type { Outcome } from '../../subscription';

/** What is recorded of a date; the rest is computed from the subscription. ORDERED is recorded by the order itself. */
export const RECORDED_OUTCOMES = [
  'ORDERED',
  'PAUSED',
  'SKIPPED',
  'SHORT_BALANCE',
  'OUT_OF_STOCK',
  'PRODUCT_WITHDRAWN',
  'MISSED',
] as const satisfies readonly Outcome[];
export type RecordedOutcome = (typeof RECORDED_OUTCOMES)[number];
export type OutcomeCounts = Readonly<Record<RecordedOutcome, number>>;

export const ZERO_COUNTS = Object.fromEntries(RECORDED_OUTCOMES.map((outcome) => [outcome, 0])) as OutcomeCounts;

/** FAILED: it went through, but some subscriptions could not be decided; run it again once that is mended. */
export type RunStatus = 'RUNNING' | 'COMPLETED' | 'FAILED';

/**
 * What a run is at. First every shard counts what it will need; then that is set aside, and every shard places its
 * orders. What was short of money is tried once more in the early morning.
 */
export type RunStage = 'COUNT' | 'PLACE' | 'RETRY';

/** The daily orders of one date. */
export interface Run {
  readonly date: LocalDate;
  readonly status: RunStatus;
  readonly stage: RunStage;
  /** How often it was begun: one that is repeated goes through all subscriptions once more, for what was left out. */
  readonly round: number;
  /** Shards that are not through with the stage. */
  readonly remaining: number;
  /** Shards that have something to place, as far as they have counted. */
  readonly placing: number;
  readonly counts: OutcomeCounts;
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
export type RunAttempt = Pick<Run, 'date' | 'round'>;

/** One shard's part of a stage. */
export interface ShardTask extends RunAttempt {
  readonly stage: 'COUNT' | 'PLACE';
  readonly shard: string;
}

/** How far one shard is in a round, and what it still holds of what was set aside for it. */
export interface ShardProgress {
  readonly round: number;
  readonly version: number;
  readonly isDone: boolean;
  /** By product what it will need, then what is left of that. */
  readonly left: Readonly<Record<ProductId, number>>;
  readonly counts: OutcomeCounts;
  readonly faults: number;
  /** When somebody got it on last; real time, in milliseconds. */
  readonly movedAt?: number;
}

export function newRun(date: LocalDate, shards: number, now: Instant, realNow: number): Run {
  return {
    date,
    status: 'RUNNING',
    stage: 'COUNT',
    round: 1,
    remaining: shards,
    placing: 0,
    counts: ZERO_COUNTS,
    faults: 0,
    startedAt: now,
    roundAt: now,
    movedAt: realNow,
  };
}

/** Where a shard begins a round. */
export function newShardProgress({ round }: RunAttempt): ShardProgress {
  return { round, version: 1, isDone: false, left: {}, counts: ZERO_COUNTS, faults: 0 };
}

/** What is left of what was set aside. */
export function unusedStock({ left }: Pick<ShardProgress, 'left'>): { productId: ProductId; qty: number }[] {
  return Object.entries(left).flatMap(([productId, qty]) => (qty > 0 ? [{ productId, qty }] : []));
}

export function addCounts(counts: OutcomeCounts, added: OutcomeCounts): OutcomeCounts {
  return Object.fromEntries(
    RECORDED_OUTCOMES.map((outcome) => [outcome, counts[outcome] + added[outcome]]),
  ) as OutcomeCounts;
}

export function totalCount(counts: OutcomeCounts): number {
  return RECORDED_OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
}

/** What is to be done next about the daily orders: one thing for one date. */
export interface RunTask {
  readonly date: LocalDate;
  readonly task: 'BEGIN' | 'REPEAT' | 'RESUME' | 'RETRY';
  readonly run?: Run;
}

export interface RunDeadlines {
  /** The first moment at which every change that was made in time is stored. */
  readonly changesSettledAt: (date: LocalDate) => Instant;
  readonly retryAt: (date: LocalDate) => Instant;
}

/**
 * The oldest date that is not done with. Only dates that are due are begun, or repeated when they began too close to
 * their cutoff to see every change, or at a time that is yet to come, since the clock was set back. What has begun is
 * brought to its end, however long ago that was.
 */
export function nextRunTask(
  due: readonly LocalDate[],
  runs: readonly Run[],
  now: Instant,
  deadlines: RunDeadlines,
): RunTask | undefined {
  const byDate = new Map(runs.map((run) => [run.date, run]));
  for (const date of [...new Set([...byDate.keys(), ...due])].sort()) {
    const run = byDate.get(date);
    const task = run ? taskFor(run, due.includes(date), now, deadlines) : 'BEGIN';
    if (task) return { date, task, run };
  }
  return undefined;
}

function taskFor(run: Run, isDue: boolean, now: Instant, { changesSettledAt, retryAt }: RunDeadlines) {
  const { date, status, roundAt } = run;
  if (status === 'RUNNING') return 'RESUME';
  if (isDue && (roundAt < changesSettledAt(date) || roundAt > now)) return 'REPEAT';
  const isRetryDue = run.counts.SHORT_BALANCE > 0 && run.retriedAt === undefined && retryAt(date) <= now;
  return isRetryDue ? 'RETRY' : undefined;
}

/** The dates that have to have runs; none, when the last is before the first. */
export function datesToRun(first: LocalDate, last: LocalDate): LocalDate[] {
  return first > last ? [] : datesBetween(first, last);
}
