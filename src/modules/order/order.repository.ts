import { Injectable } from '@nestjs/common';
import { Calendar, type Instant, type LocalDate } from '../../kernel/calendar';
import { type OrderId, orderNumberOf, shardOf, type UserId } from '../../kernel/ids';
import { iteratePages, type Page, pageAcrossPartitions, type PageRequest } from '../../platform/dynamo/cursor';
import { Database, type Query } from '../../platform/dynamo/database';
import { dayPartition, dayPartitions } from '../../platform/dynamo/day-partition';
import { type Read, readItem } from '../../platform/dynamo/read';
import { put, type Write } from '../../platform/dynamo/write';
import type { Order } from './domain/order';
import { OrderExists } from './domain/order.errors';
import { orderTable } from './order.schema';

export const UNPAID_SHARDS = 4;
/** Keys only, so a page of the index is small. */
const KEYS_PER_PAGE = 1_000;
const ORDERS_AT_ONCE = 100;

/** Reads orders and creates them. Later changes are in `OrderTransitions`. */
@Injectable()
export class OrderRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly calendar: Calendar,
  ) {
    this.table = database.tableName(orderTable);
  }

  readOf(orderId: OrderId): Read<Order | undefined> {
    return readItem<Order>(this.table, { orderId });
  }

  async find(orderId: OrderId): Promise<Order | undefined> {
    return this.database.get(this.readOf(orderId));
  }

  /** Orders by id, in the order of the ids. Undefined for ids without an order. */
  async findAll(orderIds: readonly OrderId[]): Promise<(Order | undefined)[]> {
    return this.database.batchGet(orderIds.map((orderId) => this.readOf(orderId)));
  }

  /** All orders, in no particular order. */
  async scan(page: PageRequest): Promise<Page<Order>> {
    return this.database.scanPage<Order>(this.table, page);
  }

  /**
   * The write that creates an order, with the keys of its indexes. `OrderExists` if the id is taken. The order of a
   * subscription gets its order number in the index with its first change, the assignment of its delivery, so that the
   * nightly run does not write to one more index.
   */
  create(order: Order): Write {
    const day = dayPartition(this.calendar.dateOf(order.deliverySlot), order.orderId);
    const unpaid = order.payBy && String(shardOf(order.orderId, UNPAID_SHARDS));
    const orderNumber = order.subscriptionId === undefined ? orderNumberOf(order.orderId) : undefined;
    return put(
      this.table,
      { ...order, day, unpaid, orderNumber },
      { condition: 'attribute_not_exists(orderId)' },
      () => new OrderExists(order.orderId),
    );
  }

  /** A customer's orders with slots from `from` to `to`, both included, latest slot first. */
  async findByUser(userId: UserId, from: Instant, to: Instant, page: PageRequest): Promise<Page<Order>> {
    return this.hydratePage(
      {
        TableName: this.table,
        IndexName: 'byUser',
        KeyConditionExpression: 'userId = :user AND deliverySlot BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':user': userId, ':from': from, ':to': to },
        ScanIndexForward: false,
      },
      page,
    );
  }

  /** The orders of several local dates, date by date. */
  async findByDates(dates: readonly LocalDate[], page: PageRequest): Promise<Page<Order>> {
    return pageAcrossPartitions(dates.flatMap(dayPartitions), page, (day, inner) =>
      this.hydratePage(this.dayQuery(day), inner),
    );
  }

  /**
   * Visits all orders of a local date, in no particular order, several partitions at once. The reads are eventually
   * consistent, which halves their cost.
   */
  async visitDay(date: LocalDate, visit: (orders: readonly Order[]) => void): Promise<void> {
    await Promise.all(
      dayPartitions(date).map(async (day) => {
        const pages = iteratePages(KEYS_PER_PAGE, (page) =>
          this.database.queryPage<Pick<Order, 'orderId'>>(this.dayQuery(day), page),
        );
        for await (const keys of pages) {
          for (let first = 0; first < keys.length; first += ORDERS_AT_ONCE) {
            const reads = keys.slice(first, first + ORDERS_AT_ONCE).map(({ orderId }) => this.readOf(orderId));
            const orders = await this.database.batchGet(reads, { consistent: false });
            visit(orders.filter((order) => order !== undefined));
          }
        }
      }),
    );
  }

  private dayQuery(day: string): Query {
    return {
      TableName: this.table,
      IndexName: 'byDay',
      KeyConditionExpression: '#day = :day',
      ExpressionAttributeNames: { '#day': 'day' },
      ExpressionAttributeValues: { ':day': day },
    };
  }

  /** The orders with an order number. */
  async findByNumber(orderNumber: string, page: PageRequest): Promise<Page<Order>> {
    return this.hydratePage(
      {
        TableName: this.table,
        IndexName: 'byNumber',
        KeyConditionExpression: 'orderNumber = :number',
        ExpressionAttributeValues: { ':number': orderNumber },
      },
      page,
    );
  }

  /** Unpaid orders of a shard whose deadline has passed. */
  async findOverdue(shard: number, now: Instant, page: PageRequest): Promise<Page<Order>> {
    return this.hydratePage(
      {
        TableName: this.table,
        IndexName: 'byUnpaid',
        KeyConditionExpression: 'unpaid = :shard AND payBy <= :now',
        ExpressionAttributeValues: { ':shard': String(shard), ':now': now },
      },
      page,
    );
  }

  /** A page of the orders that an index lists by their keys. */
  private async hydratePage(query: Query, request: PageRequest): Promise<Page<Order>> {
    const { items: keys, next } = await this.database.queryPage<Pick<Order, 'orderId'>>(query, request);
    const orders = await this.findAll(keys.map(({ orderId }) => orderId));
    return { items: orders.filter((order) => order !== undefined), next };
  }
}
