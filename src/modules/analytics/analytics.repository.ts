import { Injectable } from '@nestjs/common';
import { type LocalDate, millisecondsOf } from '../../kernel/calendar';
import { type EventId, shardOf } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { put, update, type Write } from '../../platform/dynamo/write';
import type { AnalyticsEvent, Figures } from './analytics';
import { LoggedBefore } from './analytics.errors';
import { analyticsDayTable, analyticsEventTable } from './analytics.schema';

const EVENT_SHARDS = 4;
/** 366 days of these are 30 batches of 100 keys. */
const DAY_SHARDS = 8;
const KEPT_SECONDS = 400 * 24 * 60 * 60;

interface LoggedEvent {
  readonly dateShard: string;
  readonly eventId: EventId;
  readonly event: AnalyticsEvent;
}

/** The event log and the figures of the days: everything here goes through the document client. */
@Injectable()
export class AnalyticsRepository {
  private readonly events: string;
  private readonly days: string;

  constructor(private readonly database: Database) {
    this.events = database.tableName(analyticsEventTable);
    this.days = database.tableName(analyticsDayTable);
  }

  /** Puts an event into the log of its day; `LoggedBefore` when it is there. */
  log(date: LocalDate, event: AnalyticsEvent): Write {
    const { eventId, timestamp } = event;
    const expiresAt = Math.floor(millisecondsOf(timestamp) / 1000) + KEPT_SECONDS;
    return put(
      this.events,
      { dateShard: dateShardOf(date, shardOf(eventId, EVENT_SHARDS)), eventId, event, expiresAt },
      { condition: 'attribute_not_exists(eventId)' },
      () => new LoggedBefore(),
    );
  }

  /** Adds an event's figures to those of its day. */
  count(date: LocalDate, eventId: EventId, moved: Partial<Figures>): Write {
    const shard = String(shardOf(eventId, DAY_SHARDS));
    return update(this.days, { date, shard }, { add: moved });
  }

  /** The partial sums of some dates; dates on which nothing happened have none. */
  async sumsOf(dates: readonly LocalDate[]): Promise<(Partial<Figures> & { date: LocalDate })[]> {
    const keys = dates.flatMap((date) => shards(DAY_SHARDS).map((shard) => ({ date, shard: String(shard) })));
    const items = await this.database.batchGet(
      keys.map((key) => ({ table: this.days, key })),
      { consistent: false },
    );
    return items.filter((item) => item !== undefined) as unknown as (Partial<Figures> & { date: LocalDate })[];
  }

  /** The first so many events of a date after one of them, or from the beginning, in the order of their ids. */
  async eventsOf(date: LocalDate, limit: number, after: EventId = ''): Promise<AnalyticsEvent[]> {
    const parts = await Promise.all(
      shards(EVENT_SHARDS).map((shard) => this.part(dateShardOf(date, shard), limit, after)),
    );
    return parts
      .flat()
      .sort((a, b) => (a.eventId < b.eventId ? -1 : 1))
      .slice(0, limit)
      .map(({ event }) => event);
  }

  private async part(dateShard: string, limit: number, after: EventId): Promise<readonly LoggedEvent[]> {
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

function shards(count: number): number[] {
  return Array.from({ length: count }, (_, shard) => shard);
}
