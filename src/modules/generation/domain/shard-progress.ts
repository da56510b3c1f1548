import type { ProductId } from '../../../kernel/ids';
import { type Decision, isUndecidable } from './decide';
import { type Run, type RunPass, type ShardCounts, shardsOf, ZERO_COUNTS } from './run';

/** The progress of one shard in a pass. */
export interface ShardProgress extends ShardCounts {
  /** The pass of the run; `round` is the stored name. */
  readonly round: number;
  /** Increases with every write. If two workers write the same shard, only one succeeds. */
  readonly version: number;
  readonly isDone: boolean;
  /** Units by product. While counting: the demand of the shard. While placing: what is left of the reserved stock. */
  readonly left: Readonly<Record<ProductId, number>>;
  /** When it was last written; real time, in milliseconds. */
  readonly movedAt?: number;
}

/** The progress of a shard at the start of a pass. */
export function newShardProgress({ round }: RunPass): ShardProgress {
  return { round, version: 1, isDone: false, left: {}, counts: ZERO_COUNTS, faults: 0 };
}

/** The progress after some decisions: counts their outcomes, and subtracts what they order from what is left. */
export function progressAfter(progress: ShardProgress, decisions: readonly Decision[]): ShardProgress {
  const left = { ...progress.left };
  const counts = { ...ZERO_COUNTS, ...progress.counts };
  let { faults } = progress;
  for (const decision of decisions) {
    if (decision.outcome === 'DEFERRED') continue;
    if (isUndecidable(decision)) faults++;
    else counts[decision.outcome]++;
    if (decision.outcome !== 'ORDERED') continue;
    for (const { productId, qty } of decision.items) left[productId] = (left[productId] ?? 0) - qty;
  }
  return { ...withNextVersion(progress), left, counts, faults };
}

export function withNextVersion(progress: ShardProgress): ShardProgress {
  return { ...progress, version: progress.version + 1 };
}

/** What is left of the reserved stock. */
export function unusedStock(left: ShardProgress['left']): { productId: ProductId; qty: number }[] {
  return Object.entries(left).flatMap(([productId, qty]) => (qty > 0 ? [{ productId, qty }] : []));
}

/**
 * The shards that still need a worker for the stage of a run. If progress was written after `stalledSince`, the shard
 * has one. Demand is counted in a single write, so nothing shows that a worker is counting it.
 */
export function unfinishedShards(
  run: Pick<Run, 'round' | 'stage' | 'shards'>,
  progress: readonly (ShardProgress | undefined)[],
  stalledSince: number,
): string[] {
  return shardsOf(run).filter((_, index) => {
    const shard = progress[index];
    if (shard?.round !== run.round) return true;
    return run.stage === 'PLACE' && !shard.isDone && (shard.movedAt ?? 0) <= stalledSince;
  });
}
