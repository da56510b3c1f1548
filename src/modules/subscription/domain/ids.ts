import { hexDigestOf, prefixedUlid, shardOf, type SubscriptionId, type UserId } from '../../../kernel/ids';

/** Part of each subscription id, so it never changes. A run may cut the partitions into more shards. See ADR 15. */
export const PARTITION_COUNT = 8;

/** The partition keys of the subscription table. The stored attribute is `shard`. */
export const SUBSCRIPTION_PARTITIONS: readonly string[] = Array.from({ length: PARTITION_COUNT }, (_, index) =>
  String(index),
);

/**
 * The prefix of all subscription ids of a user: the partition, then a hash of the user. So one read finds a subscription
 * by its id alone, and the subscriptions of one user are adjacent, oldest first.
 */
export function subscriptionIdPrefixOf(userId: UserId): string {
  return `${partitionPrefixOf(String(shardOf(userId, PARTITION_COUNT)))}${hexDigestOf(userId, 10)}`;
}

export const newSubscriptionId = (userId: UserId): SubscriptionId => prefixedUlid(subscriptionIdPrefixOf(userId));

/** The partition of a subscription. For a malformed id, a partition that is always empty. */
export function subscriptionPartitionOf(subscriptionId: SubscriptionId): string {
  return String(Number(/^S(\d\d)/.exec(subscriptionId)?.[1] ?? PARTITION_COUNT));
}

/** What all ids of a partition begin with. */
export function partitionPrefixOf(partition: string): string {
  return `S${partition.padStart(2, '0')}`;
}
