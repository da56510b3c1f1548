import type Stripe from 'stripe';
import { instantOf } from '../../../kernel/calendar';
import type { MinorUnits } from '../../../kernel/money';
import type { DisputeStatus, GatewayDispute } from '../domain/dispute';
import type { GatewayRefund, RefundStatus } from '../domain/refund';

/** A cancelled refund has not reached the customer either. Every other status is still open. */
const REFUND_STATUSES: Readonly<Record<string, RefundStatus>> = {
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  canceled: 'FAILED',
};

/** Every other status waits for evidence or a decision. */
const CLOSED_DISPUTES: Readonly<Record<string, DisputeStatus>> = {
  won: 'WON',
  lost: 'LOST',
  prevented: 'CLOSED',
  warning_closed: 'CLOSED',
};

export function toGatewayRefund({ amount, status }: Stripe.Refund): GatewayRefund {
  return { amount, status: REFUND_STATUSES[status ?? ''] ?? 'PENDING' };
}

export function toGatewayDispute(dispute: Stripe.Dispute): GatewayDispute {
  const {
    id,
    status,
    amount,
    reason,
    created,
    evidence_details: evidence,
    balance_transactions: transactions,
  } = dispute;
  return {
    disputeId: id,
    status: CLOSED_DISPUTES[status] ?? 'OPEN',
    amount,
    withdrawn: 0 - transactions.reduce((sum, transaction) => sum + transaction.amount, 0),
    reason,
    openedAt: instantOf(created * 1_000),
    ...(evidence.due_by !== null && { respondBy: instantOf(evidence.due_by * 1_000) }),
  };
}

/** What a charge has given back. Failed refunds are left out, whether or not Stripe's own sum contains them. */
export function refundedOf(charge: Stripe.Charge | undefined): MinorUnits {
  if (!charge?.amount_refunded || !charge.refunds || charge.refunds.has_more) return charge?.amount_refunded ?? 0;
  const effective = charge.refunds.data.map(toGatewayRefund).filter(({ status }) => status !== 'FAILED');
  return effective.reduce((sum, { amount }) => sum + amount, 0);
}
