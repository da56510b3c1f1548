import type { OccurrenceSkipReason } from '../../../events/subscription.events';
import type { Decision } from './decide';

/** The reason that a customer is told; undefined for outcomes that they are not told. */
const SKIP_REASONS: Readonly<Record<Decision['outcome'], OccurrenceSkipReason | undefined>> = {
  /** The customer chose it. */
  PAUSED: undefined,
  /** The customer chose it. */
  SKIPPED: undefined,
  /** The dairy chose it. */
  BLOCKED: undefined,
  /** The order has events of its own. */
  ORDERED: undefined,
  /** Not decided yet. */
  DEFERRED: undefined,
  SHORT_BALANCE: 'SHORT_BALANCE',
  OUT_OF_STOCK: 'OUT_OF_STOCK',
  PRODUCT_WITHDRAWN: 'PRODUCT_WITHDRAWN',
  MISSED: 'MISSED',
};

export function skipReasonOf(outcome: Decision['outcome']): OccurrenceSkipReason | undefined {
  return SKIP_REASONS[outcome];
}
