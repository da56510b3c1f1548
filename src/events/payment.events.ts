import type { OrderId, PaymentId, UserId } from '../kernel/ids';
import type { MinorUnits } from '../kernel/money';

interface BasePaymentEvent {
  readonly paymentId: PaymentId;
  readonly userId: UserId;
  readonly amount: MinorUnits;
  readonly method: string;
}

export interface PaymentSucceeded extends BasePaymentEvent {
  readonly type: 'payment.succeeded';
  readonly orderId: OrderId;
  /** Set if the order was cancelled before the payment succeeded. The payment is refunded. */
  readonly tooLate?: true;
}

export interface PaymentFailed extends BasePaymentEvent {
  readonly type: 'payment.failed';
  /** Absent for a wallet top-up. */
  readonly orderId?: OrderId;
  readonly reason: string;
}

/** A payment, or a part of it, was refunded. `amount` is what earlier events have not reported. */
export interface PaymentRefunded extends BasePaymentEvent {
  readonly type: 'payment.refunded';
  readonly orderId: OrderId;
  /** What was refunded in all, if the payment is refunded in parts. */
  readonly refundedTotal?: MinorUnits;
}

/** The card or account did not take the refund, so it was credited to the wallet. */
export interface PaymentRefundFailed extends BasePaymentEvent {
  readonly type: 'payment.refund_failed';
  readonly orderId?: OrderId;
  /** What the wallet got. Less than the amount if a part has reached the customer. */
  readonly credited: MinorUnits;
}

export type PaymentEvent = PaymentSucceeded | PaymentFailed | PaymentRefunded | PaymentRefundFailed;
