import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../kernel/calendar';
import { type SubscriptionId, type UserId } from '../../kernel/ids';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type Item, put, update, type Write } from '../../platform/dynamo/write';
import { subscriptionIdPrefixOf, subscriptionShardOf } from './domain/ids';
import type { Subscription } from './domain/subscription';
import { SubscriptionConflict } from './domain/subscription.errors';
import { subscriptionTable } from './subscription.schema';

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
  async ofUser(userId: UserId, page: PageRequest): Promise<Page<Subscription>> {
    return this.queryUser(userId, page);
  }

  /** Like `ofUser`, but without the subscriptions that have no delivery from a date on, because they have ended. */
  async openOfUser(userId: UserId, from: LocalDate, page: PageRequest): Promise<Page<Subscription>> {
    const isOpen =
      ' AND (attribute_not_exists(endDate) OR endDate >= :from)' +
      ' AND (attribute_not_exists(cancelledFrom) OR cancelledFrom > :from)';
    return this.queryUser(userId, page, isOpen, { ':from': from });
  }

  /** The subscriptions of a shard, by id: those of one user are adjacent, oldest first. Read consistently. */
  async ofShard(shard: string, page: PageRequest): Promise<Page<Subscription>> {
    return this.database.queryPage(
      {
        TableName: this.table,
        KeyConditionExpression: '#shard = :shard',
        ExpressionAttributeNames: { '#shard': 'shard' },
        ExpressionAttributeValues: { ':shard': shard },
        ConsistentRead: true,
      },
      page,
    );
  }

  private async queryUser(
    userId: UserId,
    page: PageRequest,
    filter = '',
    values: Item = {},
  ): Promise<Page<Subscription>> {
    const idPrefix = subscriptionIdPrefixOf(userId);
    const shard = subscriptionShardOf(idPrefix);
    return this.database.queryPage(
      {
        TableName: this.table,
        KeyConditionExpression: '#shard = :shard AND begins_with(subscriptionId, :ids)',
        FilterExpression: `userId = :user${filter}`,
        ExpressionAttributeNames: { '#shard': 'shard' },
        ExpressionAttributeValues: { ':shard': shard, ':ids': idPrefix, ':user': userId, ...values },
        ConsistentRead: true,
        ScanIndexForward: false,
      },
      page,
    );
  }

  create(subscription: Subscription): Write {
    return put(
      this.table,
      { shard: subscriptionShardOf(subscription.subscriptionId), ...subscription },
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
  return { shard: subscriptionShardOf(subscriptionId), subscriptionId };
}
