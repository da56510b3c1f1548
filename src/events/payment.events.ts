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

export interface PaymentRefunded extends BasePaymentEvent {
  readonly type: 'payment.refunded';
  readonly orderId: OrderId;
}

export type PaymentEvent = PaymentSucceeded | PaymentFailed | PaymentRefunded;
