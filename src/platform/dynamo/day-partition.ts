import type { LocalDate } from '../../kernel/calendar';
import { shardOf } from '../../kernel/ids';

/** Enough partitions for what belongs to one day to be written within minutes. */
const DAY_SHARDS = 8;

/** The partition of a day's list that something stands in: `date#shard`. */
export function dayPartition(date: LocalDate, id: string): string {
  return `${date}#${shardOf(id, DAY_SHARDS)}`;
}

export function dayPartitions(date: LocalDate): string[] {
  return Array.from({ length: DAY_SHARDS }, (_, shard) => `${date}#${shard}`);
}
