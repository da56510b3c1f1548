import type { Schemas } from '../../api/client.ts';

/** The outcomes that a run records, and a preview counts. */
export const RECORDED_OUTCOMES = [
  'ORDERED',
  'SHORT_BALANCE',
  'OUT_OF_STOCK',
  'PRODUCT_WITHDRAWN',
  'MISSED',
  'BLOCKED',
  'PAUSED',
  'SKIPPED',
] as const satisfies readonly Schemas['SubscriptionOutcomeResponse']['outcome'][];
export type RecordedOutcome = (typeof RECORDED_OUTCOMES)[number];

export const isRecordedOutcome = (text: string | undefined): text is RecordedOutcome =>
  RECORDED_OUTCOMES.some((outcome) => outcome === text);

/** Outcomes for which customers get nothing although they wanted something. */
export const BAD_OUTCOMES: readonly string[] = [
  'SHORT_BALANCE',
  'OUT_OF_STOCK',
  'PRODUCT_WITHDRAWN',
  'MISSED',
  'BLOCKED',
];
