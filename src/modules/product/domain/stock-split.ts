import type { ProductId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';

/** Where the stock of a hot product is stored: a part in its own row, and the others in independent rows. */
export interface StockSplit {
  readonly splitId: string;
  /** Units in the product's own row. */
  readonly own: number;
  /** Units in each share. Undefined once the share is moved back. */
  readonly shares: readonly (number | undefined)[];
}

/** A part of the stock of a hot product, at the price for which the stock was split. */
export interface StockShare {
  readonly shareId: string;
  readonly productId: ProductId;
  readonly stock: number;
  readonly price: MinorUnits;
  readonly taxRate?: number;
}

/** The place of a part of the stock: the product's own row, or the number of a share. */
export type StockPlace = 'own' | number;

/** A transaction has at most 100 actions, and at 1,000 orders a second hardly two meet in one of 97 rows. */
const MAX_SHARES = 96;
/** Below, a share would be empty before it helps, or could not cover a line. */
const MIN_UNITS_PER_SHARE = 100;

/** How a stock is split: the number of shares and the units of each. Undefined if there is too little stock. */
export function planSplit(stock: number): { shares: number; unitsEach: number } | undefined {
  const shares = Math.min(MAX_SHARES, Math.floor(stock / MIN_UNITS_PER_SHARE) - 1);
  return shares < 1 ? undefined : { shares, unitsEach: Math.floor(stock / (shares + 1)) };
}

export function totalOf({ own, shares }: Omit<StockSplit, 'splitId'>): number {
  return own + shares.reduce<number>((sum, units) => sum + (units ?? 0), 0);
}

/** A random place that has enough units for a line. Undefined if none has. */
export function choosePlace({ own, shares }: StockSplit, qty: number, random: () => number): StockPlace | undefined {
  const places = [own, ...shares].flatMap((units, index): StockPlace[] =>
    units !== undefined && units >= qty ? [index === 0 ? 'own' : index - 1] : [],
  );
  return places[Math.floor(random() * places.length)];
}

/** The split after units were added to one of its places. */
export function withUnits(split: StockSplit, place: StockPlace, units: number): StockSplit {
  if (place === 'own') return { ...split, own: split.own + units };
  const current = split.shares[place];
  return current === undefined ? split : { ...split, shares: split.shares.with(place, current + units) };
}

/** The largest shares that hold `wanted` units together, or all if they hold less. */
export function sharesToGather(
  shares: ReadonlyMap<number, number | undefined>,
  wanted: number,
): [share: number, units: number][] {
  const largestFirst = [...shares]
    .flatMap(([share, units]): [number, number][] => (units === undefined ? [] : [[share, units]]))
    .sort(([, left], [, right]) => right - left);
  let gathered = 0;
  return largestFirst.filter(([, units]) => {
    const isWanted = gathered < wanted;
    gathered += units;
    return isWanted;
  });
}
