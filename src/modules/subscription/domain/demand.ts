import type { LocalDate } from '../../../kernel/calendar';
import type { ProductId } from '../../../kernel/ids';
import { occurrenceOn } from './occurrence';
import type { Subscription } from './subscription';

/** Units of a product. */
export interface ProductUnits {
  readonly productId: ProductId;
  readonly name: string;
  readonly units: number;
}

/** What is to come of a product on a date. */
export interface DailyDemand extends ProductUnits {
  readonly date: LocalDate;
  /** Whether it is on sale; what is withdrawn will not be ordered. */
  readonly available: boolean;
}

/** What some dates need of every product. */
export class DemandTotals {
  private readonly days: ReadonlyMap<LocalDate, Map<ProductId, number>>;

  constructor(dates: readonly LocalDate[]) {
    this.days = new Map(dates.map((date) => [date, new Map<ProductId, number>()]));
  }

  /** Adds what a subscription will bring: what is due, also on dates that are decided; not what is paused or skipped. */
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

  /** Date by date; nothing is said of a product that a date does not need. */
  *rows(): Generator<{ readonly date: LocalDate; readonly productId: ProductId; readonly units: number }> {
    for (const [date, products] of this.days) {
      for (const [productId, units] of products) yield { date, productId, units };
    }
  }
}

/** Equal names are in order of the ids. */
export function sortByName<T extends Omit<ProductUnits, 'units'>>(products: readonly T[]): T[] {
  return [...products].sort(
    (one, other) => one.name.localeCompare(other.name) || (one.productId < other.productId ? -1 : 1),
  );
}
