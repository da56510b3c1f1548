import fc from 'fast-check';
import { taxSumsOf } from './tax';

describe('the tax of an invoice', () => {
  it('is contained in the prices, and rounded once for each rate', () => {
    const lines = [
      { taxRate: 5, amount: 3250 },
      { taxRate: 5, amount: 3250 },
      { taxRate: 12.5, amount: 1000 },
      { taxRate: 0, amount: 700 },
    ];
    expect(taxSumsOf(lines)).toEqual([
      { rate: 0, net: 700, tax: 0, gross: 700 },
      { rate: 5, net: 6190, tax: 310, gross: 6500 },
      { rate: 12.5, net: 889, tax: 111, gross: 1000 },
    ]);
  });

  it('adds up, whatever the lines and however they are split', () => {
    const line = fc.record({
      taxRate: fc.constantFrom(0, 0.25, 5, 12, 18, 100),
      amount: fc.integer({ min: 0, max: 10_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const sums = taxSumsOf(lines);
        const total = lines.reduce((sum, { amount }) => sum + amount, 0);
        expect(sums.reduce((sum, { net, tax }) => sum + net + tax, 0)).toBe(total);
        const halves = lines.flatMap(({ taxRate, amount }) => {
          const half = Math.floor(amount / 2);
          return [
            { taxRate, amount: half },
            { taxRate, amount: amount - half },
          ];
        });
        expect(taxSumsOf(halves)).toEqual(sums);
      }),
    );
  });
});
