import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type AttributeChanges, type Condition, put, update, type Write } from '../../platform/dynamo/write';
import { RunConflict } from './domain/generation.errors';
import {
  EARLIER_SHARDS,
  type OutcomeCounts,
  RECORDED_OUTCOMES,
  type RecordedOutcome,
  type Run,
  type RunPass,
  type RunResult,
  type ShardCounts,
  shardCountOf,
  type ShardWork,
  totalCount,
} from './domain/run';
import { runTable } from './generation.schema';

const CALENDAR = 'daily';
const MAX_RUNS = 100;
const IS_OVER = { condition: '#status <> :running', names: { status: 'status' }, values: { running: 'RUNNING' } };

/** The runs. Each write requires a state, and fails with `RunConflict` in any other. */
@Injectable()
export class RunRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(runTable);
  }

  readOf(date: LocalDate): Read<Run | undefined> {
    return readItem<Run>(this.table, keyOf(date));
  }

  async find(date: LocalDate): Promise<Run | undefined> {
    return this.database.get(this.readOf(date));
  }

  /** The runs of a range of dates, both ends included, latest first. */
  async listBetween(from: LocalDate, to: LocalDate, limit = MAX_RUNS): Promise<readonly Run[]> {
    const { items } = await this.database.queryPage<Run>(
      {
        TableName: this.table,
        KeyConditionExpression: 'calendar = :calendar AND #date BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#date': 'date' },
        ExpressionAttributeValues: { ':calendar': CALENDAR, ':from': from, ':to': to },
        ConsistentRead: true,
        ScanIndexForward: false,
      },
      { limit },
    );
    return items;
  }

  /** A page of the runs, latest date first. */
  async list(page: PageRequest): Promise<Page<Run>> {
    return this.database.queryPage<Run>(
      {
        TableName: this.table,
        KeyConditionExpression: 'calendar = :calendar',
        ExpressionAttributeValues: { ':calendar': CALENDAR },
        ConsistentRead: true,
        ScanIndexForward: false,
      },
      page,
    );
  }

  /** Creates a run. */
  create(run: Run): Write {
    const item = { calendar: CALENDAR, ...run };
    return put(this.table, item, { condition: 'attribute_not_exists(calendar)' }, () => new RunConflict());
  }

  /**
   * Starts another pass of a run that has ended, with its own number of shards. A run that began in the future, before the clock was set back, loses
   * its times.
   */
  restart(run: Run, shards: number, now: Instant): Write {
    const isInFuture = run.roundAt > now;
    const decidedBefore = totalCount(run.counts);
    const first = {
      stage: 'COUNT',
      shards,
      remaining: shards,
      placing: 0,
      faults: 0,
      decidedBefore,
      roundAt: now,
    } as const;
    const change = {
      set: { ...first, status: 'RUNNING', ...(isInFuture && { startedAt: now }) },
      add: { round: 1 },
      remove: isInFuture ? ['completedAt', 'retriedAt'] : [],
    };
    return this.updateRun(run, {}, change, IS_OVER);
  }

  /** Claims the right to resume a stalled run; refused if another task has written the run since. */
  claimResume(run: Run): Write {
    return this.updateRun(run, { movedAt: run.movedAt }, {});
  }

  /** Shows that the only worker of a stage is alive; refused once the stage has ended. */
  heartbeat(run: Run): Write {
    return this.updateRun(run, { stage: run.stage, status: 'RUNNING' }, {});
  }

  /** Records that one more shard has counted its demand. Refused if the run has another number of shards. */
  shardCounted(work: ShardWork, hasWork: boolean): Write {
    const change = { add: { remaining: -1, placing: hasWork ? 1 : 0 } };
    return this.updateRun(work, { stage: 'COUNT' }, change, hasShards(shardCountOf(work)));
  }

  /** Records that the stock is reserved, so that the shards can place their orders. */
  startPlacing(run: Run): Write {
    const change = { set: { stage: 'PLACE', remaining: run.placing } };
    return this.updateRun(run, { stage: 'COUNT', remaining: 0 }, change);
  }

  /** Records that one more shard has placed its orders. */
  shardPlaced(pass: RunPass, { counts, faults }: ShardCounts): Write {
    const change = { add: { remaining: -1, faults, ...countIncrements(counts) } };
    return this.updateRun(pass, { stage: 'PLACE' }, change);
  }

  /** Ends a pass, which has processed all subscriptions. */
  complete(run: Run, { status, hasChanges }: RunResult, { counts, faults }: ShardCounts, now: Instant): Write {
    const change = {
      set: { status, completedAt: hasChanges ? now : undefined },
      add: { faults, deferred: totalCount(counts), ...countIncrements(counts) },
    };
    return this.updateRun(run, { stage: 'PLACE', remaining: 0, status: 'RUNNING' }, change);
  }

  /** Starts the retry, at most once for a run. */
  startRetry(run: Run, now: Instant): Write {
    const isDue = { ...IS_OVER, condition: `${IS_OVER.condition} AND attribute_not_exists(retriedAt)` };
    return this.updateRun(
      run,
      {},
      { set: { status: 'RUNNING', stage: 'RETRY', remaining: 0, retryStartedAt: now } },
      isDue,
    );
  }

  /** Counts a retried subscription under its new outcome. */
  changeOutcome(run: Run, from: RecordedOutcome, to: RecordedOutcome): Write {
    const change = { add: { [`counts.${from}`]: -1, [`counts.${to}`]: 1 } };
    return this.updateRun(run, { stage: 'RETRY' }, change);
  }

  completeRetry(run: Run, now: Instant): Write {
    const change = { set: { status: run.faults > 0 ? 'FAILED' : 'COMPLETED', retriedAt: now } };
    return this.updateRun(run, { stage: 'RETRY', status: 'RUNNING' }, change);
  }

  /** Changes a run that is in the expected state and in the same pass. */
  private updateRun(
    { date, round }: RunPass,
    expected: Partial<Run>,
    change: AttributeChanges,
    guard: Condition = {},
  ): Write {
    const state = Object.entries({ round, ...expected });
    const conditions = [...state.map(([name]) => `#${name} = :${name}`), ...(guard.condition ? [guard.condition] : [])];
    return update(
      this.table,
      keyOf(date),
      { ...change, set: { ...change.set, movedAt: this.clock.realNow() } },
      {
        condition: conditions.join(' AND '),
        names: { ...Object.fromEntries(state.map(([name]) => [name, name])), ...guard.names },
        values: { ...Object.fromEntries(state), ...guard.values },
      },
      () => new RunConflict(),
    );
  }
}

/** Runs of earlier versions do not store their number of shards. */
function hasShards(shards: number): Condition {
  const isStored = '#shards = :shards';
  return {
    condition: shards === EARLIER_SHARDS ? `(attribute_not_exists(#shards) OR ${isStored})` : isStored,
    names: { shards: 'shards' },
    values: { shards },
  };
}

function keyOf(date: LocalDate) {
  return { calendar: CALENDAR, date };
}

function countIncrements(counts: OutcomeCounts): Record<string, number> {
  return Object.fromEntries(
    RECORDED_OUTCOMES.flatMap((one) => (counts[one] === 0 ? [] : [[`counts.${one}`, counts[one]]])),
  );
}
