import { hexDigestOf, prefixedUlid, shardOf, type SubscriptionId, type UserId } from '../../../kernel/ids';

/**
 * Each shard, even an empty one, costs a run about seven requests. It places hundreds of orders per second. See ADR 15.
 */
export const SUBSCRIPTION_SHARDS = 8;

/**
 * The prefix of all subscription ids of a user: the shard, then a hash of the user. So one read finds a subscription by
 * its id alone, and the subscriptions of one user are adjacent, oldest first.
 */
export function subscriptionIdPrefixOf(userId: UserId): string {
  const shard = String(shardOf(userId, SUBSCRIPTION_SHARDS)).padStart(2, '0');
  return `S${shard}${hexDigestOf(userId, 10)}`;
}

export const newSubscriptionId = (userId: UserId): SubscriptionId => prefixedUlid(subscriptionIdPrefixOf(userId));

/** The shard of a subscription. For a malformed id, a shard that is always empty. */
export function subscriptionShardOf(subscriptionId: SubscriptionId): string {
  return String(Number(/^S(\d\d)/.exec(subscriptionId)?.[1] ?? SUBSCRIPTION_SHARDS));
}

/** The partition keys of the subscription table. */
export const SHARDS: readonly string[] = Array.from({ length: SUBSCRIPTION_SHARDS }, (_, shard) => String(shard));
