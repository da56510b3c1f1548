import fc from 'fast-check';
import { choosePlace, planSplit, sharesToGather, totalOf, withUnits } from './stock-split';

describe('the split of a stock', () => {
  it('gives every share as much as the row of the product keeps, and loses no unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (stock) => {
        const plan = planSplit(stock);
        if (!plan) return stock < 200;
        const own = stock - plan.shares * plan.unitsEach;
        return plan.shares <= 96 && plan.unitsEach >= 100 && own >= plan.unitsEach && own < 2 * plan.unitsEach + 96;
      }),
    );
  });

  it('does not split a small stock', () => {
    expect(planSplit(199)).toBeUndefined();
    expect(planSplit(200)).toEqual({ shares: 1, unitsEach: 100 });
    expect(planSplit(1_000_000)).toMatchObject({ shares: 96 });
  });

  it('takes a line from a place that covers it', () => {
    const split = { splitId: 'S', own: 3, shares: [0, undefined, 5] };
    expect(totalOf(split)).toBe(8);
    expect(choosePlace(split, 4, () => 0)).toBe(2);
    expect(choosePlace(split, 3, () => 0)).toBe('own');
    expect(choosePlace(split, 3, () => 0.99)).toBe(2);
    expect(choosePlace(split, 6, () => 0)).toBeUndefined();
    expect(withUnits(split, 2, -5).shares).toEqual([0, undefined, 0]);
    expect(withUnits(split, 1, -5)).toEqual(split);
    expect(withUnits(split, 'own', 1).own).toBe(4);
  });

  it('gathers as few shares as hold the units', () => {
    const shares = new Map([
      [0, 5],
      [1, undefined],
      [2, 9],
      [3, 7],
    ]);
    expect(sharesToGather(shares, 0)).toEqual([]);
    expect(sharesToGather(shares, 9)).toEqual([[2, 9]]);
    expect(sharesToGather(shares, 10)).toEqual([
      [2, 9],
      [3, 7],
    ]);
    expect(sharesToGather(shares, 100)).toHaveLength(3);
  });
});
