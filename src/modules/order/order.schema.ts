import type { LocalDate } from '../../platform/calendar';
import { declareTable } from '../../platform/dynamo/table';
import { type OrderId, shardOf } from '../../platform/ids';

/** Enough partitions for a whole day's orders to be written within minutes. */
const DAY_SHARDS = 8;

/** The partition of a day's list that an order stands in. */
export function dayPartition(date: LocalDate, orderId: OrderId): string {
  return `${date}#${shardOf(orderId, DAY_SHARDS)}`;
}

export function dayPartitions(date: LocalDate): string[] {
  return Array.from({ length: DAY_SHARDS }, (_, shard) => `${date}#${shard}`);
}

/** All indexes hold keys only: a change of status costs nothing on them. */
export const orderTable = declareTable('Orders', {
  orderId: { type: String, hashKey: true },
  userId: { type: String, index: { name: 'byUser', type: 'global', rangeKey: 'deliverySlot', project: false } },
  /** `date#shard` of the delivery slot. */
  day: { type: String, index: { name: 'byDay', type: 'global', rangeKey: 'deliverySlot', project: false } },
  /** A shard, only while the order waits to be paid. */
  unpaid: { type: String, index: { name: 'byUnpaid', type: 'global', rangeKey: 'payBy', project: false } },
  payBy: String,
  deliverySlot: String,
  status: String,
  items: Array,
  amount: Number,
  address: String,
  history: Array,
  payment: Object,
  delivery: Object,
  createdAt: String,
  version: Number,
});
