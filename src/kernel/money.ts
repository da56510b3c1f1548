/** An amount in integer minor units (paise of a rupee). Only the HTTP API uses major units. */
export type MinorUnits = number;

/** Converts major units, as clients send them (`49.5`). NaN for anything but a number with at most two decimals. */
export function fromMajorUnits(major: unknown): MinorUnits {
  if (typeof major !== 'number' || !Number.isFinite(major)) return NaN;
  const minor = Math.round(major * 100);
  return Number.isSafeInteger(minor) && minor / 100 === major ? minor : NaN;
}

export function toMajorUnits(minor: MinorUnits): number {
  return minor / 100;
}
