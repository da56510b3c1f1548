import type { OrderId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import type { PricedLine } from '../../../kernel/pricing';
import { type TaxSum, taxSumsOf } from './tax';

/** Money at one tax rate. The amount includes the tax. */
export interface TaxedAmount {
  readonly taxRate: number;
  readonly amount: MinorUnits;
}

/** A credit note of an order. */
export interface OrderCredit {
  readonly creditNoteId: string;
  readonly amounts: readonly TaxedAmount[];
}

/** What is known about the refunds of an order that is part of an invoice. */
export interface RefundState {
  readonly items: readonly PricedLine[];
  /** What was refunded in all. */
  readonly refunded: MinorUnits;
  /** The part by which the invoice itself is reduced, because it was refunded before. */
  readonly reduction: MinorUnits;
  readonly credits: readonly OrderCredit[];
}

/** The id of the credit note that covers an order's refunds up to an amount. */
export function creditNoteIdOf(orderId: OrderId, refunded: MinorUnits): string {
  return `C-${orderId}-${refunded}`;
}

/** The amount of an order at each tax rate. */
export function amountsByRate(items: readonly PricedLine[]): TaxedAmount[] {
  return sumByRate(items.map(({ taxRate = 0, lineTotal }) => ({ taxRate, amount: lineTotal })));
}

export function sumByRate(amounts: readonly TaxedAmount[]): TaxedAmount[] {
  return taxSumsOf(amounts).map(({ rate, gross }) => ({ taxRate: rate, amount: gross }));
}

export function sumOfAmounts(amounts: readonly TaxedAmount[]): MinorUnits {
  return amounts.reduce((sum, { amount }) => sum + amount, 0);
}

/**
 * Splits a refund over the tax rates, in proportion to what is left at each. Shares are rounded down, and the paise that
 * are left go to the rates with the largest remainders. At most all that is left, and never more than is left of a rate.
 */
export function splitByRate(refund: MinorUnits, left: readonly TaxedAmount[]): TaxedAmount[] {
  const total = sumOfAmounts(left);
  if (refund >= total) return [...left];
  const shares = left.map(({ taxRate, amount }) => {
    // The product of two amounts can exceed what a number holds.
    const product = BigInt(refund) * BigInt(amount);
    return { taxRate, share: Number(product / BigInt(total)), remainder: Number(product % BigInt(total)) };
  });
  const missing = refund - shares.reduce((sum, { share }) => sum + share, 0);
  const first = new Set(shares.toSorted((one, other) => other.remainder - one.remainder).slice(0, missing));
  return shares.map((one) => ({ taxRate: one.taxRate, amount: one.share + (first.has(one) ? 1 : 0) }));
}

/** The reduction of an invoice for an order that was refunded before it was issued. */
export function reductionOf(items: readonly PricedLine[], refunded: MinorUnits): TaxedAmount[] {
  return splitByRate(refunded, amountsByRate(items)).filter(({ amount }) => amount > 0);
}

/** What the next credit note of an order is about. Empty if its refunds are covered. */
export function openCreditOf({ items, refunded, reduction, credits }: RefundState): TaxedAmount[] {
  const covered = [...reductionOf(items, reduction), ...credits.flatMap(({ amounts }) => amounts)];
  const open = refunded - sumOfAmounts(covered);
  if (open <= 0) return [];
  const negative = covered.map(({ taxRate, amount }) => ({ taxRate, amount: 0 - amount }));
  const left = sumByRate([...amountsByRate(items), ...negative]);
  return splitByRate(open, left).filter(({ amount }) => amount > 0);
}

/**
 * The taxes of a credit note: the tax of all that is credited of its invoice with it, less the tax of what was `credited`
 * before. So the credit notes of a whole invoice add up to its taxes, whatever their number.
 */
export function creditTaxesOf(amounts: readonly TaxedAmount[], credited: readonly TaxedAmount[]): TaxSum[] {
  const before = new Map(taxSumsOf(credited).map((sum) => [sum.rate, sum]));
  return taxSumsOf([...credited, ...amounts])
    .map(({ rate, net, tax, gross }) => {
      const less = before.get(rate) ?? { net: 0, tax: 0, gross: 0 };
      return { rate, net: net - less.net, tax: tax - less.tax, gross: gross - less.gross };
    })
    .filter(({ gross }) => gross > 0);
}
