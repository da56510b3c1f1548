import { random } from './random';

describe('a random fraction', () => {
  it('is spread evenly over [0, 1), even when the pool is refilled', () => {
    const fractions = Array.from({ length: 5_000 }, random);
    expect(fractions.every((fraction) => fraction >= 0 && fraction < 1)).toBe(true);
    expect(new Set(fractions).size).toBeGreaterThan(4_990);
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => fractions.filter((f) => Math.floor(f * 10) === tenth).length,
    );
    expect(Math.min(...tenths)).toBeGreaterThan(350);
  });
});
