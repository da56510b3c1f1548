import type { LocalDate } from '../../../kernel/calendar';
import type { OrderId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import type { MinorUnits } from '../../../kernel/money';
import {
  type PricedLine,
  priceLine,
  type PriceList,
  productOnSale,
  type RequestedLine,
  totalOf,
} from '../../../kernel/pricing';
import { highestFactor } from './frequency';
import { occurrenceOn } from './occurrence';
import type { Outcome } from './outcome';
import type { Subscription, Terms } from './subscription';

/** The delivery of a date with its price, or the reason for no delivery. For a past date, what happened. */
export interface CalendarDay {
  readonly date: LocalDate;
  readonly outcome: Outcome;
  readonly items: readonly PricedLine[];
  readonly amount: MinorUnits;
  /** Lines that could not be supplied. */
  readonly missing?: readonly RequestedLine[];
  readonly orderId?: OrderId;
}

/** The expected delivery of a date at the given prices. Withdrawn products are in `missing`; the rest is delivered. */
export function forecast(subscription: Subscription, date: LocalDate, products: PriceList): CalendarDay {
  const due = occurrenceOn(subscription, date);
  if (due.outcome !== 'DUE') return { date, outcome: due.outcome, items: [], amount: 0 };
  const { items, missing } = priceLines(due.items, products);
  return {
    date,
    outcome: items.length > 0 ? 'DUE' : 'PRODUCT_WITHDRAWN',
    items,
    amount: totalOf(items),
    ...(missing.length > 0 && { missing }),
  };
}

/**
 * The most that one delivery of a subscription can cost at the given prices, if it is paid on delivery; otherwise 0. The
 * latest terms count, and the overrides of dates that are not decided yet.
 */
export function highestCashCost(
  { terms, exceptions, generatedThrough }: Subscription,
  products: PriceList,
): MinorUnits {
  const { items, frequency, paymentMethod } = terms.at(-1) as Terms;
  if (paymentMethod !== 'COD') return 0;
  const overrides = exceptions.filter(({ date }) => date > generatedThrough);
  const costs = overrides.map((override) => totalOf(priceLines(override.items, products).items));
  return Math.max(totalOf(priceLines(items, products).items) * highestFactor(frequency), ...costs);
}

/** Prices the lines of products on sale, and returns the others as missing. */
function priceLines(lines: readonly Line[], products: PriceList): { items: PricedLine[]; missing: Line[] } {
  const items: PricedLine[] = [];
  const missing: Line[] = [];
  for (const line of lines) {
    const product = productOnSale(line.productId, products);
    if (product) items.push(priceLine(line, product));
    else missing.push({ productId: line.productId, qty: line.qty });
  }
  return { items, missing };
}
