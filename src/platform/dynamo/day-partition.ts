import type { LocalDate } from '../../kernel/calendar';
import { shardOf } from '../../kernel/ids';

/** Enough partitions to write all items of one day within minutes. */
const DAY_SHARDS = 8;

/** The partition of an item in the list of a day: `date#shard`. */
export function dayPartition(date: LocalDate, id: string): string {
  return `${date}#${shardOf(id, DAY_SHARDS)}`;
}

export function dayPartitions(date: LocalDate): string[] {
  return Array.from({ length: DAY_SHARDS }, (_, shard) => `${date}#${shard}`);
}
