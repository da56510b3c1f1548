import { datesBetween, type Instant, type LocalDate } from '../../../kernel/calendar';
import type { Outcome } from '../../subscription';

/** The outcomes that are recorded; all others are computed from the subscription. The order itself records ORDERED. */
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

/** FAILED: the run went through, but some subscriptions could not be decided. Fix them and run the date again. */
export type RunStatus = 'RUNNING' | 'COMPLETED' | 'FAILED';

/**
 * COUNT: every shard adds up its demand, then the stock is reserved. PLACE: every shard places its orders, then the
 * deferred subscriptions are served. RETRY: in the early morning, orders that the wallet did not cover are tried again.
 */
export type RunStage = 'COUNT' | 'PLACE' | 'RETRY';

/** The order generation of one date. Some names are those of the stored attributes; an attempt is stored as `round`. */
export interface Run {
  readonly date: LocalDate;
  readonly status: RunStatus;
  readonly stage: RunStage;
  /** The number of the attempt. A repeated run goes through all subscriptions again, for those left undecided. */
  readonly round: number;
  /** Shards that have not finished the stage. */
  readonly remaining: number;
  /** Shards that have orders to place, of those that have counted their demand. */
  readonly placing: number;
  /** A run of an earlier version lacks the outcomes that were added later. */
  readonly counts: Partial<OutcomeCounts>;
  /** Subscriptions that could not be decided in this attempt. */
  readonly faults: number;
  /** Subscriptions that were decided before this attempt. */
  readonly decidedBefore?: number;
  readonly startedAt: Instant;
  /** When this attempt began. */
  readonly roundAt: Instant;
  readonly completedAt?: Instant;
  /** When the RETRY stage ended. */
  readonly retriedAt?: Instant;
  /** When a write last moved the run; real time, in milliseconds. */
  readonly movedAt: number;
}

/** One attempt of a run. */
export type RunPass = Pick<Run, 'date' | 'round'>;

/** The part of one shard in a stage. */
export interface ShardWork extends RunPass {
  readonly stage: 'COUNT' | 'PLACE';
  readonly shard: string;
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

export function addCounts(counts: Partial<OutcomeCounts>, added: Partial<OutcomeCounts>): OutcomeCounts {
  return Object.fromEntries(
    RECORDED_OUTCOMES.map((outcome) => [outcome, (counts[outcome] ?? 0) + (added[outcome] ?? 0)]),
  ) as OutcomeCounts;
}

export function totalCount(counts: Partial<OutcomeCounts>): number {
  return RECORDED_OUTCOMES.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
}

/** What a shard adds to the figures of its run. */
export interface ShardCounts {
  readonly counts: OutcomeCounts;
  readonly faults: number;
}

/** How an attempt ends. */
export interface RunResult {
  readonly status: 'COMPLETED' | 'FAILED';
  readonly counts: OutcomeCounts;
  /** False when a repeated run decided nothing new: then it keeps its time of completion, and no event is emitted. */
  readonly hasChanges: boolean;
}

/** The result of a run once all shards are finished and the deferred subscriptions are served. */
export function resultOf(run: Run, deferred: ShardCounts): RunResult {
  const counts = addCounts(run.counts, deferred.counts);
  return {
    status: run.faults + deferred.faults > 0 ? 'FAILED' : 'COMPLETED',
    counts,
    hasChanges: run.completedAt === undefined || totalCount(counts) !== run.decidedBefore,
  };
}

/** What to do next: one action for one date. */
export interface RunAction {
  readonly date: LocalDate;
  readonly action: 'BEGIN' | 'REPEAT' | 'RESUME' | 'RETRY';
  readonly run?: Run;
}

export interface RunDeadlines {
  /** From this moment on, every change that was made before the cutoff is stored. */
  changesSettledAt(date: LocalDate): Instant;
  retryAt(date: LocalDate): Instant;
}

/**
 * The action for the oldest date that is not done. Only dates that are due begin a run. They repeat it when it began too
 * close to the cutoff to see every change, or in the future, since the clock was set back. A run that is under way is
 * always resumed, however old it is.
 */
export function nextRunAction(
  due: readonly LocalDate[],
  runs: readonly Run[],
  now: Instant,
  deadlines: RunDeadlines,
): RunAction | undefined {
  const byDate = new Map(runs.map((run) => [run.date, run]));
  for (const date of [...new Set([...byDate.keys(), ...due])].sort()) {
    const run = byDate.get(date);
    const action = run ? actionFor(run, due.includes(date), now, deadlines) : 'BEGIN';
    if (action) return { date, action, run };
  }
  return undefined;
}

function actionFor(run: Run, isDue: boolean, now: Instant, deadlines: RunDeadlines): RunAction['action'] | undefined {
  const { date, status, roundAt } = run;
  if (status === 'RUNNING') return 'RESUME';
  if (isDue && (roundAt < deadlines.changesSettledAt(date) || roundAt > now)) return 'REPEAT';
  const isRetryDue =
    (run.counts.SHORT_BALANCE ?? 0) > 0 && run.retriedAt === undefined && deadlines.retryAt(date) <= now;
  return isRetryDue ? 'RETRY' : undefined;
}

/**
 * The first date that can be run: the first one that is still caught up on, but none before the oldest run. The runs are
 * sorted with the latest first.
 */
export function firstDateToRun(runs: readonly Run[], firstCatchUp: LocalDate): LocalDate {
  const oldest = runs.at(-1)?.date ?? firstCatchUp;
  return oldest > firstCatchUp ? oldest : firstCatchUp;
}

/** The dates that need a run; none when the last is before the first. */
export function datesToRun(first: LocalDate, last: LocalDate): LocalDate[] {
  return first > last ? [] : datesBetween(first, last);
}
