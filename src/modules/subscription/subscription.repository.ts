import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../kernel/calendar';
import { type SubscriptionId, type UserId } from '../../kernel/ids';
import { collectAll, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { Database, type Query } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { put, update, type Write } from '../../platform/dynamo/write';
import { type IdRange, subscriptionIdPrefixOf, subscriptionPartitionOf } from './domain/ids';
import type { Subscription } from './domain/subscription';
import { SubscriptionConflict } from './domain/subscription.errors';
import { subscriptionTable } from './subscription.schema';

/** The largest subscriptions have thousands of lines. More of them would take too long to parse in one go. */
const READ_AT_ONCE = 6;
const IDS_AT_ONCE = 1_000;

@Injectable()
export class SubscriptionRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(subscriptionTable);
  }

  readOf(subscriptionId: SubscriptionId): Read<Subscription | undefined> {
    return readItem<Subscription>(this.table, keyOf(subscriptionId));
  }

  async find(subscriptionId: SubscriptionId): Promise<Subscription | undefined> {
    return this.database.get(this.readOf(subscriptionId));
  }

  /** A user's subscriptions, newest first. */
  async ofUser(userId: UserId, { limit, cursor }: PageRequest): Promise<Page<Subscription>> {
    const items: Subscription[] = [];
    let next = cursor;
    do {
      const slice = { limit: Math.min(limit - items.length, READ_AT_ONCE), cursor: next };
      const page = await this.queryUser<Subscription>(userId, slice);
      items.push(...page.items);
      ({ next } = page);
    } while (next !== undefined && items.length < limit);
    return { items, next };
  }

  /**
   * A user's subscriptions that have a delivery on or after a date, or may have one: neither ended nor cancelled before
   * it. In no particular order.
   */
  async openOfUser(userId: UserId, from: LocalDate): Promise<Subscription[]> {
    const { items, next } = await this.queryUser<Subscription>(userId, { limit: READ_AT_ONCE }, openFrom(from));
    const open = [...items];
    if (next === undefined) return open;
    // There may be very many that have ended, so the others are found by their ids first.
    const rest = await collectAll(IDS_AT_ONCE, ({ limit, cursor = next }) =>
      this.queryUser<Pick<Subscription, 'subscriptionId'>>(
        userId,
        { limit, cursor },
        { ...openFrom(from), ProjectionExpression: 'subscriptionId' },
      ),
    );
    for (let first = 0; first < rest.length; first += READ_AT_ONCE) {
      const reads = rest.slice(first, first + READ_AT_ONCE).map(({ subscriptionId }) => this.readOf(subscriptionId));
      open.push(...(await this.database.batchGet(reads)).filter((one) => one !== undefined));
    }
    return open;
  }

  /**
   * The subscriptions of a partition, or of a range of its ids, by id: those of one user are adjacent, oldest first. Read
   * consistently.
   */
  async ofPartition(partition: string, page: PageRequest, range: IdRange = {}): Promise<Page<Subscription>> {
    const { condition, values } = idCondition(range);
    return this.database.queryPage(
      {
        TableName: this.table,
        KeyConditionExpression: `#shard = :shard${condition}`,
        ExpressionAttributeNames: { '#shard': 'shard' },
        ExpressionAttributeValues: { ':shard': partition, ...values },
        ConsistentRead: true,
      },
      page,
    );
  }

  private async queryUser<T extends object>(
    userId: UserId,
    page: PageRequest,
    { FilterExpression: filter, ExpressionAttributeValues: values, ...projection }: Partial<Query> = {},
  ): Promise<Page<T>> {
    const idPrefix = subscriptionIdPrefixOf(userId);
    const partition = subscriptionPartitionOf(idPrefix);
    return this.database.queryPage(
      {
        TableName: this.table,
        KeyConditionExpression: '#shard = :shard AND begins_with(subscriptionId, :ids)',
        FilterExpression: filter === undefined ? 'userId = :user' : `userId = :user AND ${filter}`,
        ExpressionAttributeNames: { '#shard': 'shard' },
        ExpressionAttributeValues: { ':shard': partition, ':ids': idPrefix, ':user': userId, ...values },
        ConsistentRead: true,
        ScanIndexForward: false,
        ...projection,
      },
      page,
    );
  }

  create(subscription: Subscription): Write {
    return put(
      this.table,
      { shard: subscriptionPartitionOf(subscription.subscriptionId), ...subscription },
      { condition: 'attribute_not_exists(subscriptionId)' },
      () => new Error(`Subscription ${subscription.subscriptionId} already exists`),
    );
  }

  /**
   * The write of a change. `SubscriptionConflict` if the subscription has changed since it was read, or if
   * generation has decided `from`, the first date that changes.
   */
  update({ subscriptionId, version }: Subscription, changed: Subscription, from: LocalDate): Write {
    const { terms, pauses, exceptions, blocks, endDate, cancelledFrom } = changed;
    return update(
      this.table,
      keyOf(subscriptionId),
      {
        set: { terms, pauses, exceptions, blocks, endDate, cancelledFrom },
        remove: endDate === undefined ? ['endDate'] : [],
        add: { version: 1 },
      },
      { condition: 'version = :seen AND generatedThrough < :from', values: { seen: version, from } },
      () => new SubscriptionConflict(),
    );
  }

  /**
   * The write that records that a date is decided. `SubscriptionConflict` if it is decided already, or if the customer
   * has changed the subscription since it was read.
   */
  markGenerated({ subscriptionId, version }: Subscription, date: LocalDate): Write {
    return update(
      this.table,
      keyOf(subscriptionId),
      { set: { generatedThrough: date } },
      { condition: 'version = :seen AND generatedThrough < :date', values: { seen: version, date } },
      () => new SubscriptionConflict(),
    );
  }
}

function keyOf(subscriptionId: SubscriptionId) {
  return { shard: subscriptionPartitionOf(subscriptionId), subscriptionId };
}

/** DynamoDB allows a single condition on the sort key. */
function idCondition({ from, to }: IdRange): { readonly condition: string; readonly values: Record<string, string> } {
  if (from !== undefined && to !== undefined) {
    return { condition: ' AND subscriptionId BETWEEN :from AND :to', values: { ':from': from, ':to': to } };
  }
  if (from !== undefined) return { condition: ' AND subscriptionId >= :from', values: { ':from': from } };
  if (to !== undefined) return { condition: ' AND subscriptionId < :to', values: { ':to': to } };
  return { condition: '', values: {} };
}

function openFrom(date: LocalDate): Partial<Query> {
  return {
    FilterExpression:
      '(attribute_not_exists(endDate) OR endDate >= :from) AND ' +
      '(attribute_not_exists(cancelledFrom) OR cancelledFrom > :from)',
    ExpressionAttributeValues: { ':from': date },
  };
}
