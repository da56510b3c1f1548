import type { LocalDate } from '../../platform/calendar';
import { declareTable } from '../../platform/dynamo/table';
import { type OrderId, shardOf } from '../../platform/ids';

/** Enough partitions for a whole day's deliveries to be assigned within minutes. */
const DAY_SHARDS = 8;

/** The partition of a day's list that a delivery stands in. */
export function dayPartition(date: LocalDate, orderId: OrderId): string {
  return `${date}#${shardOf(orderId, DAY_SHARDS)}`;
}

export function dayPartitions(date: LocalDate): string[] {
  return Array.from({ length: DAY_SHARDS }, (_, shard) => `${date}#${shard}`);
}

/** All indexes hold keys only: a change of status costs nothing on them. */
export const deliveryTable = declareTable('Deliveries', {
  deliveryId: { type: String, hashKey: true },
  courierId: { type: String, index: { name: 'byCourier', type: 'global', rangeKey: 'deliverySlot', project: false } },
  /** `date#shard` of the delivery slot. */
  day: { type: String, index: { name: 'byDay', type: 'global', rangeKey: 'deliverySlot', project: false } },
  deliverySlot: String,
  orderId: String,
  userId: String,
  status: String,
  address: String,
  amount: Number,
  history: Array,
  version: Number,
  createdAt: String,
});

/** Which courier a customer had last. */
export const roundTable = declareTable('DeliveryRounds', {
  userId: { type: String, hashKey: true },
  courierId: String,
});
