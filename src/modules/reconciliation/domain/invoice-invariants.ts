import type { OrderId, UserId } from '../../../kernel/ids';
import { type MinorUnits, toMajorUnits } from '../../../kernel/money';
import type { Notice } from './notices';
import { type Violation, ViolationCollector } from './violation';

interface AuditedTax {
  readonly rate: number;
  readonly net: MinorUnits;
  readonly tax: MinorUnits;
  readonly gross: MinorUnits;
}

interface AuditedAmount {
  readonly taxRate: number;
  readonly amount: MinorUnits;
}

interface AuditedInvoice {
  readonly invoiceId: string;
  readonly number: string;
  readonly userId: UserId;
  readonly orders: readonly {
    readonly orderId: OrderId;
    readonly amount: MinorUnits;
    readonly refunded?: MinorUnits;
  }[];
  readonly lines: readonly AuditedAmount[];
  readonly refunds: readonly AuditedAmount[];
  readonly taxes: readonly AuditedTax[];
  readonly total: MinorUnits;
  readonly credited?: MinorUnits;
  readonly creditedByRate?: readonly AuditedAmount[];
}

interface AuditedCreditNote {
  readonly invoiceId: string;
  readonly number: string;
  readonly userId: UserId;
  readonly orderId: OrderId;
  readonly ofInvoice: { readonly invoiceId: string; readonly number: string };
  readonly taxes: readonly AuditedTax[];
  readonly total: MinorUnits;
}

/** Which invoice an order is part of, and what was refunded and credited of it. */
interface AuditedInvoicedOrder {
  readonly orderId: OrderId;
  readonly invoiceId?: string;
  readonly pendingShard?: string;
  readonly refunded?: MinorUnits;
  readonly credits?: readonly { readonly creditNoteId: string; readonly amounts: readonly AuditedAmount[] }[];
}

interface AuditedOrder {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly status: string;
  readonly amount: MinorUnits;
}

/** An invoice with its orders, in the order in which it names them. */
export interface InvoiceFacts {
  readonly invoice: AuditedInvoice;
  /** The taxes that follow from its lines. */
  readonly expectedTaxes: readonly AuditedTax[];
  readonly orders: readonly (AuditedOrder | undefined)[];
  readonly rows: readonly (AuditedInvoicedOrder | undefined)[];
  /** The credit notes that its orders name, and the taxes that follow from what was credited before each. */
  readonly credits: readonly {
    readonly creditNoteId: string;
    readonly creditNote?: AuditedCreditNote;
    readonly expectedTaxes: readonly AuditedTax[];
  }[];
}

export interface CreditNoteFacts {
  readonly creditNote: AuditedCreditNote;
  readonly invoice?: AuditedInvoice;
  readonly row?: AuditedInvoicedOrder;
}

export interface DeliveredOrderFacts {
  readonly order: AuditedOrder;
  readonly row?: AuditedInvoicedOrder;
  /** The invoice that the row names, if it is issued. */
  readonly invoice?: AuditedInvoice;
  /** Whether the invoices of the month of the delivery, and of the month after it, are all issued. */
  readonly isMonthClosed: boolean;
}

/** The numbers of a series, and how often each was found. `found[0]` is for the number 1. */
export interface SeriesFacts {
  readonly series: string;
  readonly last: number;
  readonly found: Uint8Array;
}

const MAX_NAMED = 5;

/** Each number of a series up to the last belongs to exactly one invoice or credit note. */
export function seriesViolations({ series, last, found }: SeriesFacts): Violation[] {
  const violations = new ViolationCollector({ invoiceNumber: series });
  const positionsWith = (isWrong: (times: number) => boolean) => {
    const wrong: number[] = [];
    found.forEach((times, index) => {
      if (isWrong(times) && wrong.length < MAX_NAMED) wrong.push(index + 1);
    });
    return wrong;
  };
  const missing = positionsWith((times) => times === 0);
  const repeated = positionsWith((times) => times > 1);
  violations.require(
    missing.length === 0,
    'INVOICE_NUMBERS_WRONG',
    `no document has the numbers ${missing.join(', ')}`,
  );
  violations.require(
    repeated.length === 0,
    'INVOICE_NUMBERS_WRONG',
    `documents share the numbers ${repeated.join(', ')}`,
  );
  const tooMany = `the last number is ${last}, only ${found.length} can be checked`;
  violations.require(found.length === last, 'INVOICE_NUMBERS_WRONG', tooMany);
  return violations.found;
}

