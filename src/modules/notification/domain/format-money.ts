import { type MinorUnits, toMajorUnits } from '../../../kernel/money';

/** An amount with its currency code: `INR 32.50`. */
export function formatMoney(minor: MinorUnits, currency: string): string {
  return `${currency} ${toMajorUnits(minor).toFixed(2)}`;
}
