import type { Instant } from '../../platform/calendar';
import { newPaymentId, type OrderId, type PaymentId, type UserId } from '../../platform/ids';
import type { Minor } from '../../platform/money';

/** S: the words are the contract's. */
export const PAYMENT_STATUSES = ['PENDING', 'SUCCESS', 'FAILED', 'REFUNDED'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const GATEWAY_METHODS = ['CARD', 'UPI'] as const;
export const PAYMENT_METHODS = [...GATEWAY_METHODS, 'COD'] as const;
export type GatewayMethod = (typeof GATEWAY_METHODS)[number];
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

export interface Payment {
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly amount: Minor;
  readonly method: PaymentMethod;
  readonly status: PaymentStatus;
  /** Why it failed. */
  readonly reason?: string;
  /** The gateway's own id of it, once that is known. */
  readonly reference?: string;
  /** For the gateway's form, when the customer's bank wants to hear from them; only in the answer to paying. */
  readonly clientSecret?: string;
  readonly createdAt: Instant;
  readonly version: number;
}

/** A payment that a gateway decides. */
export type GatewayPayment = Payment & { readonly method: GatewayMethod };

export type PaymentDraft = Pick<Payment, 'orderId' | 'userId' | 'amount' | 'method'>;

export function newPayment(draft: PaymentDraft, now: Instant): Payment {
  return { paymentId: newPaymentId(), ...draft, status: 'PENDING', createdAt: now, version: 1 };
}

export function isGatewayMethod(method: PaymentMethod): method is GatewayMethod {
  return GATEWAY_METHODS.some((gatewayMethod) => gatewayMethod === method);
}

export function isByGateway(payment: Payment): payment is GatewayPayment {
  return isGatewayMethod(payment.method);
}

/** What events tell of a payment. */
export function factsOf({ paymentId, orderId, userId, amount, method }: Payment) {
  return { paymentId, orderId, userId, amount, method };
}

/** What the order says of its payment. */
export function summaryOf({ paymentId, method }: Payment, status: PaymentStatus) {
  return { paymentId, method, status };
}
