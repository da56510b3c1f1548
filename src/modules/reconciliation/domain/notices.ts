import { toMajorUnits } from '../../../kernel/money';
import type { PaymentFacts } from './invariants';
import type { SubjectIds } from './violation';

/**
 * What the dairy should know although all parts agree: money that has left by hand or by a dispute, and what cannot be
 * checked.
 */
export const NOTICE_KINDS = ['DISPUTE_OPEN', 'DISPUTE_LOST', 'REFUND_BY_HAND', 'INVOICE_WITHOUT_ORDERS'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A fact that contradicts nothing. */
export interface Notice extends SubjectIds {
  readonly kind: NoticeKind;
  readonly detail: string;
}

/** Open and lost disputes of a payment, and refunds by hand that leave an order or a top-up behind. */
export function paymentNotices({ payment, order }: Pick<PaymentFacts, 'payment' | 'order'>): Notice[] {
  const { paymentId, orderId, userId, refund, dispute } = payment;
  const ids = { paymentId, orderId, userId };
  const notices: Notice[] = [];
  if (dispute?.status === 'OPEN' || dispute?.status === 'LOST') {
    const state = dispute.status === 'OPEN' ? 'is disputed' : 'was lost in a dispute';
    const detail = `${toMajorUnits(dispute.amount)} ${state}, the bank has withdrawn ${toMajorUnits(dispute.withdrawn)}`;
    notices.push({ kind: `DISPUTE_${dispute.status}`, detail, ...ids });
  }
  if (refund?.byHand && order?.status !== 'CANCELLED') {
    const subject = order ? `the order is ${order.status}` : 'the wallet keeps the top-up';
    const state = refund.status === 'FAILED' ? 'failed' : 'was made';
    const detail = `a refund of ${toMajorUnits(refund.amount)} ${state} by hand at the gateway, ${subject}`;
    notices.push({ kind: 'REFUND_BY_HAND', detail, ...ids });
  }
  return notices;
}
