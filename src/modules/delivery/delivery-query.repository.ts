import { Injectable } from '@nestjs/common';
import { InjectModel, type Model, type Query } from 'nestjs-dynamoose';
import { Calendar, type Instant, type LocalDate } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import {
  decodeCursor,
  encodeCursor,
  InvalidCursor,
  type Page,
  pageAcrossPartitions,
  type PageRequest,
} from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { dayPartitions } from '../../platform/dynamo/day-partition';
import { readItem } from '../../platform/dynamo/read';
import { deliveryTable } from './delivery.schema';
import type { Delivery } from './domain/delivery';

/** What an index holds of a delivery: keys only. */
type IndexEntry = Pick<Delivery, 'deliveryId' | 'courierId' | 'deliverySlot'> & { readonly day?: string };

/** Where a list over several partitions stands in one of them: after an entry, or at its end. */
type ShardPosition = readonly [deliverySlot: Instant, deliveryId: string] | 'end';
type ShardPositions = Record<string, ShardPosition | undefined>;

/** Every day takes a query a shard. */
const DATES_PER_PAGE = 8;

/** Deliveries by slot, found through the model's indexes, which may be a moment behind. */
@Injectable()
export class DeliveryQueryRepository {
  private readonly table: string;

  constructor(
    @InjectModel(deliveryTable.name) private readonly model: Model<Delivery & IndexEntry, Pick<Delivery, 'deliveryId'>>,
    private readonly database: Database,
    private readonly calendar: Calendar,
  ) {
    this.table = database.tableName(deliveryTable);
  }

  /** A courier's deliveries with slots from `from` to `until`, both included. */
  async findByCourier(courierId: UserId, from: Instant, until: Instant, page: PageRequest): Promise<Page<Delivery>> {
    const query = this.model.query('courierId').eq(courierId).using('byCourier');
    const after = decodeCursor(page.cursor);
    const entries = await this.readIndex(query.where('deliverySlot').between(from, until), page.limit, after);
    const items = await this.hydrate(entries.items);
    return { items: items.filter((delivery) => delivery.courierId === courierId), next: encodeCursor(entries.last) };
  }

  /** The deliveries of some local dates, date by date. */
  async findByDates(dates: readonly LocalDate[], page: PageRequest): Promise<Page<Delivery>> {
    return pageAcrossPartitions(dates, page, (date, inner) => this.findByDate(date, inner), DATES_PER_PAGE);
  }

  /** Reads as far ahead in each shard as the page is long, takes the earliest slots of all, and notes where that ends. */
  private async findByDate(date: LocalDate, { limit, cursor }: PageRequest): Promise<Page<Delivery>> {
    const positions = (decodeCursor(cursor) ?? {}) as ShardPositions;
    const shards = await Promise.all(dayPartitions(date).map((day) => this.readShard(day, positions[day], limit)));
    const taken = shards
      .flatMap(({ day, items }) => items.map((entry) => ({ ...entry, day })))
      .sort((a, b) => (a.deliverySlot < b.deliverySlot ? -1 : a.deliverySlot > b.deliverySlot ? 1 : 0))
      .slice(0, limit);

    const next: ShardPositions = {};
    for (const { day, items, last } of shards) {
      const ofShard = taken.filter((entry) => entry.day === day);
      const lastTaken = ofShard.at(-1);
      const isAtEnd = ofShard.length === items.length && last === undefined;
      next[day] = isAtEnd ? 'end' : lastTaken ? [lastTaken.deliverySlot, lastTaken.deliveryId] : positions[day];
    }
    const isFinished = Object.values(next).every((place) => place === 'end');
    const items = await this.hydrate(taken);
    return {
      items: items.filter(({ deliverySlot }) => this.calendar.dateOf(deliverySlot) === date),
      next: isFinished ? undefined : encodeCursor(next),
    };
  }

  private async readShard(day: string, position: ShardPosition | undefined, limit: number) {
    if (position === 'end') return { day, items: [], last: undefined };
    const after = position && { day, deliverySlot: position[0], deliveryId: position[1] };
    return { day, ...(await this.readIndex(this.model.query('day').eq(day).using('byDay'), limit, after)) };
  }

  /** A stretch of an index, after a key; `last` is where it goes on. */
  private async readIndex(query: Query<IndexEntry, unknown>, limit: number, after: object | undefined) {
    try {
      const found = await (after ? query.startAt(after) : query).limit(limit).exec();
      return { items: [...found] as IndexEntry[], last: found.lastKey };
    } catch (error) {
      const isInvalidKey = error instanceof Error && ['ValidationException', 'TypeMismatch'].includes(error.name);
      throw after && isInvalidKey ? new InvalidCursor() : error;
    }
  }

  private async hydrate(entries: readonly IndexEntry[]): Promise<Delivery[]> {
    const reads = entries.map(({ deliveryId }) => readItem<Delivery>(this.table, { deliveryId }));
    const deliveries = await this.database.batchGet(reads);
    return deliveries.filter((delivery) => delivery !== undefined);
  }
}
