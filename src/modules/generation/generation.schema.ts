import { declareTable } from '../../platform/dynamo/table';

/** Longer than a run that stands still is looked for. */
const RETENTION_SECONDS = 60 * 24 * 60 * 60;

/** When what an evening leaves behind goes, in seconds as DynamoDB wants it; from real time in milliseconds. */
export function expiryOf(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000) + RETENTION_SECONDS;
}

/** One row a date, all in one partition, so that the dates that have runs are found in order. */
export const runTable = declareTable('GenerationRuns', {
  calendar: { type: String, hashKey: true },
  date: { type: String, rangeKey: true },
  status: String,
  stage: String,
  round: Number,
  remaining: Number,
  placing: Number,
  counts: Object,
  faults: Number,
  decidedBefore: Number,
  startedAt: String,
  roundAt: String,
  completedAt: String,
  retriedAt: String,
  movedAt: Number,
});

/** How far each shard is, and what it holds of what was set aside; a partition each, since all move at once. */
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

/** What was set aside of a product for an evening, at which price; or that there was not enough, or that it is withdrawn. */
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
  },
  { expires: true },
);

/** Who waits until all others are served, in order of age. */
export const deferredTable = declareTable(
  'GenerationWaiting',
  {
    dateRound: { type: String, hashKey: true },
    place: { type: String, rangeKey: true },
    subscriptionId: String,
  },
  { expires: true },
);

/** Why nothing came on a date on which something was to come. */
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
  fault: String,
  isFinal: Boolean,
});
