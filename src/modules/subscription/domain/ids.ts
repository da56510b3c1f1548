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

/** Bounds of subscription ids. No id equals a bound, because ids are longer. */
export interface IdRange {
  readonly from?: SubscriptionId;
  readonly to?: SubscriptionId;
}

/** A part of all subscriptions: a partition, or a range of its ids. */
export interface SubscriptionSlice extends IdRange {
  readonly partition: string;
}

/** Parts into which a partition can be cut. */
export const MAX_PARTS = 16;
const BOUND_DIGITS = 4;

/**
 * One of `count` slices of all subscriptions, a multiple of the partitions. It cuts each partition into equal ranges of
 * the hash that follows in the id. The hash is uniform and does not depend on the partition, and all subscriptions of a
 * user have the same. The first and the last range are open, so that no id is left out.
 */
export function sliceOf(index: number, count: number): SubscriptionSlice {
  const partition = String(index % PARTITION_COUNT);
  const part = Math.floor(index / PARTITION_COUNT);
  const parts = count / PARTITION_COUNT;
  const boundAt = (share: number) => {
    const hash = Math.floor(share * 16 ** BOUND_DIGITS).toString(16);
    return partitionPrefixOf(partition) + hash.toUpperCase().padStart(BOUND_DIGITS, '0');
  };
  return {
    partition,
    from: part === 0 ? undefined : boundAt(part / parts),
    to: part === parts - 1 ? undefined : boundAt((part + 1) / parts),
  };
}
