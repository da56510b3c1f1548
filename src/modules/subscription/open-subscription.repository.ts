import { Injectable } from '@nestjs/common';
import type { SubscriptionId, UserId } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { put, update, type Write } from '../../platform/dynamo/write';
import type { Subscription } from './domain/subscription';
import { SubscriptionConflict } from './domain/subscription.errors';
import { openSubscriptionsTable } from './subscription.schema';

/** The list of a customer's subscriptions is full, has changed, or does not exist yet. */
export class NoRoomListed extends SubscriptionConflict {
  constructor(readonly listed: readonly SubscriptionId[] | undefined) {
    super('The subscription cannot be added to the list of its customer');
  }
}

/**
 * A list per customer that names the subscriptions which had not ended when it was last rewritten. Every creation
 * changes it, so that two cannot take the last place. See ADR 28.
 */
@Injectable()
export class OpenSubscriptionRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(openSubscriptionsTable);
  }

  async find(userId: UserId): Promise<readonly SubscriptionId[] | undefined> {
    return this.database.get({ table: this.table, key: { userId }, parse: listOf });
  }

  /** Adds a subscription to a list that has fewer than `max`. `NoRoomListed`. */
  add({ userId, subscriptionId }: Subscription, max: number): Write {
    return update(
      this.table,
      { userId },
      { appendToLists: { subscriptionIds: [subscriptionId] } },
      { condition: 'attribute_exists(userId) AND size(subscriptionIds) < :max', values: { max } },
      (old) => new NoRoomListed(listOf(old)),
    );
  }

  /** Replaces the list, if it still is the one that was seen. `NoRoomListed`. */
  replace(
    userId: UserId,
    seen: readonly SubscriptionId[] | undefined,
    subscriptionIds: readonly SubscriptionId[],
  ): Write {
    return put(
      this.table,
      { userId, subscriptionIds },
      seen ? { condition: 'subscriptionIds = :seen', values: { seen } } : { condition: 'attribute_not_exists(userId)' },
      (old) => new NoRoomListed(listOf(old)),
    );
  }
}

function listOf(item: Record<string, unknown> | undefined): readonly SubscriptionId[] | undefined {
  return item?.subscriptionIds as readonly SubscriptionId[] | undefined;
}
