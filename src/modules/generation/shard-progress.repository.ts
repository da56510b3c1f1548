import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type Condition, put, type Write } from '../../platform/dynamo/write';
import { ShardProgressConflict } from './domain/generation.errors';
import { type Run, type RunPass, shardCountOf, shardsOf, type ShardWork } from './domain/run';
import type { ShardProgress } from './domain/shard-progress';
import { expiryOf, shardProgressTable } from './generation.schema';
import { RunRepository } from './run.repository';

/** The progress of the shards of a run. Each has its own partition, since all of them write at the same time. */
@Injectable()
export class ShardProgressRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly runs: RunRepository,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(shardProgressTable);
  }

  async find(date: LocalDate, shard: string): Promise<ShardProgress | undefined> {
    return this.database.get(this.readOf(date, shard));
  }

  /** The progress of all shards of a run, in the order of `shardsOf`; undefined for a shard that has none. */
  async listAll(run: Run): Promise<(ShardProgress | undefined)[]> {
    return this.database.batchGet(shardsOf(run).map((shard) => this.readOf(run.date, shard)));
  }

  /**
   * The progress of a shard with orders to place; undefined if it is done, or the run is in another stage or pass, or has
   * another number of shards.
   */
  async findPlacing(work: ShardWork): Promise<ShardProgress | undefined> {
    const { date, round, shard } = work;
    const [run, progress] = await this.database.batchGet([this.runs.readOf(date), this.readOf(date, shard)]);
    const isPlacing = run?.stage === 'PLACE' && run.round === round && shardCountOf(run) === shardCountOf(work);
    return isPlacing && progress?.round === round && !progress.isDone ? progress : undefined;
  }

  /** Stores the first progress of a shard in a pass; `ShardProgressConflict` if there is one. */
  start({ date, round }: RunPass, shard: string, progress: ShardProgress): Write {
    return this.put(date, shard, progress, {
      condition: 'attribute_not_exists(dateShard) OR #round < :round',
      names: { round: 'round' },
      values: { round },
    });
  }

  /** Replaces the progress that was read; `ShardProgressConflict` if another worker has replaced it. */
  save({ date }: RunPass, shard: string, current: ShardProgress, progress: ShardProgress): Write {
    return this.put(date, shard, progress, {
      condition: '#version = :version AND #round = :round',
      names: { version: 'version', round: 'round' },
      values: { version: current.version, round: current.round },
    });
  }

  private put(date: LocalDate, shard: string, progress: ShardProgress, guard: Condition): Write {
    const movedAt = this.clock.realNow();
    const item = { ...progress, ...keyOf(date, shard), movedAt, expiresAt: expiryOf(movedAt) };
    return put(this.table, item, guard, () => new ShardProgressConflict());
  }

  private readOf(date: LocalDate, shard: string): Read<ShardProgress | undefined> {
    return readItem<ShardProgress>(this.table, keyOf(date, shard));
  }
}

function keyOf(date: LocalDate, shard: string) {
  return { dateShard: `${date}#${shard}` };
}
