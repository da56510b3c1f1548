import { maxSweepDelay, nextSweepDelay } from './sweep-delay';

const NOW = 1_000_000;
const MAX = maxSweepDelay(30_000);

describe('the delay of the next sweep', () => {
  it('is at most a third of the age at which rows are taken over, and at least two seconds', () => {
    expect(MAX).toBe(10_000);
    expect(maxSweepDelay(1_000)).toBe(2_000);
  });

  it('is long and varies when no row is left', () => {
    const delays = Array.from({ length: 50 }, () => nextSweepDelay({ rowsLeft: 0, nextDueAt: Infinity }, NOW, MAX));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(5_000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(10_000);
    expect(new Set(delays).size).toBeGreaterThan(1);
  });

  it('ends when the next row is due', () => {
    expect(nextSweepDelay({ rowsLeft: 1, nextDueAt: NOW + 3_000 }, NOW, MAX)).toBe(3_000);
    expect(nextSweepDelay({ rowsLeft: 1, nextDueAt: NOW - 5 }, NOW, MAX)).toBe(2_000);
  });

  it('grows with the rows that are left, up to the maximum', () => {
    expect(nextSweepDelay({ rowsLeft: 2_500, nextDueAt: NOW }, NOW, MAX)).toBe(5_000);
    expect(nextSweepDelay({ rowsLeft: 60_000, nextDueAt: NOW }, NOW, MAX)).toBe(10_000);
  });
});
