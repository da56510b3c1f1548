import type { Payment } from './payment';
import { type GatewayRefund, isRefundedInFull, type Refund, refundOf } from './refund';

const NOW = '2026-12-01T10:00:00Z';
const PAYMENT: Payment = {
  paymentId: 'PAY1',
  orderId: 'O1',
  userId: 'U1',
  amount: 3_000,
  method: 'CARD',
  status: 'REFUNDED',
  createdAt: NOW,
  version: 3,
};
const PAID: Payment = { ...PAYMENT, status: 'SUCCESS' };
const TOP_UP: Payment = { ...PAYMENT, purpose: 'TOP_UP', orderId: undefined, method: 'UPI', status: 'SUCCESS' };

const pending = (amount = 3_000): GatewayRefund => ({ amount, status: 'PENDING' });
const succeeded = (amount = 3_000): GatewayRefund => ({ amount, status: 'SUCCEEDED' });
const failed = (amount = 3_000): GatewayRefund => ({ amount, status: 'FAILED' });
const toSource = (status: Refund['status'], amount = 3_000) => ({ status, to: 'SOURCE', amount, at: NOW });
const toWallet = (amount = 3_000) => ({ status: 'FAILED', to: 'WALLET', amount, at: NOW });
const byHand = { byHand: true };

describe('the refund of a payment', () => {
  it.each<[string, Payment, GatewayRefund[], object | undefined]>([
    ['that the gateway does not know', PAYMENT, [], undefined],
    ['that is on its way', PAYMENT, [pending()], toSource('PENDING')],
    ['that has arrived', PAYMENT, [succeeded()], toSource('SUCCEEDED')],
    ['that failed goes to the wallet', PAYMENT, [failed()], toWallet()],
    ['that failed twice goes to the wallet once', PAYMENT, [failed(), failed()], toWallet()],
    ['that is tried again by hand stays with the gateway', PAYMENT, [pending(), failed()], toSource('PENDING')],
    ['that arrived at the second attempt', PAYMENT, [succeeded(), failed()], toSource('SUCCEEDED')],
    ['whose last part failed', PAYMENT, [failed(2_000), succeeded(1_000)], toWallet(2_000)],
    ['of a part, by hand', PAID, [succeeded(1_000)], { ...toSource('SUCCEEDED', 1_000), ...byHand }],
    ['of a part that failed stays with the dairy', PAID, [failed(1_000)], { ...toSource('FAILED', 1_000), ...byHand }],
    ['by hand', PAID, [succeeded()], { ...toSource('SUCCEEDED'), ...byHand }],
    ['by hand that failed goes to the wallet', PAID, [failed()], { ...toWallet(), ...byHand }],
    ['of a top-up', TOP_UP, [succeeded()], { ...toSource('SUCCEEDED'), ...byHand }],
    ['of a top-up that failed credits nothing', TOP_UP, [failed()], { ...toSource('FAILED'), ...byHand }],
  ])('%s', (_, payment, refunds, expected) => {
    expect(refundOf(payment, refunds, NOW)).toEqual(expected);
  });

  it('does not change once the wallet has it, and keeps the time at which it was recorded', () => {
    const earlier = { ...toSource('PENDING'), at: '2026-11-01T10:00:00Z' } as Refund;
    expect(refundOf({ ...PAYMENT, refund: earlier }, [succeeded()], NOW)?.at).toBe(earlier.at);
    expect(refundOf({ ...PAYMENT, refund: toWallet() as Refund }, [succeeded(), failed()], NOW)).toBeUndefined();
  });

  it('is in full if the order has got everything back, wherever it went', () => {
    expect(isRefundedInFull(PAID, toSource('SUCCEEDED') as Refund)).toBe(true);
    expect(isRefundedInFull(PAID, toWallet(2_000) as Refund)).toBe(true);
    expect(isRefundedInFull(PAID, toSource('SUCCEEDED', 2_999) as Refund)).toBe(false);
    expect(isRefundedInFull(PAID, toSource('FAILED') as Refund)).toBe(false);
    expect(isRefundedInFull(TOP_UP, toSource('SUCCEEDED') as Refund)).toBe(false);
  });
});
