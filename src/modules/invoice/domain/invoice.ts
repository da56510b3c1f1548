import { addDays, type Instant, type LocalDate } from '../../../kernel/calendar';
import { type OrderId, shardOf, type UserId } from '../../../kernel/ids';
import type { Language } from '../../../kernel/language';
import type { MinorUnits } from '../../../kernel/money';
import type { PricedLine } from '../../../kernel/pricing';
import { type TaxSum, taxSumsOf } from './tax';

/** A month in the business time zone: `2026-11`. Sorts as text. */
export type Month = string;

/** A product that was delivered at one price and tax rate, on one or more days. */
export interface InvoiceLine {
  readonly name: string;
  readonly unit?: string;
  readonly qty: number;
  readonly price: MinorUnits;
  /** In percent. The price includes the tax. */
  readonly taxRate: number;
  readonly amount: MinorUnits;
}

export interface Seller {
  readonly name: string;
  readonly address?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly taxId?: string;
}

export interface Buyer {
  readonly name: string;
  readonly address: string;
}

/** What an invoice says, before it has a number. */
export interface InvoiceDraft {
  readonly invoiceId: string;
  readonly userId: UserId;
  /** Set for the invoice of a month, which has every delivery without an invoice of its own. */
  readonly month?: Month;
  /** Set for the invoice of one order. */
  readonly orderId?: OrderId;
  /** Dates of the first and the last delivery. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly seller: Seller;
  readonly buyer: Buyer;
  readonly lines: readonly InvoiceLine[];
  readonly taxes: readonly TaxSum[];
  readonly total: MinorUnits;
  readonly currency: string;
  readonly language: Language;
}

/** An invoice never changes once it is issued. */
export interface Invoice extends InvoiceDraft {
  readonly number: string;
  readonly issuedAt: Instant;
  readonly issuedOn: LocalDate;
  /** The key of the file. Absent until it is stored. */
  readonly fileKey?: string;
}

/** An order that was delivered. It becomes part of exactly one invoice. */
export interface DeliveredOrder {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly address: string;
  readonly items: readonly PricedLine[];
  /** Date of the delivery. */
  readonly date: LocalDate;
}

export const SHARDS = 16;

export function shardOfUser(userId: UserId): number {
  return shardOf(userId, SHARDS);
}

export function monthOf(date: LocalDate): Month {
  return date.slice(0, 'YYYY-MM'.length);
}

/** The last month that has ended on a date. */
export function monthEndedBy(date: LocalDate): Month {
  return monthOf(addDays(`${monthOf(date)}-01`, -1));
}

/** The id of the invoice of one order. */
export function orderInvoiceIdOf(orderId: OrderId): string {
  return `I-${orderId}`;
}

/** The id of a customer's invoice of a month. */
export function monthInvoiceIdOf(month: Month, userId: UserId): string {
  return `I-${month}-${userId}`;
}

/** The lines, taxes and dates of an invoice for one or more deliveries. */
export function contentOf(
  orders: readonly DeliveredOrder[],
): Pick<InvoiceDraft, 'from' | 'to' | 'lines' | 'taxes' | 'total'> {
  const dates = orders.map(({ date }) => date).sort();
  const lines = combined(orders.flatMap(({ items }) => items));
  return {
    from: dates.at(0) ?? '',
    to: dates.at(-1) ?? '',
    lines,
    taxes: taxSumsOf(lines),
    total: lines.reduce((sum, { amount }) => sum + amount, 0),
  };
}

/** One line for each product, price and tax rate, in the order in which they first occur. */
function combined(items: readonly PricedLine[]): InvoiceLine[] {
  const lines = new Map<string, InvoiceLine>();
  for (const { productId, name, unit, qty, price, taxRate = 0, lineTotal } of items) {
    const key = JSON.stringify([productId, name, unit, price, taxRate]);
    const { qty: before, amount } = lines.get(key) ?? { qty: 0, amount: 0 };
    lines.set(key, {
      ...{ name, qty: before + qty, price, taxRate, amount: amount + lineTotal },
      ...(unit !== undefined && { unit }),
    });
  }
  return [...lines.values()];
}
