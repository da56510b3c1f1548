import type Stripe from 'stripe';
import { refundedOf, toGatewayDispute, toGatewayRefund } from './stripe-follow-up';

const aCharge = (amount_refunded: number, statuses: string[], has_more = false) =>
  ({
    amount_refunded,
    refunds: { data: statuses.map((status) => ({ amount: 3_000, status })), has_more },
  }) as Stripe.Charge;

describe('the state of a Stripe charge', () => {
  it('does not count a failed refund, whether or not Stripe’s own sum does', () => {
    expect(refundedOf(undefined)).toBe(0);
    expect(refundedOf(aCharge(0, []))).toBe(0);
    expect(refundedOf(aCharge(3_000, ['succeeded']))).toBe(3_000);
    expect(refundedOf(aCharge(3_000, ['failed']))).toBe(0);
    expect(refundedOf(aCharge(0, ['failed']))).toBe(0);
    expect(refundedOf(aCharge(3_000, ['pending', 'canceled']))).toBe(3_000);
    expect(refundedOf(aCharge(9_000, ['succeeded'], true))).toBe(9_000);
  });

  it.each([
    ['pending', 'PENDING'],
    ['requires_action', 'PENDING'],
    ['succeeded', 'SUCCEEDED'],
    ['failed', 'FAILED'],
    ['canceled', 'FAILED'],
    [null, 'PENDING'],
  ])('translates a refund that is %s to %s', (status, expected) => {
    expect(toGatewayRefund({ amount: 1, status } as Stripe.Refund)).toEqual({ amount: 1, status: expected });
  });

  it.each([
    ['warning_needs_response', 'OPEN'],
    ['needs_response', 'OPEN'],
    ['under_review', 'OPEN'],
    ['a_status_of_a_newer_version', 'OPEN'],
    ['warning_closed', 'CLOSED'],
    ['prevented', 'CLOSED'],
    ['won', 'WON'],
    ['lost', 'LOST'],
  ])('translates a dispute that is %s to %s', (status, expected) => {
    const dispute = {
      id: 'dp_1',
      status,
      amount: 3_000,
      reason: 'general',
      created: 1_767_225_600,
      evidence_details: { due_by: null },
      balance_transactions: [{ amount: -3_000 }, { amount: 3_000 }],
    } as unknown as Stripe.Dispute;
    expect(toGatewayDispute(dispute)).toEqual({
      disputeId: 'dp_1',
      status: expected,
      amount: 3_000,
      withdrawn: 0,
      reason: 'general',
      openedAt: '2026-01-01T00:00:00Z',
    });
  });
});
