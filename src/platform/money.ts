/** An amount in integer minor units (paise of a rupee). Only the HTTP face speaks major units. */
export type Minor = number;

/** Major units as clients write them (`49.5`), to minor; anything but a number with at most two decimals becomes NaN. */
export function fromMajor(major: unknown): Minor {
  if (typeof major !== 'number' || !Number.isFinite(major)) return NaN;
  const minor = Math.round(major * 100);
  return Number.isSafeInteger(minor) && minor / 100 === major ? minor : NaN;
}

export function toMajor(minor: Minor): number {
  return minor / 100;
}

export function formatMoney(minor: Minor, currency: string): string {
  return `${currency} ${toMajor(minor).toFixed(2)}`;
}
