import type { SubscriptionId } from '../../../kernel/ids';
import { PARTITION_COUNT, partitionPrefixOf } from './ids';

/** Bounds of subscription ids. No id equals a bound, because ids are longer. */
export interface IdRange {
  readonly from?: SubscriptionId;
  readonly to?: SubscriptionId;
}

/** A part of all subscriptions: a partition, or a range of its ids. */
export interface SubscriptionSlice extends IdRange {
  readonly partition: string;
}

/** Parts into which a partition can be cut. */
export const MAX_PARTS = 16;
const BOUND_DIGITS = 4;

/**
 * One of `count` slices of all subscriptions, a multiple of the partitions. It cuts each partition into equal ranges of
 * the hash that follows in the id. The hash is uniform and does not depend on the partition, and all subscriptions of a
 * user have the same. The first and the last range are open, so that no id is left out.
 */
export function sliceOf(index: number, count: number): SubscriptionSlice {
  const partition = String(index % PARTITION_COUNT);
  const part = Math.floor(index / PARTITION_COUNT);
  const parts = count / PARTITION_COUNT;
  const boundAt = (share: number) => {
    const hash = Math.floor(share * 16 ** BOUND_DIGITS).toString(16);
    return partitionPrefixOf(partition) + hash.toUpperCase().padStart(BOUND_DIGITS, '0');
  };
  return {
    partition,
    from: part === 0 ? undefined : boundAt(part / parts),
    to: part === parts - 1 ? undefined : boundAt((part + 1) / parts),
  };
}
