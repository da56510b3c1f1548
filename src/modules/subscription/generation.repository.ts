import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { type AttributeChanges, type Condition, type Item, put, update, type Write } from '../../platform/dynamo/write';
import { type Counts, type Progress, RECORDED, type Recorded, type Round, type Run, sumOf } from './generation';
import { ProgressMoved, RunMoved } from './generation.errors';
import { expiryOf, progressTable, runTable } from './generation.schema';
import { SHARDS } from './subscription.repository';

const CALENDAR = 'daily';
const RUNS_AT_MOST = 100;

/** The runs, and how far their shards are: every write says which state it goes on from, and is refused in any other. */
@Injectable()
export class GenerationRepository {
  private readonly runs: string;
  private readonly shards: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.runs = database.tableName(runTable);
    this.shards = database.tableName(progressTable);
  }

  async find(date: LocalDate): Promise<Run | undefined> {
    return this.database.get<Run>({ table: this.runs, key: keyOf(date) });
  }

  /** The runs of some dates, both ends included, the latest first, at most so many. */
  async between(from: LocalDate, to: LocalDate, limit = RUNS_AT_MOST): Promise<readonly Run[]> {
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
  begin(run: Run): Write {
    const item = { calendar: CALENDAR, ...run };
    return put(this.runs, item, { condition: 'attribute_not_exists(calendar)' }, () => new RunMoved());
  }

  /** One more round of a run that is over. One that lies ahead, since the clock was set back, begins from scratch. */
  repeat(seen: Run, shards: number, now: Instant): Write {
    const isAhead = seen.roundAt > now;
    return this.change(
      seen,
      {
        set: {
          '#status': 'RUNNING',
          stage: 'COUNT',
          remaining: shards,
          placing: 0,
          faults: 0,
          decidedBefore: sumOf(seen.counts),
          roundAt: now,
          ...(isAhead && { startedAt: now }),
        },
        add: { round: 1 },
        remove: isAhead ? ['completedAt', 'retriedAt'] : [],
      },
      '#status <> :running',
      { running: 'RUNNING' },
    );
  }

  /** Somebody sends for all that a run still needs; `RunMoved` when it has moved, or somebody else does. */
  wakeUp(run: Run): Write {
    return this.change(run, {}, 'movedAt = :seen', { seen: run.movedAt });
  }

  /** Somebody is still at what only one is to be at; `RunMoved` when that is over. */
  stillAt(run: Run): Write {
    return this.change(run, {}, 'stage = :stage AND #status = :running', { stage: run.stage, running: 'RUNNING' });
  }

  /** One more shard has counted what it will need. */
  counted(round: Round, hasWork: boolean): Write {
    return this.change(round, { add: { remaining: -1, placing: hasWork ? 1 : 0 } }, 'stage = :count', {
      count: 'COUNT',
    });
  }

  /** All is counted and set aside: the orders can be placed. */
  startPlacing(run: Run): Write {
    return this.change(
      run,
      { set: { stage: 'PLACE', remaining: run.placing } },
      'stage = :count AND remaining = :none',
      { count: 'COUNT', none: 0 },
    );
  }

  /** One more shard has placed its orders. */
  placed(round: Round, { counts, faults }: Progress): Write {
    return this.change(round, { add: { remaining: -1, faults, ...moved(counts) } }, 'stage = :place', {
      place: 'PLACE',
    });
  }

  /** All is decided. */
  complete(
    run: Run,
    status: Run['status'],
    { counts, faults }: Pick<Progress, 'counts' | 'faults'>,
    at?: Instant,
  ): Write {
    return this.change(
      run,
      { set: { '#status': status, completedAt: at }, add: { faults, ...moved(counts) } },
      'stage = :place AND remaining = :none AND #status = :running',
      { place: 'PLACE', none: 0, running: 'RUNNING' },
    );
  }

  /** Those who were short of money are tried once more. */
  startRetry(run: Run): Write {
    return this.change(
      run,
      { set: { '#status': 'RUNNING', stage: 'RETRY', remaining: 0 } },
      '#status <> :running AND attribute_not_exists(retriedAt)',
      { running: 'RUNNING' },
    );
  }

  /** One of them has another outcome now. */
  recount(run: Run, to: Recorded): Write {
    return this.change(run, { add: { 'counts.SHORT_BALANCE': -1, [`counts.${to}`]: 1 } }, 'stage = :retry', {
      retry: 'RETRY',
    });
  }

  endRetry(run: Run, at: Instant): Write {
    return this.change(
      run,
      { set: { '#status': run.faults > 0 ? 'FAILED' : 'COMPLETED', retriedAt: at } },
      'stage = :retry AND #status = :running',
      { retry: 'RETRY', running: 'RUNNING' },
    );
  }

  /** How far a shard is; undefined when nobody has been at it. */
  async progressOf(date: LocalDate, shard: string): Promise<Progress | undefined> {
    return this.database.get<Progress>({ table: this.shards, key: shardKey(date, shard) });
  }

  /** How far a shard is with placing; undefined unless the run is at that, and the shard not done. */
  async placingOf({ date, round }: Round, shard: string): Promise<Progress | undefined> {
    const [run, progress] = (await this.database.batchGet([
      { table: this.runs, key: keyOf(date) },
      { table: this.shards, key: shardKey(date, shard) },
    ])) as [Run | undefined, Progress | undefined];
    const isPlacing = run?.stage === 'PLACE' && run.round === round;
    return isPlacing && progress?.round === round && !progress.isDone ? progress : undefined;
  }

  /** How far all shards are, in their order. */
  async progressOfAll(date: LocalDate): Promise<(Progress | undefined)[]> {
    const reads = SHARDS.map((shard) => ({ table: this.shards, key: shardKey(date, shard) }));
    return (await this.database.batchGet(reads)) as (Progress | undefined)[];
  }

  /** A shard's first step in a round; `ProgressMoved` when somebody has taken it. */
  firstStep({ date, round }: Round, shard: string, progress: Progress): Write {
    return this.step(date, shard, progress, {
      condition: 'attribute_not_exists(dateShard) OR #round < :round',
      names: { round: 'round' },
      values: { round },
    });
  }

  /** A shard is further now than it was seen; `ProgressMoved` when somebody else has got it further. */
  nextStep({ date }: Round, shard: string, seen: Progress, progress: Progress): Write {
    return this.step(date, shard, progress, {
      condition: '#version = :version AND #round = :round',
      names: { version: 'version', round: 'round' },
      values: { version: seen.version, round: seen.round },
    });
  }

  private step(date: LocalDate, shard: string, progress: Progress, guard: Condition): Write {
    const movedAt = this.clock.realNow();
    const item = { ...progress, ...shardKey(date, shard), movedAt, expiresAt: expiryOf(movedAt) };
    return put(this.shards, item, guard, () => new ProgressMoved());
  }

  private change({ date, round }: Round, change: AttributeChanges, condition: string, values: Item): Write {
    const usesStatus = condition.includes('#status') || '#status' in (change.set ?? {});
    const guard: Condition = {
      condition: `#round = :round AND ${condition}`,
      names: { round: 'round', ...(usesStatus && { status: 'status' }) },
      values: { round, ...values },
    };
    const set = { ...change.set, movedAt: this.clock.realNow() };
    return update(this.runs, keyOf(date), { ...change, set }, guard, () => new RunMoved());
  }
}

function keyOf(date: LocalDate) {
  return { calendar: CALENDAR, date };
}

function shardKey(date: LocalDate, shard: string) {
  return { dateShard: `${date}#${shard}` };
}

function moved(counts: Counts): Record<string, number> {
  return Object.fromEntries(RECORDED.flatMap((one) => (counts[one] === 0 ? [] : [[`counts.${one}`, counts[one]]])));
}
