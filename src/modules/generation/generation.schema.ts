import { declareTable } from '../../platform/dynamo/table';

/** Longer than the time in which an unfinished run is still resumed. */
const RETENTION_SECONDS = 60 * 24 * 60 * 60;

/** When the working data of a run expires, in seconds as DynamoDB expects it. `realNow` is in milliseconds. */
export function expiryOf(realNow: number): number {
  return Math.floor(realNow / 1_000) + RETENTION_SECONDS;
}

/** One row per date, all in one partition, so that one query finds the runs in order. */
export const runTable = declareTable('GenerationRuns', {
  calendar: { type: String, hashKey: true },
  date: { type: String, rangeKey: true },
  status: String,
  stage: String,
  round: Number,
  shards: Number,
  remaining: Number,
  placing: Number,
  counts: Object,
  faults: Number,
  decidedBefore: Number,
  deferred: Number,
  startedAt: String,
  roundAt: String,
  completedAt: String,
  retriedAt: String,
  movedAt: Number,
});

/** The progress of each shard, with what is left of its reserved stock. Each shard has its own partition. */
export const shardProgressTable = declareTable(
  'GenerationShards',
  {
    dateShard: { type: String, hashKey: true },
    round: Number,
    version: Number,
    isDone: Boolean,
    left: Object,
    counts: Object,
    faults: Number,
    movedAt: Number,
  },
  { expires: true },
);

/** The reserved stock of each product with its price, or that the product is scarce or withdrawn. */
export const stockReservationTable = declareTable(
  'GenerationAllotments',
  {
    dateRound: { type: String, hashKey: true },
    productId: { type: String, rangeKey: true },
    state: String,
    qty: Number,
    name: String,
    price: Number,
    unit: String,
    taxRate: Number,
  },
  { expires: true },
);

/** The deferred subscriptions, oldest first. */
export const deferredTable = declareTable(
  'GenerationWaiting',
  {
    dateRound: { type: String, hashKey: true },
    place: { type: String, rangeKey: true },
    subscriptionId: String,
  },
  { expires: true },
);

/** Why a subscription got no order on a date. */
export const outcomeTable = declareTable('Occurrences', {
  dateShard: { type: String, hashKey: true },
  subscriptionId: { type: String, rangeKey: true },
  userId: String,
  outcome: String,
  items: Array,
  missing: Array,
  amount: Number,
  deliverySlot: String,
  address: String,
  paymentMethod: String,
  fault: String,
  isFinal: Boolean,
});
