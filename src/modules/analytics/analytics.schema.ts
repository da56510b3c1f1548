import { declareTable } from '../../platform/dynamo/table';

/** The event log; `dateShard` is `date#hour#shard`, and in rows of earlier versions `date#shard`. */
export const analyticsEventTable = declareTable(
  'AnalyticsEvents',
  {
    dateShard: { type: String, hashKey: true },
    eventId: { type: String, rangeKey: true },
    event: Object,
  },
  { expires: true },
);

/**
 * What the events of a period add up to. `periodShard` is `date#shard` or `month#shard`, so that the writes of a day are
 * spread over partitions. `kind` is FIGURES, PRODUCTS (an attribute per product) or WALLETS. Money in minor units.
 */
export const analyticsFigureTable = declareTable('AnalyticsFigures', {
  periodShard: { type: String, hashKey: true },
  kind: { type: String, rangeKey: true },
});

/** The figures of a date as earlier versions counted them. Only read. */
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

/** A customer with an order on a date, so that they count once. */
export const activeCustomerTable = declareTable(
  'ActiveCustomers',
  {
    userId: { type: String, hashKey: true },
    date: { type: String, rangeKey: true },
  },
  { expires: true },
);
