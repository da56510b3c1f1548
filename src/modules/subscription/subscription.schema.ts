import { declareTable } from '../../platform/dynamo/table';

/** No index: the id carries its shard and a mark of its user, so that both find it by key. */
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
  generatedThrough: String,
  createdAt: String,
  version: Number,
});