/** A number is at most the last one of its series. `last` is 0 if there is no such series. */
export function numberViolations(
  { number, userId }: Pick<AuditedInvoice, 'number' | 'userId'>,
  position: number,
  last: number,
): Violation[] {
  const violations = new ViolationCollector({ invoiceNumber: number, userId });
  const isTaken = position >= 1 && position <= last;
  violations.require(isTaken, 'INVOICE_NUMBERS_WRONG', `the last number of the series is ${last}`);
  return violations.found;
}

/**
 * An invoice consists of delivered orders that are part of no other invoice. Its total is what they amount to, without
 * what was refunded before. Its taxes follow from its lines. What was refunded later is credited, and at most its total.
 */
export function invoiceViolations({ invoice, expectedTaxes, orders, rows, credits }: InvoiceFacts): Violation[] {
  const { invoiceId, number, userId, total, credited = 0, creditedByRate = [] } = invoice;
  const violations = new ViolationCollector({ invoiceNumber: number, userId });
  invoice.orders.forEach((onInvoice, index) => {
    const { orderId, amount, refunded: reduction = 0 } = onInvoice;
    const order = orders[index];
    const isOurs = order?.status === 'DELIVERED' && order.userId === userId && order.amount === amount;
    const problem = order ? `it is ${order.status} and of ${toMajorUnits(order.amount)}` : 'it does not exist';
    const detail = `an order is on the invoice with ${toMajorUnits(amount)}, but ${problem}`;
    if (!isOurs) violations.add('INVOICE_WRONG', detail, { orderId });
    const row = rows[index];
    if (row?.invoiceId !== invoiceId) {
      violations.add('INVOICED_TWICE', `an order of the invoice is part of ${row?.invoiceId ?? 'none'}`, { orderId });
      return;
    }
    const owed = Math.min(row.refunded ?? 0, amount);
    const covered = reduction + creditedOf(row);
    const coverDetail = `${toMajorUnits(owed)} of an order was refunded, ${toMajorUnits(covered)} is deducted or credited`;
    const coverProblem = owed > covered ? 'CREDIT_NOTE_MISSING' : 'CREDIT_NOTE_WRONG';
    if (owed !== covered) violations.add(coverProblem, coverDetail, { orderId });
  });
  const orderIds = new Set(invoice.orders.map(({ orderId }) => orderId));
  violations.require(orderIds.size === invoice.orders.length, 'INVOICED_TWICE', 'the invoice names an order twice');
  // The orders of an invoice without a list are unknown, see `invoiceNotices`.
  const namesOrders = invoice.orders.length > 0;
  const orderSum = invoice.orders.reduce((sum, { amount, refunded = 0 }) => sum + amount - refunded, 0);
  const lineSum = sumOf(invoice.lines) - sumOf(invoice.refunds);
  const sums = `its orders add up to ${toMajorUnits(orderSum)}, its lines to ${toMajorUnits(lineSum)}`;
  const isTotal = (orderSum === total || !namesOrders) && lineSum === total;
  violations.require(isTotal, 'INVOICE_WRONG', `the total is ${toMajorUnits(total)}, ${sums}`);
  const areTaxesCorrect = areEqual(invoice.taxes, expectedTaxes);
  violations.require(areTaxesCorrect, 'INVOICE_WRONG', 'the taxes do not follow from the lines');
  // The taxes of a credit note follow from those before it, so they can be checked only if all exist.
  const areComplete = credits.every(({ creditNote }) => creditNote !== undefined);
  for (const { creditNoteId, creditNote: note, expectedTaxes: expected } of credits) {
    if (!note) violations.add('CREDIT_NOTE_WRONG', `the credit note ${creditNoteId} does not exist`);
    else if (areComplete && !areEqual(note.taxes, expected)) {
      const ids = { invoiceNumber: note.number, orderId: note.orderId };
      violations.add('CREDIT_NOTE_WRONG', 'its taxes do not follow from what is credited of the invoice', ids);
    }
  }
  const creditAmounts = rows.flatMap((row) => (row?.invoiceId === invoiceId ? amountsOf(row) : []));
  const creditSum = sumOf(creditAmounts);
  const isCredited = (credited === creditSum || !namesOrders) && credited <= total;
  const creditDetail = `${toMajorUnits(credited)} of ${toMajorUnits(total)} is credited, the credit notes add up to ${toMajorUnits(creditSum)}`;
  violations.require(isCredited, 'CREDIT_NOTE_WRONG', creditDetail);
  const [byRate, expectedByRate] = [creditedByRate, creditAmounts].map(byRateOf);
  const rateDetail = `at the tax rates ${byRate} is credited, the credit notes add up to ${expectedByRate}`;
  if (isCredited && namesOrders) violations.require(byRate === expectedByRate, 'CREDIT_NOTE_WRONG', rateDetail);
  return violations.found;
}

