import { declareTable } from '../../platform/dynamo/table';

/** The event log; `dateShard` is `date#shard`. */
export const analyticsEventTable = declareTable(
  'AnalyticsEvents',
  {
    dateShard: { type: String, hashKey: true },
    eventId: { type: String, rangeKey: true },
    event: Object,
  },
  { expires: true },
);

/** The figures of a local date, in shards so that writes do not compete for one row. Money in minor units. */
export const analyticsDayTable = declareTable('AnalyticsDays', {
  date: { type: String, hashKey: true },
  shard: { type: String, rangeKey: true },
  orders: Number,
  revenue: Number,
  cancelled: Number,
  refunded: Number,
  delivered: Number,
  failed: Number,
});
