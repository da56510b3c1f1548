import type { Instant } from '../../../kernel/calendar';
import { type OrderId, orderNumberOf, type PaymentId, type UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import type { Dispute } from './dispute';
import { newPaymentId } from './ids';
import type { Refund } from './refund';

/** Part of the API: these words never change. */
export const PAYMENT_STATUSES = ['PENDING', 'SUCCESS', 'FAILED', 'REFUNDED'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const GATEWAY_METHODS = ['CARD', 'UPI'] as const;
export const PAYMENT_METHODS = [...GATEWAY_METHODS, 'WALLET', 'COD'] as const;
export type GatewayMethod = (typeof GATEWAY_METHODS)[number];
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** What a payment is for. A payment without a purpose is for an order. */
export const PAYMENT_PURPOSES = ['ORDER', 'TOP_UP'] as const;
export type PaymentPurpose = (typeof PAYMENT_PURPOSES)[number];

interface PaymentBase {
  readonly paymentId: PaymentId;
  readonly userId: UserId;
  readonly amount: MinorUnits;
  readonly method: PaymentMethod;
  readonly status: PaymentStatus;
  /** Why it failed. */
  readonly reason?: string;
  /** The gateway's id of the charge, once known. */
  readonly reference?: string;
  /** For the gateway's form, if the customer has to confirm the charge. Only in the response to the payment request. */
  readonly clientSecret?: string;
  /** Set once the gateway has a refund of the charge. */
  readonly refund?: Refund;
  /** What events have reported as refunded, in all. Absent if nothing, or if an earlier version refunded it. */
  readonly refundReported?: MinorUnits;
  /** Set once the gateway has a dispute of the charge. */
  readonly dispute?: Dispute;
  readonly createdAt: Instant;
  readonly version: number;
}

export interface OrderPayment extends PaymentBase {
  readonly purpose?: undefined;
  readonly orderId: OrderId;
  /** As in the order: the part of the amount that was charged for added lines. */
  readonly addedAmount?: MinorUnits;
  /** Counted in the customer's account for cash on delivery. */
  readonly cashCounted?: true;
}

/** A payment into the customer's wallet. */
export interface TopUp extends PaymentBase {
  readonly purpose: 'TOP_UP';
  readonly orderId?: undefined;
  readonly method: GatewayMethod;
}

export type Payment = OrderPayment | TopUp;

/** A payment that a gateway decides. */
export type GatewayPayment = Payment & { readonly method: GatewayMethod };

export function newPayment(
  draft: Pick<OrderPayment, 'orderId' | 'userId' | 'amount' | 'method'>,
  now: Instant,
): OrderPayment {
  return { ...draft, ...pendingPayment(now) };
}

/** The record of the payment that a subscription's order was created with. */
export function subscriptionPaymentOf(
  {
    orderId,
    userId,
    amount,
    addedAmount,
    createdAt,
  }: Pick<OrderPayment, 'orderId' | 'userId' | 'amount' | 'addedAmount' | 'createdAt'>,
  { paymentId, method, status }: Pick<OrderPayment, 'paymentId' | 'method' | 'status'>,
): OrderPayment {
  return { paymentId, orderId, userId, amount, addedAmount, method, status, createdAt, version: 1 };
}

export function newTopUp(draft: Pick<TopUp, 'userId' | 'amount' | 'method'>, now: Instant): TopUp {
  return { ...draft, purpose: 'TOP_UP', ...pendingPayment(now) };
}

function pendingPayment(now: Instant) {
  return { paymentId: newPaymentId(), status: 'PENDING', createdAt: now, version: 1 } as const;
}

export function isGatewayMethod(method: PaymentMethod): method is GatewayMethod {
  return GATEWAY_METHODS.some((gatewayMethod) => gatewayMethod === method);
}

/** A payment of nothing involves no gateway, whatever its method. */
export function isGatewayPayment(payment: Payment): payment is GatewayPayment {
  return isGatewayMethod(payment.method) && payment.amount > 0;
}

/** The reasons of failures that are not the customer's: nothing was charged, or the gateway could not process it. */
const NOT_DECLINED: readonly string[] = ['NOT_CHARGED', 'PROCESSING_ERROR'];

/** Whether the gateway has declined a payment. An outage of the gateway is no decline. */
export function isDecline(payment: Payment): boolean {
  const { status, reason = '' } = payment;
  return isGatewayPayment(payment) && status === 'FAILED' && !NOT_DECLINED.includes(reason);
}

/** The fields of a payment in its events. */
export function eventFieldsOf<P extends Payment>({ paymentId, orderId, userId, amount, method }: P) {
  return { paymentId, orderId: orderId as P['orderId'], userId, amount, method };
}

/** The event of a refund. `reported` is what earlier events have reported as refunded. */
export function refundedEventOf(payment: OrderPayment, reported: MinorUnits, refundedTotal: MinorUnits) {
  const amount = refundedTotal - reported;
  const isPart = amount !== payment.amount;
  return { type: 'payment.refunded', ...eventFieldsOf(payment), amount, ...(isPart && { refundedTotal }) } as const;
}

/** The movement that refunds a payment from the wallet. */
export function walletRefundOf({ paymentId, orderId, amount }: OrderPayment) {
  return {
    type: 'REFUND',
    amount,
    reason: `Order ${orderNumberOf(orderId)} was cancelled`,
    sourceId: paymentId,
  } as const;
}

/** The movement that credits a refund which could not reach the card or account. */
export function failedRefundCreditOf({ paymentId, orderId, method }: Payment, { amount }: Pick<Refund, 'amount'>) {
  const reason = `Refund of order ${orderId} could not be paid out by ${method}`;
  return { type: 'REFUND', amount, reason, sourceId: paymentId } as const;
}

/** The movement of a top-up. */
export function walletTopUpOf({ paymentId, amount, method }: TopUp) {
  return { type: 'TOP_UP', amount, reason: `Topped up by ${method}`, sourceId: paymentId } as const;
}

/** The summary of a payment that is stored in its order. */
export function summaryOf({ paymentId, method }: OrderPayment, status: PaymentStatus) {
  return { paymentId, method, status };
}
