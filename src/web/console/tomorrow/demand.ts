import type { ChartRow, Series } from '../ui/figures/chart.tsx';
import type { Demand } from './queries.ts';

/** Products with a colour of their own. The others share one. */
const MAX_SERIES = 5;
const OTHERS = 'others';

export interface ProductDemand {
  readonly productId: string;
  readonly name: string;
  readonly isOnSale: boolean;
  readonly units: ReadonlyMap<string, number>;
  readonly total: number;
}

/** The demand of each product, most units first. */
export function demandTableOf(demand: readonly Demand[]): ProductDemand[] {
  const byProduct = Map.groupBy(demand, ({ productId }) => productId);
  return [...byProduct]
    .map(([productId, rows]) => ({
      productId,
      name: rows[0]?.name ?? productId,
      isOnSale: rows[0]?.available ?? false,
      units: new Map(rows.map(({ date, units }) => [date, units])),
      total: rows.reduce((sum, { units }) => sum + units, 0),
    }))
    .toSorted((one, other) => other.total - one.total);
}

/** A bar for each date, of the products that need most. */
export function demandChartOf(products: readonly ProductDemand[], dates: readonly string[], othersLabel: string) {
  const shown = products.slice(0, MAX_SERIES);
  const others = products.slice(MAX_SERIES);
  const series: Series[] = shown.map(({ productId, name }) => ({ key: productId, label: name, stack: 'units' }));
  if (others.length > 0) series.push({ key: OTHERS, label: othersLabel, stack: 'units' });
  const rows: ChartRow[] = dates.map((date) => ({
    ...Object.fromEntries(shown.map(({ productId, units }) => [productId, units.get(date) ?? 0])),
    ...(others.length > 0 && { [OTHERS]: others.reduce((sum, { units }) => sum + (units.get(date) ?? 0), 0) }),
    date,
  }));
  return { rows, series };
}
