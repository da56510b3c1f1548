import type { Instant, LocalDate } from '../../../kernel/calendar';
import type { SubscriptionId, UserId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import type { MinorUnits } from '../../../kernel/money';
import type { PricedLine } from '../../../kernel/pricing';
import type { Decision } from './decide';
import type { RecordedOutcome } from './run';

/** Why a subscription got no order on a date. */
export interface OutcomeRecord {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
  readonly date: LocalDate;
  readonly outcome: Exclude<RecordedOutcome, 'ORDERED'>;
  /** What was available and could not be paid, at the prices of that evening. */
  readonly items?: readonly PricedLine[];
  readonly amount?: MinorUnits;
  /** What was not available. */
  readonly missing?: readonly Line[];
  readonly deliverySlot?: Instant;
  readonly address?: string;
  /** Why it could not be decided. A repeated run may still decide it. */
  readonly fault?: string;
  /** SHORT_BALANCE is final: the retry at RETRY_UNTIL is over. */
  readonly isFinal?: true;
}

/** What a record says about the reason of a decision. */
export function reasonFieldsOf(
  decision: Decision,
): Pick<OutcomeRecord, 'items' | 'missing' | 'amount' | 'deliverySlot' | 'address' | 'fault'> {
  if (decision.outcome === 'SHORT_BALANCE') {
    const { items, missing, amount, deliverySlot, terms } = decision;
    return { items, missing, amount, deliverySlot, address: terms.address };
  }
  if (decision.outcome === 'MISSED') return { missing: decision.missing, fault: decision.fault };
  return 'missing' in decision ? { missing: decision.missing } : {};
}
