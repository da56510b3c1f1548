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
  /** Lines that were available but that the wallet did not cover, at the prices of the run. */
  readonly items?: readonly PricedLine[];
  readonly amount?: MinorUnits;
  /** Lines that were not available. */
  readonly missing?: readonly Line[];
  readonly deliverySlot?: Instant;
  readonly address?: string;
  /** Why the subscription was undecidable. A repeated run may still decide it. */
  readonly fault?: string;
  /** The retry has ended, so SHORT_BALANCE is final. */
  readonly isFinal?: true;
}

/** The fields of a record that give the reason for a decision. */
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
