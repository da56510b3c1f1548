import type { Instant } from '../../../kernel/calendar';
import type { OrderId, PaymentId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';

/** CLOSED: an inquiry that ended without a dispute. */
export const DISPUTE_STATUSES = ['OPEN', 'WON', 'LOST', 'CLOSED'] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

/** A charge that its cardholder contests with their bank. */
export interface Dispute {
  /** The gateway's id. */
  readonly disputeId: string;
  readonly status: DisputeStatus;
  readonly amount: MinorUnits;
  /** What the bank has taken from the dairy and not given back. */
  readonly withdrawn: MinorUnits;
  /** Why, in the words of the gateway. */
  readonly reason: string;
  readonly openedAt: Instant;
  /** Until when the dairy can send evidence. */
  readonly respondBy?: Instant;
  /** When the result was first seen here. The gateway does not say when it was decided. */
  readonly closedAt?: Instant;
}

/** A dispute as the gateway reports it. */
export type GatewayDispute = Omit<Dispute, 'closedAt'>;

/** The partitions of the list of disputes. */
export const DISPUTE_STATES = ['OPEN', 'CLOSED'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** A dispute with the payment it is about. */
export interface DisputedPayment extends Dispute {
  readonly paymentId: PaymentId;
  readonly userId: UserId;
  /** Absent for a wallet top-up. */
  readonly orderId?: OrderId;
}

/** The dispute of a payment, given all that the gateway has of its charge. Open ones count before closed ones. */
export function currentDispute(
  known: Dispute | undefined,
  disputes: readonly GatewayDispute[],
  now: Instant,
): Dispute | undefined {
  const rank = ({ status, openedAt }: GatewayDispute) => `${status === 'OPEN' ? 1 : 0} ${openedAt}`;
  const current = disputes.toSorted((one, other) => (rank(one) < rank(other) ? 1 : -1))[0];
  if (!current) return known;
  if (current.status === 'OPEN') return current;
  const closedAt = known?.disputeId === current.disputeId ? known.closedAt : undefined;
  return { ...current, closedAt: closedAt ?? now };
}
