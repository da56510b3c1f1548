import { Injectable } from '@nestjs/common';
import { type LocalDate, millisecondsOf } from '../../kernel/calendar';
import { type EventId, shardOf } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { readItem } from '../../platform/dynamo/read';
import { put, update, type Write } from '../../platform/dynamo/write';
import { analyticsDayTable, analyticsEventTable } from './analytics.schema';
import type { AnalyticsEvent, Figures } from './domain/analytics';
import { AlreadyLogged } from './domain/analytics.errors';

const EVENT_SHARDS = 4;
/** A report of 366 days reads 30 batches of 100 keys. */
const DAY_SHARDS = 8;
const RETENTION_SECONDS = 400 * 24 * 60 * 60;

/** Partial sums of one date. */
type DaySums = Partial<Figures> & { readonly date: LocalDate };

interface LoggedEvent {
  readonly dateShard: string;
  readonly eventId: EventId;
  readonly event: AnalyticsEvent;
}

/** The event log and the daily figures. */
@Injectable()
export class AnalyticsRepository {
  private readonly events: string;
  private readonly days: string;

  constructor(private readonly database: Database) {
    this.events = database.tableName(analyticsEventTable);
    this.days = database.tableName(analyticsDayTable);
  }

  /** Adds an event to the log of its day; `AlreadyLogged` if it is already there. */
  appendEvent(date: LocalDate, event: AnalyticsEvent): Write {
    const { eventId, timestamp } = event;
    const expiresAt = Math.floor(millisecondsOf(timestamp) / 1000) + RETENTION_SECONDS;
    return put(
      this.events,
      { dateShard: dateShardOf(date, shardOf(eventId, EVENT_SHARDS)), eventId, event, expiresAt },
      { condition: 'attribute_not_exists(eventId)' },
      () => new AlreadyLogged(),
    );
  }

  /** Adds an event's figures to those of its day. */
  addFigures(date: LocalDate, eventId: EventId, figures: Partial<Figures>): Write {
    const shard = String(shardOf(eventId, DAY_SHARDS));
    return update(this.days, { date, shard }, { add: figures });
  }

  /** The partial sums of some dates. Dates without events have none. */
  async sumsOf(dates: readonly LocalDate[]): Promise<DaySums[]> {
    const keys = dates.flatMap((date) => shardNumbers(DAY_SHARDS).map((shard) => ({ date, shard: String(shard) })));
    const sums = await this.database.batchGet(
      keys.map((key) => readItem<DaySums>(this.days, key)),
      { consistent: false },
    );
    return sums.filter((sum) => sum !== undefined);
  }

  /** At most `limit` events of a date, in the order of their ids, starting after the id `after`. */
  async eventsOf(date: LocalDate, limit: number, after: EventId = ''): Promise<AnalyticsEvent[]> {
    const parts = await Promise.all(
      shardNumbers(EVENT_SHARDS).map((shard) => this.eventsOfShard(dateShardOf(date, shard), limit, after)),
    );
    return parts
      .flat()
      .sort((a, b) => (a.eventId < b.eventId ? -1 : 1))
      .slice(0, limit)
      .map(({ event }) => event);
  }

  private async eventsOfShard(dateShard: string, limit: number, after: EventId): Promise<readonly LoggedEvent[]> {
    const values = { ':dateShard': dateShard, ...(after !== '' && { ':after': after }) };
    const { items } = await this.database.queryPage<LoggedEvent>(
      {
        TableName: this.events,
        KeyConditionExpression: after === '' ? 'dateShard = :dateShard' : 'dateShard = :dateShard AND eventId > :after',
        ExpressionAttributeValues: values,
        ConsistentRead: true,
      },
      { limit },
    );
    return items;
  }
}

function dateShardOf(date: LocalDate, shard: number): string {
  return `${date}#${shard}`;
}

function shardNumbers(count: number): number[] {
  return Array.from({ length: count }, (_, shard) => shard);
}
