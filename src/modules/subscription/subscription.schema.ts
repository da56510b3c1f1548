import { declareTable } from '../../platform/dynamo/table';

/** Needs no index: the id starts with the partition, stored as `shard`, and a hash of the user, so both are found by key. */
export const subscriptionTable = declareTable('Subscriptions', {
  shard: { type: String, hashKey: true },
  subscriptionId: { type: String, rangeKey: true },
  userId: String,
  startDate: String,
  endDate: String,
  cancelledFrom: String,
  terms: Array,
  pauses: Array,
  exceptions: Array,
  blocks: Array,
  generatedThrough: String,
  createdAt: String,
  version: Number,
});

/** The subscriptions of each customer that count towards their limit. Absent for customers of earlier versions. */
export const openSubscriptionsTable = declareTable('OpenSubscriptions', {
  userId: { type: String, hashKey: true },
  subscriptionIds: Array,
});
