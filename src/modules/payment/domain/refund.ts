import type { Instant } from '../../../kernel/calendar';
import type { MinorUnits } from '../../../kernel/money';

export const REFUND_STATUSES = ['PENDING', 'SUCCEEDED', 'FAILED'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** SOURCE: the card or account that paid. */
export const REFUND_TARGETS = ['SOURCE', 'WALLET'] as const;
export type RefundTarget = (typeof REFUND_TARGETS)[number];

/** One refund of a charge, as the gateway reports it. A refund that succeeded can still fail weeks later. */
export interface GatewayRefund {
  readonly amount: MinorUnits;
  readonly status: RefundStatus;
}

/** The refund of a gateway payment. Payments that earlier versions refunded have none. */
export interface Refund {
  /** The status at the gateway. A failed refund goes to the wallet, unless it was only a part, made by hand. */
  readonly status: RefundStatus;
  /** Where the money is. */
  readonly to: RefundTarget;
  readonly amount: MinorUnits;
  /** When it was recorded here. */
  readonly at: Instant;
  /** Made by the dairy at the gateway, without cancelling the order. */
  readonly byHand?: true;
}

/** The fields of a payment that its refund depends on. */
interface ChargedPayment {
  readonly purpose?: 'TOP_UP';
  readonly amount: MinorUnits;
  readonly status: string;
  readonly refund?: Refund;
  readonly refundReported?: MinorUnits;
}

/**
 * The refund of a successful payment, given all refunds of its charge. Depends on their current state only, not on the
 * order in which it became known. Undefined if there is nothing to record.
 *
 * The full amount counts as refunded if a refund that failed would have completed it. What the gateway then holds back
 * goes to the wallet, once per payment. A part of an amount, or a top-up, is only refunded by hand: it is recorded, and
 * the dairy deals with the rest.
 */
export function refundOf(payment: ChargedPayment, refunds: readonly GatewayRefund[], now: Instant): Refund | undefined {
  const { status, amount, refund: known, purpose } = payment;
  if (refunds.length === 0 || known?.to === 'WALLET') return undefined;
  const sum = (some: readonly GatewayRefund[]) => some.reduce((total, one) => total + one.amount, 0);
  const failed = refunds.filter((one) => one.status === 'FAILED');
  const refunded = sum(refunds) - sum(failed);
  const gatewayStatus = refunds.some((one) => one.status === 'PENDING') ? 'PENDING' : 'SUCCEEDED';
  const isByHand = status === 'SUCCESS' || known?.byHand;
  const common = { at: known?.at ?? now, ...(isByHand && ({ byHand: true } as const)) };
  const wasMeantInFull = refunded >= amount || failed.some((one) => refunded + one.amount >= amount);
  if (purpose !== 'TOP_UP' && wasMeantInFull && refunded < amount && gatewayStatus !== 'PENDING') {
    return { status: 'FAILED', to: 'WALLET', amount: amount - refunded, ...common };
  }
  if (refunded === 0) return { status: 'FAILED', to: 'SOURCE', amount: sum(failed), ...common };
  return { status: gatewayStatus, to: 'SOURCE', amount: refunded, ...common };
}

/** Whether a refund gives back all that an order's payment has cost. Then the payment is REFUNDED. */
export function isRefundedInFull({ purpose, amount }: ChargedPayment, refund: Refund): boolean {
  return purpose !== 'TOP_UP' && (refund.to === 'WALLET' || (refund.status !== 'FAILED' && refund.amount >= amount));
}

/**
 * What the events `payment.refunded` of an order's payment have reported in all, once this refund is reported too. It
 * never decreases: the dairy repeats a refund of a part that fails, and the repeated one is not reported again.
 */
export function refundReportedWith(payment: ChargedPayment, refund: Refund | undefined): MinorUnits {
  const { status, amount, purpose, refundReported = status === 'REFUNDED' ? amount : 0 } = payment;
  if (!refund || purpose === 'TOP_UP') return refundReported;
  // The dairy may still cancel a refund of a part that is pending.
  const part = refund.status === 'SUCCEEDED' ? refund.amount : 0;
  return Math.max(refundReported, isRefundedInFull(payment, refund) ? amount : part);
}
