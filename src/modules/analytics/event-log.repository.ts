import { Injectable } from '@nestjs/common';
import { type LocalDate, millisecondsOf } from '../../kernel/calendar';
import { type EventId, shardOf } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { put, type Write } from '../../platform/dynamo/write';
import { analyticsEventTable } from './analytics.schema';
import type { AnalyticsEvent } from './domain/analytics-event';
import { AlreadyCounted } from './domain/analytics.errors';

/** Four partitions take 2,000 events a second in transactions. They are those of one hour. */
const SHARDS = 4;
const RETENTION_SECONDS = 400 * 24 * 60 * 60;

/** Where an event is in the log. */
export interface LogSlot {
  readonly date: LocalDate;
  /** `00` to `23`, local time. */
  readonly hour: string;
}

/** The partitions of a date in the order of their events. The first are those of earlier versions, without an hour. */
const HOURS = ['', ...Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))];

/** The last event of a page. */
export interface LogPosition {
  readonly hour: string;
  readonly eventId: EventId;
}

type LoggedEvent = LogPosition & { readonly event: AnalyticsEvent };

/** The event log. */
@Injectable()
export class EventLogRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(analyticsEventTable);
  }

  /** Adds an event to the log; `AlreadyCounted` if it is already there. */
  append(slot: LogSlot, event: AnalyticsEvent): Write {
    const expiresAt = Math.floor(millisecondsOf(event.timestamp) / 1000) + RETENTION_SECONDS;
    return put(
      this.table,
      { ...keyOf(slot, event.eventId), event, expiresAt },
      { condition: 'attribute_not_exists(eventId)' },
      () => new AlreadyCounted(),
    );
  }

  readOf(slot: LogSlot, eventId: EventId): Read<object | undefined> {
    return readItem(this.table, keyOf(slot, eventId));
  }

  /** At most `limit` events of a date, by their hour and then their ids, starting after a position. */
  async eventsOf(date: LocalDate, limit: number, after?: LogPosition): Promise<LoggedEvent[]> {
    const found: LoggedEvent[] = [];
    for (const hour of HOURS.slice(after ? HOURS.indexOf(after.hour) : 0)) {
      const afterId = hour === after?.hour ? after.eventId : undefined;
      found.push(...(await this.eventsOfHour({ date, hour }, limit - found.length, afterId)));
      if (found.length === limit) break;
    }
    return found;
  }

  isPosition(position: object | undefined): position is LogPosition {
    const { hour, eventId } = (position ?? {}) as Record<string, unknown>;
    return typeof hour === 'string' && HOURS.includes(hour) && typeof eventId === 'string' && eventId !== '';
  }

  private async eventsOfHour(slot: LogSlot, limit: number, after?: EventId): Promise<LoggedEvent[]> {
    const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
    const parts = await Promise.all(shards.map((shard) => this.eventsOfShard(partitionOf(slot, shard), limit, after)));
    return parts
      .flat()
      .sort((a, b) => (a.eventId < b.eventId ? -1 : 1))
      .slice(0, limit)
      .map(({ event, eventId }) => ({ hour: slot.hour, eventId, event }));
  }

  private async eventsOfShard(dateShard: string, limit: number, after?: EventId): Promise<readonly LoggedEvent[]> {
    const { items } = await this.database.queryPage<LoggedEvent>(
      {
        TableName: this.table,
        KeyConditionExpression:
          after === undefined ? 'dateShard = :dateShard' : 'dateShard = :dateShard AND eventId > :after',
        ExpressionAttributeValues: { ':dateShard': dateShard, ...(after !== undefined && { ':after': after }) },
        ConsistentRead: true,
      },
      { limit },
    );
    return items;
  }
}

function keyOf(slot: LogSlot, eventId: EventId) {
  return { dateShard: partitionOf(slot, shardOf(eventId, SHARDS)), eventId };
}

function partitionOf({ date, hour }: LogSlot, shard: number): string {
  return [date, hour, shard].filter((part) => part !== '').join('#');
}
