import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type AttributeChanges, type Condition, type Item, put, update, type Write } from '../../platform/dynamo/write';
import { SHARDS } from '../subscription';
import { RunConflict, ShardProgressConflict } from './domain/generation.errors';
import {
  type OutcomeCounts,
  RECORDED_OUTCOMES,
  type RecordedOutcome,
  type Run,
  type RunAttempt,
  type ShardProgress,
  totalCount,
} from './domain/run';
import { expiryOf, runTable, shardProgressTable } from './generation.schema';

const CALENDAR = 'daily';
const MAX_RUNS = 100;

/** The runs, and how far their shards are: every write says which state it goes on from, and is refused in any other. */
@Injectable()
export class RunRepository {
  private readonly runs: string;
  private readonly shards: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.runs = database.tableName(runTable);
    this.shards = database.tableName(shardProgressTable);
  }

  async find(date: LocalDate): Promise<Run | undefined> {
    return this.database.get(this.readOf(date));
  }

  /** The runs of some dates, both ends included, the latest first, at most so many. */
  async listBetween(from: LocalDate, to: LocalDate, limit = MAX_RUNS): Promise<readonly Run[]> {
    const { items } = await this.database.queryPage<Run>(
      {
        TableName: this.runs,
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

  /** A run that nobody has begun yet. */
  create(run: Run): Write {
    const item = { calendar: CALENDAR, ...run };
    return put(this.runs, item, { condition: 'attribute_not_exists(calendar)' }, () => new RunConflict());
  }

  /** One more round of a run that is over. One that lies ahead, since the clock was set back, begins from scratch. */
  restart(run: Run, shards: number, now: Instant): Write {
    const isInFuture = run.roundAt > now;
    return this.updateRun(
      run,
      {
        set: {
          '#status': 'RUNNING',
          stage: 'COUNT',
          remaining: shards,
          placing: 0,
          faults: 0,
          decidedBefore: totalCount(run.counts),
          roundAt: now,
          ...(isInFuture && { startedAt: now }),
        },
        add: { round: 1 },
        remove: isInFuture ? ['completedAt', 'retriedAt'] : [],
      },
      '#status <> :running',
      { running: 'RUNNING' },
    );
  }

  /** Somebody sends for all that a run still needs; `RunMoved` when it has moved, or somebody else does. */
  claimResume(run: Run): Write {
    return this.updateRun(run, {}, 'movedAt = :seen', { seen: run.movedAt });
  }

  /** Somebody is still at what only one is to be at; `RunMoved` when that is over. */
  heartbeat(run: Run): Write {
    return this.updateRun(run, {}, 'stage = :stage AND #status = :running', { stage: run.stage, running: 'RUNNING' });
  }

  /** One more shard has counted what it will need. */
  shardCounted(attempt: RunAttempt, hasWork: boolean): Write {
    return this.updateRun(attempt, { add: { remaining: -1, placing: hasWork ? 1 : 0 } }, 'stage = :count', {
      count: 'COUNT',
    });
  }

  /** All is counted and set aside: the orders can be placed. */
  startPlacing(run: Run): Write {
    return this.updateRun(
      run,
      { set: { stage: 'PLACE', remaining: run.placing } },
      'stage = :count AND remaining = :none',
      { count: 'COUNT', none: 0 },
    );
  }

  /** One more shard has placed its orders. */
  shardPlaced(attempt: RunAttempt, { counts, faults }: ShardProgress): Write {
    return this.updateRun(attempt, { add: { remaining: -1, faults, ...countIncrements(counts) } }, 'stage = :place', {
      place: 'PLACE',
    });
  }

  /** All is decided. */
  complete(
    run: Run,
    status: Run['status'],
    { counts, faults }: Pick<ShardProgress, 'counts' | 'faults'>,
    at?: Instant,
  ): Write {
    return this.updateRun(
      run,
      { set: { '#status': status, completedAt: at }, add: { faults, ...countIncrements(counts) } },
      'stage = :place AND remaining = :none AND #status = :running',
      { place: 'PLACE', none: 0, running: 'RUNNING' },
    );
  }

  /** Those who were short of money are tried once more. */
  startRetry(run: Run): Write {
    return this.updateRun(
      run,
      { set: { '#status': 'RUNNING', stage: 'RETRY', remaining: 0 } },
      '#status <> :running AND attribute_not_exists(retriedAt)',
      { running: 'RUNNING' },
    );
  }

  /** One of them has another outcome now. */
  resolveShortBalance(run: Run, outcome: RecordedOutcome): Write {
    return this.updateRun(run, { add: { 'counts.SHORT_BALANCE': -1, [`counts.${outcome}`]: 1 } }, 'stage = :retry', {
      retry: 'RETRY',
    });
  }

  completeRetry(run: Run, at: Instant): Write {
    return this.updateRun(
      run,
      { set: { '#status': run.faults > 0 ? 'FAILED' : 'COMPLETED', retriedAt: at } },
      'stage = :retry AND #status = :running',
      { retry: 'RETRY', running: 'RUNNING' },
    );
  }

  /** How far a shard is; undefined when nobody has been at it. */
  async progressOf(date: LocalDate, shard: string): Promise<ShardProgress | undefined> {
    return this.database.get(this.progressReadOf(date, shard));
  }

  /** How far a shard is with placing; undefined unless the run is at that, and the shard not done. */
  async placingProgressOf({ date, round }: RunAttempt, shard: string): Promise<ShardProgress | undefined> {
    const reads = [this.readOf(date), this.progressReadOf(date, shard)] as const;
    const [run, progress] = await this.database.batchGet(reads);
    const isPlacing = run?.stage === 'PLACE' && run.round === round;
    return isPlacing && progress?.round === round && !progress.isDone ? progress : undefined;
  }

  /** How far all shards are, in their order. */
  async progressOfAllShards(date: LocalDate): Promise<(ShardProgress | undefined)[]> {
    return this.database.batchGet(SHARDS.map((shard) => this.progressReadOf(date, shard)));
  }

  private readOf(date: LocalDate): Read<Run | undefined> {
    return readItem<Run>(this.runs, runKey(date));
  }

  private progressReadOf(date: LocalDate, shard: string): Read<ShardProgress | undefined> {
    return readItem<ShardProgress>(this.shards, shardKey(date, shard));
  }

  /** A shard's first step in a round; `ProgressMoved` when somebody has taken it. */
  startProgress({ date, round }: RunAttempt, shard: string, progress: ShardProgress): Write {
    return this.putProgress(date, shard, progress, {
      condition: 'attribute_not_exists(dateShard) OR #round < :round',
      names: { round: 'round' },
      values: { round },
    });
  }

  /** A shard is further now than it was seen; `ProgressMoved` when somebody else has got it further. */
  saveProgress({ date }: RunAttempt, shard: string, current: ShardProgress, progress: ShardProgress): Write {
    return this.putProgress(date, shard, progress, {
      condition: '#version = :version AND #round = :round',
      names: { version: 'version', round: 'round' },
      values: { version: current.version, round: current.round },
    });
  }

  private putProgress(date: LocalDate, shard: string, progress: ShardProgress, guard: Condition): Write {
    const movedAt = this.clock.realNow();
    const item = { ...progress, ...shardKey(date, shard), movedAt, expiresAt: expiryOf(movedAt) };
    return put(this.shards, item, guard, () => new ShardProgressConflict());
  }

  private updateRun({ date, round }: RunAttempt, change: AttributeChanges, condition: string, values: Item): Write {
    const usesStatus = condition.includes('#status') || '#status' in (change.set ?? {});
    const guard: Condition = {
      condition: `#round = :round AND ${condition}`,
      names: { round: 'round', ...(usesStatus && { status: 'status' }) },
      values: { round, ...values },
    };
    const set = { ...change.set, movedAt: this.clock.realNow() };
    return update(this.runs, runKey(date), { ...change, set }, guard, () => new RunConflict());
  }
}

function runKey(date: LocalDate) {
  return { calendar: CALENDAR, date };
}

function shardKey(date: LocalDate, shard: string) {
  return { dateShard: `${date}#${shard}` };
}

function countIncrements(counts: OutcomeCounts): Record<string, number> {
  return Object.fromEntries(
    RECORDED_OUTCOMES.flatMap((one) => (counts[one] === 0 ? [] : [[`counts.${one}`, counts[one]]])),
  );
}
