import type { LocalDate } from '../../../kernel/calendar';
import type { OrderId, ProductId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import { occurrenceOn } from './occurrence';
import type { Line, Subscription } from './subscription';

export const OUTCOMES = [
  'DUE',
  'ORDERED',
  'PAUSED',
  'SKIPPED',
  'NOT_DUE',
  'ENDED',
  'SHORT_BALANCE',
  'OUT_OF_STOCK',
  'PRODUCT_WITHDRAWN',
  'MISSED',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface PricedLine extends Line {
  readonly name: string;
  readonly price: MinorUnits;
  readonly lineTotal: MinorUnits;
  readonly unit?: string;
}

/** What comes on a date and at what price, or why nothing comes; for a date gone by what happened. */
export interface CalendarDay {
  readonly date: LocalDate;
  readonly outcome: Outcome;
  readonly items: readonly PricedLine[];
  readonly amount: MinorUnits;
  /** What was wanted and does not come. */
  readonly missing?: readonly Line[];
  readonly orderId?: OrderId;
}

interface SoldProduct {
  readonly name: string;
  readonly price: MinorUnits;
  readonly unit?: string;
  readonly active: boolean;
}

export type PriceList = ReadonlyMap<ProductId, SoldProduct>;

/** What a subscription will bring on a date, at the prices given; what is withdrawn is missing, and the rest comes. */
export function forecast(subscription: Subscription, date: LocalDate, products: PriceList): CalendarDay {
  const due = occurrenceOn(subscription, date);
  if (due.outcome !== 'DUE') return { date, outcome: due.outcome, items: [], amount: 0 };
  const { items, missing } = priceLines(due.items, products);
  return {
    date,
    outcome: items.length > 0 ? 'DUE' : 'PRODUCT_WITHDRAWN',
    items,
    amount: items.reduce((sum, { lineTotal }) => sum + lineTotal, 0),
    ...(missing.length > 0 && { missing }),
  };
}

/** Lines at the prices given; those of products that are no longer sold apart. */
export function priceLines(lines: readonly Line[], products: PriceList): { items: PricedLine[]; missing: Line[] } {
  const items: PricedLine[] = [];
  const missing: Line[] = [];
  for (const { productId, qty } of lines) {
    const product = products.get(productId);
    if (!product?.active) missing.push({ productId, qty });
    else {
      const { name, price, unit } = product;
      items.push({ productId, name, qty, price, lineTotal: price * qty, unit });
    }
  }
  return { items, missing };
}