/** Earlier versions issued the invoices of a month without a list of their orders. */
export function invoiceNotices({
  number,
  userId,
  orders,
}: Pick<AuditedInvoice, 'number' | 'userId' | 'orders'>): Notice[] {
  const detail = 'the invoice does not name its orders, so only its lines and taxes are checked';
  return orders.length === 0 ? [{ kind: 'INVOICE_WITHOUT_ORDERS', detail, invoiceNumber: number, userId }] : [];
}

/** A credit note belongs to the invoice of its order, which counts it with the same amount. Its taxes add up to it. */
export function creditNoteViolations({ creditNote, invoice, row }: CreditNoteFacts): Violation[] {
  const { invoiceId, number, userId, orderId, ofInvoice, taxes, total } = creditNote;
  const violations = new ViolationCollector({ invoiceNumber: number, userId, orderId });
  const isOfInvoice =
    invoice?.number === ofInvoice.number && invoice.userId === userId && row?.invoiceId === invoice.invoiceId;
  violations.require(isOfInvoice, 'CREDIT_NOTE_WRONG', `its order is not part of the invoice ${ofInvoice.number}`);
  const credit = row?.credits?.find(({ creditNoteId }) => creditNoteId === invoiceId);
  const counted = credit ? sumOf(credit.amounts) : 0;
  violations.require(
    counted === total,
    'CREDIT_NOTE_WRONG',
    `it is ${toMajorUnits(total)}, the order counts it with ${toMajorUnits(counted)}`,
  );
  const gross = taxes.reduce((sum, { net, tax }) => sum + net + tax, 0);
  const taxDetail = `its total is ${toMajorUnits(total)}, its taxes add up to ${toMajorUnits(gross)}`;
  violations.require(gross === total && total > 0, 'CREDIT_NOTE_WRONG', taxDetail);
  return violations.found;
}

/** A delivered order is part of the issued invoice that it names. Once its month is closed, it names one. */
export function deliveredOrderViolations({ order, row, invoice, isMonthClosed }: DeliveredOrderFacts): Violation[] {
  const { orderId, userId } = order;
  const violations = new ViolationCollector({ orderId, userId });
  const mustBeIssued = isMonthClosed || (row?.invoiceId !== undefined && row.pendingShard === undefined);
  const isOnInvoice =
    invoice !== undefined && (invoice.orders.length === 0 || invoice.orders.some((one) => one.orderId === orderId));
  const detail =
    row?.invoiceId === undefined ? 'the order is on no invoice' : `it is not on its invoice ${row.invoiceId}`;
  violations.require(isOnInvoice || !mustBeIssued, 'INVOICE_MISSING', detail);
  return violations.found;
}

function creditedOf(row: AuditedInvoicedOrder): MinorUnits {
  return sumOf(amountsOf(row));
}

function amountsOf({ credits = [] }: AuditedInvoicedOrder): AuditedAmount[] {
  return credits.flatMap(({ amounts }) => amounts);
}

/** The sums of amounts at each tax rate, lowest rate first: `5 %: 10, 12 %: 3.5`. */
function byRateOf(amounts: readonly AuditedAmount[]): string {
  return [...Map.groupBy(amounts, ({ taxRate }) => taxRate)]
    .sort(([one], [other]) => one - other)
    .map(([taxRate, ofRate]) => `${taxRate} %: ${toMajorUnits(sumOf(ofRate))}`)
    .join(', ');
}

function sumOf(amounts: readonly Pick<AuditedAmount, 'amount'>[]): MinorUnits {
  return amounts.reduce((sum, { amount }) => sum + amount, 0);
}

function areEqual(one: readonly AuditedTax[], other: readonly AuditedTax[]): boolean {
  const rowsOf = (taxes: readonly AuditedTax[]) => taxes.map(({ rate, net, tax, gross }) => [rate, net, tax, gross]);
  return JSON.stringify(rowsOf(one)) === JSON.stringify(rowsOf(other));
}
