import type { Decision } from './decide';
import { ZERO_COUNTS } from './run';
import { newShardProgress, progressAfter, type ShardProgress, unfinishedShards, unusedStock } from './shard-progress';

const FIRST = newShardProgress({ date: '2026-12-02', round: 1 });
const ordered = (productId: string, qty: number) => ({ outcome: 'ORDERED', items: [{ productId, qty }] }) as Decision;

describe('the progress of a shard', () => {
  it('counts outcomes and faults, and subtracts ordered units from the remaining stock', () => {
    const decisions = [
      ordered('MILK', 2),
      ordered('CURD', 1),
      { outcome: 'PAUSED' } as Decision,
      { outcome: 'MISSED', missing: [] } as unknown as Decision,
      { outcome: 'MISSED', missing: [], fault: 'TypeError' } as unknown as Decision,
      { outcome: 'DEFERRED' } as Decision,
    ];
    expect(progressAfter({ ...FIRST, left: { MILK: 5 }, version: 3 }, decisions)).toEqual({
      ...FIRST,
      version: 4,
      left: { MILK: 3, CURD: -1 },
      counts: { ...ZERO_COUNTS, ORDERED: 2, PAUSED: 1, MISSED: 1 },
      faults: 1,
    });
  });

  it('counts an outcome that did not exist when the progress was stored', () => {
    const { MISSED: _, ...stored } = ZERO_COUNTS;
    const decisions = [{ outcome: 'MISSED', missing: [] } as unknown as Decision];
    expect(progressAfter({ ...FIRST, counts: stored as typeof ZERO_COUNTS }, decisions).counts.MISSED).toBe(1);
  });

  it('returns only stock that is left', () => {
    expect(unusedStock({ MILK: 2, CURD: 0, GHEE: -1 })).toEqual([{ productId: 'MILK', qty: 2 }]);
  });
});

describe('the shards that still need a worker', () => {
  const at = (changes: Partial<ShardProgress>): ShardProgress => ({ ...FIRST, ...changes });
  const progress = [undefined, at({ round: 0 }), at({ movedAt: 5 }), at({ movedAt: 6 }), at({ isDone: true })];
  const unfinished = (stage: 'COUNT' | 'PLACE', stalledSince: number) =>
    unfinishedShards({ round: 1, stage, shards: 5 }, progress, stalledSince);

  it('are those that have not counted in this pass', () => {
    expect(unfinished('COUNT', Infinity)).toEqual(['0', '1']);
  });

  it('are, while placing, those that are not done and have no recent progress', () => {
    expect(unfinished('PLACE', Infinity)).toEqual(['0', '1', '2', '3']);
    expect(unfinished('PLACE', 5)).toEqual(['0', '1', '2']);
  });
});
