import type { Instant, LocalDate } from '../../../kernel/calendar';
import type { SubscriptionId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import type { PricedLine, RequestedLine } from '../../../kernel/pricing';
import type { PaymentMethod } from '../../subscription';
import type { Decision } from './decide';
import type { RecordedOutcome } from './run';

/** Why a subscription got no order on a date. */
export interface OutcomeRecord {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
  readonly date: LocalDate;
  readonly outcome: Exclude<RecordedOutcome, 'ORDERED'>;
  /** Absent if it repeats what an earlier pass decided, and in records of earlier versions. */
  readonly decidedAt?: Instant;
  /** Lines that were available but that the wallet did not cover, at the prices of the run. */
  readonly items?: readonly PricedLine[];
  readonly amount?: MinorUnits;
  /** Lines that were not available, with the prices of the run. A withdrawn product has none. */
  readonly missing?: readonly RequestedLine[];
  readonly deliverySlot?: Instant;
  readonly address?: string;
  /** Default: WALLET. */
  readonly paymentMethod?: PaymentMethod;
  /** Why the subscription was undecidable. A repeated run may still decide it. */
  readonly fault?: string;
  /** The retry has ended, so the outcome is final. */
  readonly isFinal?: true;
}

/** The outcomes that are retried in the early morning. */
const RETRIED_OUTCOMES: readonly string[] = ['SHORT_BALANCE', 'OUT_OF_STOCK'] satisfies RecordedOutcome[];

/** Whether a record is still to be retried. */
export function isRetryable({ outcome, isFinal, deliverySlot }: OutcomeRecord): boolean {
  return RETRIED_OUTCOMES.includes(outcome) && isFinal === undefined && deliverySlot !== undefined;
}

type ReasonFields = Omit<OutcomeRecord, 'subscriptionId' | 'userId' | 'date' | 'outcome' | 'decidedAt' | 'isFinal'>;

/** The fields of a record that give the reason for a decision, and what its retry needs. */
export function reasonFieldsOf(decision: Decision): ReasonFields {
  if (decision.outcome === 'SHORT_BALANCE') {
    const { items, missing, amount, deliverySlot, terms } = decision;
    return { items, missing, amount, deliverySlot, address: terms.address };
  }
  if (decision.outcome === 'OUT_OF_STOCK') {
    const { missing, deliverySlot, terms } = decision;
    return { missing, deliverySlot, address: terms.address, paymentMethod: terms.paymentMethod };
  }
  if (decision.outcome === 'MISSED') return { missing: decision.missing, fault: decision.fault };
  return 'missing' in decision ? { missing: decision.missing } : {};
}
