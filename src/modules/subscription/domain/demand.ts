import type { LocalDate } from '../../../kernel/calendar';
import type { ProductId } from '../../../kernel/ids';
import { occurrenceOn } from './occurrence';
import type { Subscription } from './subscription';

/** A quantity of a product, in product units. */
export interface ProductUnits {
  readonly productId: ProductId;
  readonly name: string;
  readonly units: number;
}

/** The demand for a product on a date. */
export interface DailyDemand extends ProductUnits {
  readonly date: LocalDate;
  /** Whether the product is on sale. Withdrawn products will not be ordered. */
  readonly available: boolean;
}

/** Sums the demand for every product on a set of dates. */
export class DemandTotals {
  private readonly days: ReadonlyMap<LocalDate, Map<ProductId, number>>;

  constructor(dates: readonly LocalDate[]) {
    this.days = new Map(dates.map((date) => [date, new Map<ProductId, number>()]));
  }

  /** Adds the due deliveries of a subscription, including those that generation has decided. */
  add(subscription: Subscription): void {
    const occurrences = [...this.days].map(([date, units]) => ({ units, coming: occurrenceOn(subscription, date) }));
    for (const { units, coming } of occurrences) {
      if (coming.outcome !== 'DUE') continue;
      for (const { productId, qty } of coming.items) units.set(productId, (units.get(productId) ?? 0) + qty);
    }
  }

  get products(): { readonly productId: ProductId }[] {
    const productIds = new Set([...this.days.values()].flatMap((units) => [...units.keys()]));
    return [...productIds].map((productId) => ({ productId }));
  }

  /** Rows by date. Products without demand on a date have no row. */
  *rows(): Generator<{ readonly date: LocalDate; readonly productId: ProductId; readonly units: number }> {
    for (const [date, products] of this.days) {
      for (const [productId, units] of products) yield { date, productId, units };
    }
  }
}

/** Sorts by name, then by id. */
export function sortByName<T extends Omit<ProductUnits, 'units'>>(products: readonly T[]): T[] {
  return [...products].sort(
    (one, other) => one.name.localeCompare(other.name) || (one.productId < other.productId ? -1 : 1),
  );
}

/** Sorts by date, then by name, then by id. Compares each pair of names once, not once for every date. */
export function sortByDateAndName(rows: readonly DailyDemand[]): DailyDemand[] {
  const products = new Map(rows.map(({ productId, name }) => [productId, { productId, name }]));
  const rankOf = new Map(sortByName([...products.values()]).map(({ productId }, rank) => [productId, rank]));
  const rank = ({ productId }: DailyDemand) => rankOf.get(productId) ?? 0;
  return [...rows].sort((one, other) =>
    one.date < other.date ? -1 : one.date > other.date ? 1 : rank(one) - rank(other),
  );
}
