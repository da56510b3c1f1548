import type { LocalDate } from '../../../kernel/calendar';
import { type OrderId, type PaymentId, prefixedUlid, type SubscriptionId } from '../../../kernel/ids';

export const newOrderId = (): OrderId => prefixedUlid('O');

/** Derived from subscription and date, because a subscription has at most one order per date. */
export function subscriptionOrderIdOf(subscriptionId: SubscriptionId, date: LocalDate): OrderId {
  return `O${subscriptionId.replace(/^S/, '')}${date.replaceAll('-', '')}`;
}

/** The id of the only payment of a subscription's order. The order names it before the payment module records it. */
export function subscriptionPaymentIdOf(orderId: OrderId): PaymentId {
  return `PAY${orderId.replace(/^O/, '')}`;
}

/** The inverse of `subscriptionPaymentIdOf`. For any other payment there is no order with the result as its id. */
export function orderIdOfSubscriptionPayment(paymentId: PaymentId): OrderId {
  return `O${paymentId.replace(/^PAY/, '')}`;
}
