import { addMinutes, datesBetween, type Instant, type LocalDate } from '../../../kernel/calendar';
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
  'BLOCKED',
] as const satisfies readonly Outcome[];
export type RecordedOutcome = (typeof RECORDED_OUTCOMES)[number];
export type OutcomeCounts = Readonly<Record<RecordedOutcome, number>>;

export const ZERO_COUNTS = Object.fromEntries(RECORDED_OUTCOMES.map((outcome) => [outcome, 0])) as OutcomeCounts;

/** FAILED: the run has ended, but some subscriptions were undecidable. The first pass is repeated once by itself. */
export type RunStatus = 'RUNNING' | 'COMPLETED' | 'FAILED';

/**
 * COUNT: every shard adds up its demand, then the stock is reserved. PLACE: every shard places its orders, then the
 * deferred subscriptions get theirs. RETRY: in the early morning, unpaid orders are retried.
 */
export type RunStage = 'COUNT' | 'PLACE' | 'RETRY';

/** The order generation of one date. Some names are those of the stored attributes: a pass is stored as `round`. */
export interface Run {
  readonly date: LocalDate;
  readonly status: RunStatus;
  readonly stage: RunStage;
  /** The number of the pass. Repeating a run starts another pass, for the subscriptions that are still undecided. */
  readonly round: number;
  /** The shards of the current pass. A run of an earlier version lacks it: `shardCountOf`. */
  readonly shards?: number;
  /** Shards that have not finished the stage. */
  readonly remaining: number;
  /** Shards that have orders to place, of those that have counted their demand. */
  readonly placing: number;
  /** A run stored by an earlier version lacks the outcomes that were added later. */
  readonly counts: Partial<OutcomeCounts>;
  /** Undecidable subscriptions in this pass. */
  readonly faults: number;
  /** Subscriptions that were decided before this pass. */
  readonly decidedBefore?: number;
  /** Deferred subscriptions of all passes. Only these may have missed a product that was sold out. */
  readonly deferred?: number;
  readonly startedAt: Instant;
  /** When this pass began. */
  readonly roundAt: Instant;
  readonly completedAt?: Instant;
  /** When the RETRY stage began. */
  readonly retryStartedAt?: Instant;
  /** When the RETRY stage ended. */
  readonly retriedAt?: Instant;
  /** When the run was last written; real time, in milliseconds. */
  readonly movedAt: number;
}

/** What made subscriptions undecidable may have passed by then. */
const FAULTS_REPEATED_AFTER_MINUTES = 5;

/** One pass of a run. */
export type RunPass = Pick<Run, 'date' | 'round'>;

/** The work of one shard in a stage. */
export interface ShardWork extends RunPass {
  readonly stage: 'COUNT' | 'PLACE';
  readonly shard: string;
  /** The shards of the pass. A message of an earlier version lacks it: `shardCountOf`. */
  readonly shards?: number;
}

/** The number of shards in earlier versions, which stored it neither in runs nor in messages. */
export const EARLIER_SHARDS = 8;

/** How many shards the current pass of a run has. The setting may have changed since the pass began. */
export function shardCountOf({ shards = EARLIER_SHARDS }: Pick<Run, 'shards'>): number {
  return shards;
}

export function shardsOf(run: Pick<Run, 'shards'>): string[] {
  return Array.from({ length: shardCountOf(run) }, (_, shard) => String(shard));
}

export function newRun(date: LocalDate, shards: number, now: Instant, realNow: number): Run {
  return {
    date,
    status: 'RUNNING',
    stage: 'COUNT',
    round: 1,
    shards,
    remaining: shards,
    placing: 0,
    counts: ZERO_COUNTS,
    faults: 0,
    startedAt: now,
    roundAt: now,
    movedAt: realNow,
  };
}

/** How many shards have counted their demand and placed their orders. Undefined unless the run is doing that. */
export function progressOf(run: Run): { readonly done: number; readonly total: number } | undefined {
  const { status, stage, remaining } = run;
  if (status !== 'RUNNING' || stage === 'RETRY') return undefined;
  const shards = shardCountOf(run);
  return { done: (stage === 'COUNT' ? shards : 2 * shards) - remaining, total: 2 * shards };
}

export function addCounts(counts: Partial<OutcomeCounts>, added: Partial<OutcomeCounts>): OutcomeCounts {
  return Object.fromEntries(
    RECORDED_OUTCOMES.map((outcome) => [outcome, (counts[outcome] ?? 0) + (added[outcome] ?? 0)]),
  ) as OutcomeCounts;
}

export function totalCount(counts: Partial<OutcomeCounts>): number {
  return RECORDED_OUTCOMES.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
}

/** What a shard adds to the counts of its run. */
export interface ShardCounts {
  readonly counts: OutcomeCounts;
  readonly faults: number;
}

/** How a pass ends. */
export interface RunResult {
  readonly status: 'COMPLETED' | 'FAILED';
  readonly counts: OutcomeCounts;
  /** False if a repeated run decided nothing new: then it keeps its time of completion, and no event is published. */
  readonly hasChanges: boolean;
}

/** The result of a run once all shards are finished and the deferred subscriptions are decided. */
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
  /** By this moment every change that was made before the cutoff is stored. */
  changesSettledAt(date: LocalDate): Instant;
  retryAt(date: LocalDate): Instant;
}

/**
 * The action for the oldest date that is not done. A run begins only for a date that is due. It is repeated if it began
 * too close to the cutoff to see every change, or in the future, before the clock was set back, or if its first pass left
 * subscriptions undecided. A run in progress is resumed even if its date is no longer due.
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
  if (isDue && isRepeatedByItself(run, now, deadlines) && addMinutes(roundAt, FAULTS_REPEATED_AFTER_MINUTES) <= now) {
    return 'REPEAT';
  }
  const mayPlaceMore = (run.counts.SHORT_BALANCE ?? 0) > 0 || (run.deferred ?? 0) > 0;
  return mayPlaceMore && run.retriedAt === undefined && deadlines.retryAt(date) <= now ? 'RETRY' : undefined;
}

/** Whether a run will be repeated, because its first pass left subscriptions undecided, and it is not yet retried. */
export function isRepeatedByItself(run: Run, now: Instant, deadlines: Pick<RunDeadlines, 'retryAt'>): boolean {
  return run.status === 'FAILED' && run.round === 1 && run.retriedAt === undefined && now < deadlines.retryAt(run.date);
}

/**
 * The first date that can be run: the first catch-up date, or the date of the oldest run if that is later. The runs are
 * sorted latest first.
 */
export function firstDateToRun(runs: readonly Run[], firstCatchUp: LocalDate): LocalDate {
  const oldest = runs.at(-1)?.date ?? firstCatchUp;
  return oldest > firstCatchUp ? oldest : firstCatchUp;
}

/** The dates that need a run; none if the last is before the first. */
export function datesToRun(first: LocalDate, last: LocalDate): LocalDate[] {
  return first > last ? [] : datesBetween(first, last);
}
