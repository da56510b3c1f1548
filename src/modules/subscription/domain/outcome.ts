/** The outcomes of a subscription on a date. Stored and part of the API, so the names must not change. */
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
  'BLOCKED',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
