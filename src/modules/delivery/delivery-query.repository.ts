import { Injectable } from '@nestjs/common';
import { Calendar, type Instant, type LocalDate } from '../../kernel/calendar';
import type { DeliveryId, UserId } from '../../kernel/ids';
import {
  decodeCursor,
  encodeCursor,
  type Page,
  pageAcrossPartitions,
  type PageRequest,
} from '../../platform/dynamo/cursor';
import { Database, type Query } from '../../platform/dynamo/database';
import { dayPartitions } from '../../platform/dynamo/day-partition';
import { readItem } from '../../platform/dynamo/read';
import { deliveryTable } from './delivery.schema';
import type { Delivery } from './domain/delivery';

/** The attributes of a delivery in the indexes. */
type IndexEntry = Pick<Delivery, 'deliveryId' | 'courierId' | 'deliverySlot'> & { readonly day?: string };

/** A range of delivery slots, both ends included. */
export interface Period {
  readonly from: Instant;
  readonly until: Instant;
}

/** How far a list has read a partition: up to an entry, or to the end. */
type ShardPosition = readonly [deliverySlot: Instant, deliveryId: string] | 'end';
type ShardPositions = Record<string, ShardPosition | undefined>;

/** Limits the queries per page: each date takes one per shard. */
const DATES_PER_PAGE = 8;

/** Lists deliveries by slot. The indexes are eventually consistent, so each delivery is read again from the table. */
@Injectable()
export class DeliveryQueryRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly calendar: Calendar,
  ) {
    this.table = database.tableName(deliveryTable);
  }

  /** A courier's deliveries with slots in a period, earliest slot first. */
  async findByCourier(courierId: UserId, period: Period, page: PageRequest): Promise<Page<Delivery>> {
    const { items, next } = await this.findInPeriod('byCourier', 'courierId', courierId, period, page);
    return { items: items.filter((delivery) => delivery.courierId === courierId), next };
  }

  /** The ids that the index lists for a courier and a period. Their deliveries may have changed since. */
  async idsByCourier(courierId: UserId, period: Period, page: PageRequest): Promise<Page<DeliveryId>> {
    const { items, next } = await this.entriesInPeriod('byCourier', 'courierId', courierId, period, page);
    return { items: items.map(({ deliveryId }) => deliveryId), next };
  }

  /** The deliveries that exist, in the order of the ids. */
  async findAll(deliveryIds: readonly DeliveryId[]): Promise<Delivery[]> {
    return this.hydrate(deliveryIds.map((deliveryId) => ({ deliveryId })));
  }

  /** The open deliveries of a shard that have no courier, with slots in a period, earliest slot first. */
  async findUnassigned(shard: number, period: Period, page: PageRequest): Promise<Page<Delivery>> {
    const { items, next } = await this.findInPeriod('byUnassigned', 'unassigned', String(shard), period, page);
    return { items: items.filter(({ courierId }) => courierId === undefined), next };
  }

  private async findInPeriod(
    index: string,
    attribute: string,
    value: string,
    period: Period,
    page: PageRequest,
  ): Promise<Page<Delivery>> {
    const { items, next } = await this.entriesInPeriod(index, attribute, value, period, page);
    return { items: await this.hydrate(items), next };
  }

  private async entriesInPeriod(
    index: string,
    attribute: string,
    value: string,
    { from, until }: Period,
    page: PageRequest,
  ): Promise<Page<IndexEntry>> {
    return this.database.queryPage<IndexEntry>(
      {
        TableName: this.table,
        IndexName: index,
        KeyConditionExpression: '#partition = :value AND deliverySlot BETWEEN :from AND :until',
        ExpressionAttributeNames: { '#partition': attribute },
        ExpressionAttributeValues: { ':value': value, ':from': from, ':until': until },
      },
      page,
    );
  }

  /** The deliveries of several local dates, date by date, each earliest slot first. */
  async findByDates(dates: readonly LocalDate[], page: PageRequest): Promise<Page<Delivery>> {
    return pageAcrossPartitions(dates, page, (date, inner) => this.findByDate(date, inner), DATES_PER_PAGE);
  }

  /** Reads up to a page of every shard and merges them by slot. The cursor stores where each shard continues. */
  private async findByDate(date: LocalDate, { limit, cursor }: PageRequest): Promise<Page<Delivery>> {
    const positions = (decodeCursor(cursor) ?? {}) as ShardPositions;
    const shards = await Promise.all(dayPartitions(date).map((day) => this.readShard(day, positions[day], limit)));
    const taken = shards
      .flatMap(({ day, items }) => items.map((entry) => ({ ...entry, day })))
      .sort((a, b) => (a.deliverySlot < b.deliverySlot ? -1 : a.deliverySlot > b.deliverySlot ? 1 : 0))
      .slice(0, limit);

    const reached: ShardPositions = {};
    for (const { day, items, next } of shards) {
      const ofShard = taken.filter((entry) => entry.day === day);
      const lastTaken = ofShard.at(-1);
      const isAtEnd = ofShard.length === items.length && next === undefined;
      reached[day] = isAtEnd ? 'end' : lastTaken ? [lastTaken.deliverySlot, lastTaken.deliveryId] : positions[day];
    }
    const isFinished = Object.values(reached).every((position) => position === 'end');
    const items = await this.hydrate(taken);
    return {
      items: items.filter(({ deliverySlot }) => this.calendar.dateOf(deliverySlot) === date),
      next: isFinished ? undefined : encodeCursor(reached),
    };
  }

  private async readShard(day: string, position: ShardPosition | undefined, limit: number) {
    if (position === 'end') return { day, items: [] };
    const after = position && { day, deliverySlot: position[0], deliveryId: position[1] };
    const query: Query = {
      TableName: this.table,
      IndexName: 'byDay',
      KeyConditionExpression: '#day = :day',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: { ':day': day },
    };
    return { day, ...(await this.database.queryPage<IndexEntry>(query, { limit, cursor: encodeCursor(after) })) };
  }

  private async hydrate(entries: readonly Pick<IndexEntry, 'deliveryId'>[]): Promise<Delivery[]> {
    const reads = entries.map(({ deliveryId }) => readItem<Delivery>(this.table, { deliveryId }));
    const deliveries = await this.database.batchGet(reads);
    return deliveries.filter((delivery) => delivery !== undefined);
  }
}
