import { addDays, datesBetween, daysBetween, type LocalDate } from '../../../kernel/calendar';
import type { ProductId } from '../../../kernel/ids';
import { toMajorUnits } from '../../../kernel/money';
import { InvalidRequest } from '../../../platform/errors';
import { failureReasonsOf, type Figure, FIGURES, type Sums } from './figures';

const MAX_REPORT_DAYS = 366;
const DEFAULT_REPORT_DAYS = 7;
const TOP_PRODUCTS = 5;

export interface ProductUnits {
  readonly productId: ProductId;
  /** Absent if the product no longer exists. */
  readonly name?: string;
  readonly units: number;
}

/** What the shards of a date add up to. */
export interface DaySums {
  readonly figures: Sums;
  readonly products: ReadonlyMap<ProductId, number>;
}

/** One row of the report; money in minor units. */
export interface DailyFigures extends Readonly<Record<Figure, number>> {
  readonly date: LocalDate;
  /** Failed deliveries by reason. */
  readonly failedReasons: Sums;
  /** The products of most units, at most five. */
  readonly topProducts: readonly ProductUnits[];
  /** What the wallets held at the end of the day. */
  readonly walletFloat: number;
}

/** The dates of a report. Default: the last seven days. */
export function reportDates(today: LocalDate, range: { from?: LocalDate; to?: LocalDate }): LocalDate[] {
  const to = range.to ?? today;
  const from = range.from ?? addDays(to, 1 - DEFAULT_REPORT_DAYS);
  if (from > to) throw new InvalidRequest([{ field: 'from', message: `from must not be after to (${to})` }]);
  if (daysBetween(from, to) >= MAX_REPORT_DAYS) {
    throw new InvalidRequest([{ field: 'to', message: `a report covers at most ${MAX_REPORT_DAYS} days` }]);
  }
  return datesBetween(from, to);
}

/** The dates of a report in a file, which cannot be of the future. */
export function reportFileDates(today: LocalDate, range: { from: LocalDate; to: LocalDate }): LocalDate[] {
  if (range.to > today) throw new InvalidRequest([{ field: 'to', message: `to must not be after today (${today})` }]);
  return reportDates(today, range);
}

/** A row as it is shown: amounts in major units. */
export type ShownDay = Omit<DailyFigures, 'walletChange'>;

export function shownDayOf({ walletChange: _, ...day }: DailyFigures): ShownDay {
  const { revenue, refunded, walletFloat } = day;
  return {
    ...day,
    revenue: toMajorUnits(revenue),
    refunded: toMajorUnits(refunded),
    walletFloat: toMajorUnits(walletFloat),
  };
}

/** The row of a date, even if all figures are zero. `opening` is what the wallets held at its beginning. */
export function dailyFiguresOf(date: LocalDate, { figures, products }: DaySums, opening: number): DailyFigures {
  const row = Object.fromEntries(FIGURES.map((figure) => [figure, figures[figure] ?? 0])) as Record<Figure, number>;
  return {
    date,
    ...row,
    failedReasons: failureReasonsOf(figures),
    topProducts: topProductsOf(products),
    walletFloat: opening + row.walletChange,
  };
}

/** The same rows with the names of products. */
export function withNames(
  days: readonly DailyFigures[],
  names: ReadonlyMap<ProductId, { readonly name: string }>,
): DailyFigures[] {
  const named = (product: ProductUnits): ProductUnits => ({ ...product, name: names.get(product.productId)?.name });
  return days.map((day) => ({ ...day, topProducts: day.topProducts.map(named) }));
}

/** Products with equal units are in the order of their ids. */
function topProductsOf(products: ReadonlyMap<ProductId, number>): ProductUnits[] {
  return [...products]
    .map(([productId, units]) => ({ productId, units }))
    .filter(({ units }) => units > 0)
    .sort((a, b) => b.units - a.units || (a.productId < b.productId ? -1 : 1))
    .slice(0, TOP_PRODUCTS);
}
