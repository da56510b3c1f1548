import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type AttributeChanges, type Condition, type Item, put, update, type Write } from '../../platform/dynamo/write';
import { RunConflict } from './domain/generation.errors';
import {
  type OutcomeCounts,
  RECORDED_OUTCOMES,
  type RecordedOutcome,
  type Run,
  type RunAttempt,
  type RunResult,
  type ShardCounts,
  totalCount,
} from './domain/run';
import { runTable } from './generation.schema';

const CALENDAR = 'daily';
const MAX_RUNS = 100;

/** The runs. Each write names the state it starts from, and is refused with `RunConflict` in any other. */
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

  /** The runs of a range of dates, both ends included, the latest first. */
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

  /** Creates a run. */
  create(run: Run): Write {
    const item = { calendar: CALENDAR, ...run };
    return put(this.table, item, { condition: 'attribute_not_exists(calendar)' }, () => new RunConflict());
  }

  /** Begins another attempt of a run that is over. If it ran in the future, since the clock was set back, it starts from scratch. */
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

  /** Claims the right to resume a stalled run; refused when it has moved or another task has claimed it. */
  claimResume(run: Run): Write {
    return this.updateRun(run, {}, 'movedAt = :seen', { seen: run.movedAt });
  }

  /** Shows that the one worker of a stage is alive; refused when the stage is over. */
  heartbeat(run: Run): Write {
    return this.updateRun(run, {}, 'stage = :stage AND #status = :running', { stage: run.stage, running: 'RUNNING' });
  }

  /** One more shard has counted its demand. */
  shardCounted(attempt: RunAttempt, hasWork: boolean): Write {
    return this.updateRun(attempt, { add: { remaining: -1, placing: hasWork ? 1 : 0 } }, 'stage = :count', {
      count: 'COUNT',
    });
  }

  /** The stock is reserved: the shards can place their orders. */
  startPlacing(run: Run): Write {
    return this.updateRun(
      run,
      { set: { stage: 'PLACE', remaining: run.placing } },
      'stage = :count AND remaining = :none',
      { count: 'COUNT', none: 0 },
    );
  }

  /** One more shard has placed its orders. */
  shardPlaced(attempt: RunAttempt, { counts, faults }: ShardCounts): Write {
    return this.updateRun(attempt, { add: { remaining: -1, faults, ...countIncrements(counts) } }, 'stage = :place', {
      place: 'PLACE',
    });
  }

  /** All subscriptions are decided. */
  complete(run: Run, { status, hasChanges }: RunResult, deferred: ShardCounts, now: Instant): Write {
    return this.updateRun(
      run,
      {
        set: { '#status': status, completedAt: hasChanges ? now : undefined },
        add: { faults: deferred.faults, ...countIncrements(deferred.counts) },
      },
      'stage = :place AND remaining = :none AND #status = :running',
      { place: 'PLACE', none: 0, running: 'RUNNING' },
    );
  }

  /** Begins the retry of unpaid orders. */
  startRetry(run: Run): Write {
    return this.updateRun(
      run,
      { set: { '#status': 'RUNNING', stage: 'RETRY', remaining: 0 } },
      '#status <> :running AND attribute_not_exists(retriedAt)',
      { running: 'RUNNING' },
    );
  }

  /** A retried order has another outcome now. */
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

  private updateRun({ date, round }: RunAttempt, change: AttributeChanges, condition: string, values: Item): Write {
    const usesStatus = condition.includes('#status') || '#status' in (change.set ?? {});
    const guard: Condition = {
      condition: `#round = :round AND ${condition}`,
      names: { round: 'round', ...(usesStatus && { status: 'status' }) },
      values: { round, ...values },
    };
    const set = { ...change.set, movedAt: this.clock.realNow() };
    return update(this.table, keyOf(date), { ...change, set }, guard, () => new RunConflict());
  }
}

function keyOf(date: LocalDate) {
  return { calendar: CALENDAR, date };
}

function countIncrements(counts: OutcomeCounts): Record<string, number> {
  return Object.fromEntries(
    RECORDED_OUTCOMES.flatMap((one) => (counts[one] === 0 ? [] : [[`counts.${one}`, counts[one]]])),
  );
}
