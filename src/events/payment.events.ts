import type { OrderId, PaymentId, UserId } from '../platform/ids';
import type { Minor } from '../platform/money';

interface PaymentFact {
  readonly paymentId: PaymentId;
  readonly userId: UserId;
  readonly amount: Minor;
  readonly method: string;
}

export interface PaymentSucceeded extends PaymentFact {
  readonly type: 'payment.succeeded';
  readonly orderId: OrderId;
  /** The order was cancelled before the money came: it goes back. */
  readonly tooLate?: true;
}

export interface PaymentFailed extends PaymentFact {
  readonly type: 'payment.failed';
  /** Absent when a wallet was to be topped up. */
  readonly orderId?: OrderId;
  readonly reason: string;
}

export interface PaymentRefunded extends PaymentFact {
  readonly type: 'payment.refunded';
  readonly orderId: OrderId;
}

export type PaymentEvent = PaymentSucceeded | PaymentFailed | PaymentRefunded;
