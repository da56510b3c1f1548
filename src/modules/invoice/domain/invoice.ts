import { addDays, type Instant, type LocalDate } from '../../../kernel/calendar';
import { type OrderId, shardOf, type UserId } from '../../../kernel/ids';
import type { Language } from '../../../kernel/language';
import type { MinorUnits } from '../../../kernel/money';
import { type PricedLine, totalOf } from '../../../kernel/pricing';
import { reductionOf, sumByRate, sumOfAmounts, type TaxedAmount } from './credit';
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

/** An order that is part of an invoice. */
export interface OrderOnInvoice {
  readonly orderId: OrderId;
  readonly amount: MinorUnits;
  /** What was refunded before the invoice was issued. The invoice is reduced by it. */
  readonly refunded?: MinorUnits;
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
  readonly orders: readonly OrderOnInvoice[];
  readonly lines: readonly InvoiceLine[];
  /** What was refunded of the orders before, for each tax rate. The taxes and the total are reduced by it. */
  readonly refunds: readonly TaxedAmount[];
  readonly taxes: readonly TaxSum[];
  readonly total: MinorUnits;
  readonly currency: string;
  readonly language: Language;
}

/** What an invoice or a credit note gets when it is issued. */
interface Issued {
  readonly number: string;
  readonly issuedAt: Instant;
  readonly issuedOn: LocalDate;
  /** The key of the file. Absent until it is stored. */
  readonly fileKey?: string;
}

/** An invoice never changes once it is issued, except for `fileKey`, `credited` and `creditedByRate`. */
export interface Invoice extends InvoiceDraft, Issued {
  readonly kind?: undefined;
  /** The sum of its credit notes. */
  readonly credited?: MinorUnits;
  readonly creditedByRate?: readonly TaxedAmount[];
}

/** Takes back a part of an invoice, for an order that was refunded after the invoice was issued. Never changes. */
export interface CreditNote extends Issued, Omit<InvoiceDraft, 'month' | 'orders' | 'lines' | 'refunds'> {
  readonly kind: 'CREDIT_NOTE';
  readonly orderId: OrderId;
  readonly ofInvoice: Pick<Invoice, 'invoiceId' | 'number' | 'issuedOn'>;
}

/** What the table holds and customers download. `invoiceId` is the id of either. */
export type InvoiceDocument = Invoice | CreditNote;

export function isInvoice(document: InvoiceDocument): document is Invoice {
  return document.kind === undefined;
}

/**
 * Whether an order that names an invoice is on it. The invoice of a month that names no order was issued by an earlier
 * version, which kept no list.
 */
export function hasOrder({ orders }: Pick<Invoice, 'orders'>, orderId: OrderId): boolean {
  return orders.length === 0 || orders.some((order) => order.orderId === orderId);
}

/** An order that was delivered. It becomes part of exactly one invoice. */
export interface DeliveredOrder {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly address: string;
  readonly items: readonly PricedLine[];
  /** Date of the delivery. */
  readonly date: LocalDate;
  /** What was refunded before its invoice is issued. */
  readonly refunded?: MinorUnits;
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

export function nextMonthOf(month: Month): Month {
  return monthOf(addDays(`${month}-28`, 7));
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
): Pick<InvoiceDraft, 'from' | 'to' | 'orders' | 'lines' | 'refunds' | 'taxes' | 'total'> {
  const dates = orders.map(({ date }) => date).sort();
  const lines = combined(orders.flatMap(({ items }) => items));
  const refunds = sumByRate(orders.flatMap(({ items, refunded = 0 }) => reductionOf(items, refunded)));
  return {
    from: dates.at(0) ?? '',
    to: dates.at(-1) ?? '',
    orders: orders.map(orderOnInvoice),
    ...{ lines, refunds },
    taxes: taxesOf({ lines, refunds }),
    total: sumOfAmounts(lines) - sumOfAmounts(refunds),
  };
}

/** The taxes of an invoice, of what its lines add up to without the refunds. */
export function taxesOf({ lines, refunds }: Pick<InvoiceDraft, 'lines' | 'refunds'>): TaxSum[] {
  return taxSumsOf([...lines, ...refunds.map(({ taxRate, amount }) => ({ taxRate, amount: 0 - amount }))]);
}

function orderOnInvoice({ orderId, items, refunded = 0 }: DeliveredOrder): OrderOnInvoice {
  const amount = totalOf(items);
  return { orderId, amount, ...(refunded > 0 && { refunded: Math.min(refunded, amount) }) };
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

/** The fields of a credit note in its events. */
export function creditNoteFieldsOf({ invoiceId, userId, number, total, orderId, ofInvoice }: CreditNote) {
  return { creditNoteId: invoiceId, userId, number, total, orderId, invoiceNumber: ofInvoice.number };
}
