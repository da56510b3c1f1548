import type { Instant, LocalDate } from '../../../kernel/calendar';
import type { OrderId, SubscriptionId, UserId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import { type PricedLine, totalOf } from '../../../kernel/pricing';
import { subscriptionOrderIdOf, subscriptionPaymentIdOf } from './ids';
import type { Order, PaymentSummary } from './order';

/** What a subscription orders for one date. */
export interface SubscriptionOrderDraft {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
  readonly date: LocalDate;
  readonly items: readonly PricedLine[];
  /** What was wanted and cannot be had. */
  readonly missing: readonly Line[];
  readonly deliverySlot: Instant;
  readonly address: string;
  readonly paymentMethod: 'WALLET' | 'COD';
}

/**
 * The order of a subscription for a date: confirmed at once, since the wallet has paid it or the courier will collect.
 * Its ids are made from subscription and date, so that there is one, whoever makes it and however often.
 */
export function subscriptionOrder(draft: SubscriptionOrderDraft, now: Instant): Order {
  const { subscriptionId, userId, date, items, missing, deliverySlot, address, paymentMethod } = draft;
  const orderId = subscriptionOrderIdOf(subscriptionId, date);
  return {
    orderId,
    userId,
    status: 'CONFIRMED',
    items,
    amount: totalOf(items),
    deliverySlot,
    address,
    history: [
      { status: 'CREATED', at: now },
      { status: 'CONFIRMED', at: now },
    ],
    createdAt: now,
    payment: subscriptionPayment(orderId, paymentMethod),
    subscriptionId,
    ...(missing.length > 0 && { missing }),
    version: 1,
  };
}

type PaymentMethod = SubscriptionOrderDraft['paymentMethod'];
type InitialPayment = PaymentSummary & { readonly method: PaymentMethod; readonly status: 'SUCCESS' | 'PENDING' };

/** The payment that a subscription's order was created with, whatever it is now. Undefined for any other order. */
export function initialPaymentOf({ orderId, payment, subscriptionId }: Order): InitialPayment | undefined {
  if (subscriptionId === undefined || !payment) return undefined;
  return subscriptionPayment(orderId, payment.method === 'WALLET' ? 'WALLET' : 'COD');
}

function subscriptionPayment(orderId: OrderId, method: PaymentMethod): InitialPayment {
  const paymentId = subscriptionPaymentIdOf(orderId);
  return { paymentId, method, status: method === 'WALLET' ? 'SUCCESS' : 'PENDING' };
}
