import type { Instant, LocalDate } from '../../../kernel/calendar';
import type { OrderId, SubscriptionId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import { type PricedLine, type RequestedLine, totalOf } from '../../../kernel/pricing';
import { subscriptionOrderIdOf, subscriptionPaymentIdOf } from './ids';
import type { Order, PaymentSummary } from './order';

/** The order of a subscription for one date, before it is created. */
export interface SubscriptionOrderDraft {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
  readonly date: LocalDate;
  readonly items: readonly PricedLine[];
  /** Lines that cannot be supplied. */
  readonly missing: readonly RequestedLine[];
  readonly deliverySlot: Instant;
  readonly address: string;
  readonly paymentMethod: 'WALLET' | 'COD';
}

/**
 * The order of a subscription for a date. It is confirmed at once, because the wallet has paid or the courier will
 * collect the cash. Its ids are derived from subscription and date, so that repeated attempts create it only once.
 */
export function subscriptionOrder(draft: SubscriptionOrderDraft, now: Instant): Order {
  const { subscriptionId, userId, date, items, missing, deliverySlot, address, paymentMethod } = draft;
  const orderId = subscriptionOrderIdOf(subscriptionId, date);
  const amount = totalOf(items);
  return {
    orderId,
    userId,
    status: 'CONFIRMED',
    items,
    amount,
    deliverySlot,
    address,
    history: [
      { status: 'CREATED', at: now },
      { status: 'CONFIRMED', at: now },
    ],
    createdAt: now,
    payment: subscriptionPayment(orderId, paymentMethod, amount),
    subscriptionId,
    ...(missing.length > 0 && { missing }),
    version: 1,
  };
}

type PaymentMethod = SubscriptionOrderDraft['paymentMethod'];
type InitialPayment = PaymentSummary & { readonly method: PaymentMethod; readonly status: 'SUCCESS' | 'PENDING' };

/** The payment with which a subscription's order was created, in its initial status. Undefined for other orders. */
export function initialPaymentOf({ orderId, payment, subscriptionId, amount }: Order): InitialPayment | undefined {
  if (subscriptionId === undefined || !payment) return undefined;
  return subscriptionPayment(orderId, payment.method === 'WALLET' ? 'WALLET' : 'COD', amount);
}

/** An order of 0 is paid at once, because there is no cash to collect. */
function subscriptionPayment(orderId: OrderId, method: PaymentMethod, amount: MinorUnits): InitialPayment {
  const paymentId = subscriptionPaymentIdOf(orderId);
  return { paymentId, method, status: method === 'WALLET' || amount === 0 ? 'SUCCESS' : 'PENDING' };
}
