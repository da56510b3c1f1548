import type { MinorUnits } from '../../../kernel/money';

/** What was sold at one tax rate. `net` and `tax` add up to `gross`. */
export interface TaxSum {
  /** In percent. */
  readonly rate: number;
  readonly net: MinorUnits;
  readonly tax: MinorUnits;
  readonly gross: MinorUnits;
}

interface TaxedLine {
  readonly amount: MinorUnits;
  readonly taxRate: number;
}

/** Rates have at most two decimals. */
const RATE_SCALE = 100;
const WHOLE = 100 * RATE_SCALE;

/**
 * The tax contained in the lines, for each rate, lowest rate first. The tax of a rate is rounded once, half up, from the
 * sum of its lines, so that it does not depend on how they are split.
 */
export function taxSumsOf(lines: readonly TaxedLine[]): TaxSum[] {
  const grossByRate = new Map<number, MinorUnits>();
  for (const { taxRate, amount } of lines) grossByRate.set(taxRate, (grossByRate.get(taxRate) ?? 0) + amount);
  return [...grossByRate]
    .map(([rate, gross]) => {
      const scaledRate = Math.round(rate * RATE_SCALE);
      const tax = Math.round((gross * scaledRate) / (WHOLE + scaledRate));
      return { rate, net: gross - tax, tax, gross };
    })
    .sort((one, other) => one.rate - other.rate);
}
