import type { DeliveryFailureReason, DeliveryUpdated } from '../../../events/delivery.events';
import type { PublishedEvent } from '../../../events/event-map';
import type { OrderCancelled, OrderConfirmed, OrderLinesAdded } from '../../../events/order.events';
import type { CreditNoteReady, InvoiceReady } from '../../../events/invoice.events';
import type { PaymentFailed, PaymentRefundFailed } from '../../../events/payment.events';
import type {
  DecidedOrder,
  DecidedSkip,
  SubscriptionCreated,
  SubscriptionDayDecided,
  SubscriptionOccurrenceSkipped,
  SubscriptionPaused,
} from '../../../events/subscription.events';
import type {
  EmailVerificationRequested,
  PasswordChanged,
  PasswordResetRequested,
  SecondFactorActivated,
  SecondFactorRemoved,
  UserInvited,
  UserRegistered,
} from '../../../events/user.events';
import type { WalletBalanceLow } from '../../../events/wallet.events';
import { addMinutes, type Instant } from '../../../kernel/calendar';
import type { OrderId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import type { NamedLine } from '../../../kernel/pricing';
import type { Draft, NotificationType } from './notification';

/** Of a delivery slot, or of what does not come. A message holds at most 256 KB, and a customer has 20 subscriptions. */
const MAX_SHOWN_LINES = 20;
/** If the phone of a courier was offline for longer, its report of a step on the way comes too late for the customer. */
const NEWS_MINUTES = 15;

/** The details of a one-off order, which its event lacks. */
export interface OrderDetails {
  readonly deliverySlot: Instant;
  readonly items: readonly NamedLine[];
}

/** An order for the same delivery slot. */
interface OrderAtDoor {
  readonly orderId: OrderId;
  readonly address: string;
  readonly status: string;
  /** Absent until the order is confirmed. */
  readonly delivery?: object;
}

export function welcome(event: PublishedEvent<UserRegistered>): Draft {
  return draftOf(event, 'WELCOME_EMAIL');
}

/** Contains no token: it is made when the mail is written. */
export function emailVerification(event: PublishedEvent<EmailVerificationRequested>): Draft {
  return draftOf(event, 'EMAIL_VERIFICATION');
}

/** Undefined for an invited user, who has chosen their first password. */
export function passwordChanged(event: PublishedEvent<PasswordChanged>): Draft | undefined {
  const { method, contactsCleared } = event;
  return method === 'INVITATION' ? undefined : draftOf(event, 'PASSWORD_CHANGED', { contactsCleared });
}

export function secondFactorChanged(event: PublishedEvent<SecondFactorActivated | SecondFactorRemoved>): Draft {
  return draftOf(event, 'SECOND_FACTOR_CHANGED', { isActive: event.type === 'user.second_factor_activated' });
}

/** Contains no token, like a password reset. */
export function invitation(event: PublishedEvent<UserInvited>): Draft {
  return draftOf(event, 'INVITATION', { resetId: event.resetId });
}

/** Contains no token: it is made when the mail is written. */
export function passwordReset(event: PublishedEvent<PasswordResetRequested>): Draft {
  return draftOf(event, 'PASSWORD_RESET', { resetId: event.resetId });
}

export function orderConfirmed(event: PublishedEvent<OrderConfirmed>, details?: OrderDetails): Draft {
  const { orderId, amount, missing = [], retryAt } = event;
  const { deliverySlot = details?.deliverySlot, items = details?.items } = event;
  return draftOf(event, 'ORDER_CONFIRMED', {
    ...{ orderId, amount, deliverySlot, items: items && shown(items) },
    ...(missing.length > 0 && { missing: shown(missing), retryAt }),
  });
}

export function orderLinesAdded(event: PublishedEvent<OrderLinesAdded>): Draft {
  const { orderId, amount, items } = event;
  return draftOf(event, 'ORDER_CONFIRMED', { orderId, amount, added: shown(items) });
}

export function orderCancelled(event: PublishedEvent<OrderCancelled>): Draft {
  const { orderId, amount, reason, moneyBack } = event;
  return draftOf(event, 'ORDER_CANCELLED', { orderId, amount, reason, moneyBack });
}

/** Undefined for cash, which the courier did not collect. */
export function paymentFailed(event: PublishedEvent<PaymentFailed>): Draft | undefined {
  const { orderId, amount, method } = event;
  return method === 'COD' ? undefined : draftOf(event, 'PAYMENT_FAILED', { orderId, amount, method });
}

export function refundFailed(event: PublishedEvent<PaymentRefundFailed>): Draft {
  const { orderId, credited, method } = event;
  return draftOf(event, 'REFUND_FAILED', { orderId, amount: credited, method });
}

/** Undefined for the invoice of one order, for which the customer is waiting, and if everything was refunded before. */
export function invoiceReady(event: PublishedEvent<InvoiceReady>): Draft | undefined {
  const { invoiceId, number, total, month } = event;
  return month === undefined || total === 0
    ? undefined
    : draftOf(event, 'INVOICE_READY', { invoiceId, invoiceNumber: number, amount: total });
}

export function creditNoteReady(event: PublishedEvent<CreditNoteReady>): Draft {
  const { creditNoteId, number: creditNoteNumber, invoiceNumber, orderId, total: amount } = event;
  return draftOf(event, 'CREDIT_NOTE', { creditNoteId, creditNoteNumber, invoiceNumber, orderId, amount });
}

export function lowBalance(event: PublishedEvent<WalletBalanceLow>): Draft {
  const { balance, lowBalanceThreshold: threshold, deliveries, shortOn } = event;
  return draftOf(event, 'LOW_BALANCE', { balance, threshold, deliveries, shortOn });
}

/**
 * About the door if other `orders` for the same time have the same news. Undefined if the delivery ends because its order
 * was cancelled: ORDER_CANCELLED reports that. Undefined for an old step on the way, too.
 */
export function deliveryUpdate(
  event: PublishedEvent<DeliveryUpdated>,
  orders: readonly OrderAtDoor[] = [],
): Draft | undefined {
  const { orderId, deliveryId, status, deliverySlot, reason = 'OTHER' } = event;
  if (!isNews(event)) return undefined;
  return draftOf(event, 'DELIVERY_UPDATE', {
    ...{ orderId, deliveryId, status, deliverySlot },
    ...(status === 'FAILED' && { reason }),
    door: doorOf(event, orders),
  });
}

/** Whether a customer is to learn of an update. */
export function isNews(event: PublishedEvent<DeliveryUpdated>): boolean {
  const isCancelled = event.status === 'FAILED' && event.reason === 'ORDER_CANCELLED';
  return !isCancelled && !isOldStep(event);
}

/** The end of a delivery is always news. */
function isOldStep({ status, happenedAt, occurredAt }: PublishedEvent<DeliveryUpdated>): boolean {
  const isEnd = status === 'DELIVERED' || status === 'FAILED';
  return !isEnd && happenedAt !== undefined && happenedAt < addMinutes(occurredAt, -NEWS_MINUTES);
}

/** Reasons that concern all that is delivered to a door at the same time. */
const DOOR_REASONS: readonly DeliveryFailureReason[] = ['CUSTOMER_UNAVAILABLE', 'ADDRESS_NOT_FOUND', 'VEHICLE'];

/**
 * Names the door if the news concerns other orders as well: by the first of the orders for it, because messages must not
 * contain the address. Undefined if the news concerns only this order.
 */
function doorOf({ orderId, status, reason = 'OTHER' }: DeliveryUpdated, orders: readonly OrderAtDoor[]) {
  const own = orders.find((order) => order.orderId === orderId);
  const atDoor = orders.filter(({ address }) => address === own?.address);
  const others = atDoor.filter((order) => order.orderId !== orderId);
  const isShared =
    status === 'FAILED'
      ? DOOR_REASONS.includes(reason) &&
        others.some(({ delivery }) => delivery !== undefined) &&
        !others.some((order) => order.status === 'DELIVERED')
      : others.some((order) => order.status !== 'CANCELLED');
  return isShared ? atDoor.map((order) => order.orderId).sort()[0] : undefined;
}

export function subscriptionCreated(event: PublishedEvent<SubscriptionCreated>): Draft {
  const { subscriptionId, startDate, nextDeliveryDate } = event;
  return draftOf(event, 'SUBSCRIPTION_CREATED', { subscriptionId, startDate, nextDeliveryDate });
}

export function subscriptionPaused(event: PublishedEvent<SubscriptionPaused>): Draft {
  const { subscriptionId, from, to } = event;
  return draftOf(event, 'SUBSCRIPTION_PAUSED', { subscriptionId, from, to });
}

export function deliverySkipped(event: PublishedEvent<SubscriptionOccurrenceSkipped>): Draft {
  const { subscriptionId, date, reason, retryAt } = event;
  return draftOf(event, 'DELIVERY_SKIPPED', { subscriptionId, date, reason, retryAt });
}

/** One message for all subscriptions of a customer: the orders of a date and what is missing, else why nothing comes. */
export function dayDecided(event: PublishedEvent<SubscriptionDayDecided>): Draft {
  const { date, orders, skipped, isUpdate } = event;
  const [first] = orders;
  if (!first) return draftOf(event, 'DELIVERY_SKIPPED', { date, ...nothingComes(skipped) });
  const slots = [...new Set(orders.map(({ deliverySlot }) => deliverySlot))].sort();
  const stops = slots.map((deliverySlot) => ({
    deliverySlot,
    items: shown(orders.flatMap((order) => (order.deliverySlot === deliverySlot ? order.items : []))),
  }));
  const missing = orders.flatMap((order) => order.missing);
  return draftOf(event, 'ORDER_CONFIRMED', {
    ...{ date, isUpdate, amount: amountOf(orders) },
    ...(orders.length === 1 ? { orderId: first.orderId } : { orderIds: orders.map(({ orderId }) => orderId) }),
    ...(stops.length === 1 ? stops[0] : { stops }),
    ...paidBy('WALLET', orders, 'charged'),
    ...paidBy('COD', orders, 'toPay'),
    ...(missing.length > 0 && { missing: shown(missing), retryAt: firstRetryOf(orders) }),
    ...(skipped.length > 0 && { skipped: shownSkips(skipped), skippedRetryAt: firstRetryOf(skipped) }),
  });
}

/** The common reason, or what does not come and why. */
function nothingComes(skipped: readonly DecidedSkip[]) {
  const [{ reason } = { reason: undefined }] = skipped;
  const retryAt = firstRetryOf(skipped);
  return skipped.every((skip) => skip.reason === reason)
    ? { reason, retryAt }
    : { skipped: shownSkips(skipped), skippedRetryAt: retryAt };
}

function shownSkips(skipped: readonly DecidedSkip[]) {
  return skipped.map(({ reason, items }) => ({ reason, items: shown(items) }));
}

function firstRetryOf(decisions: readonly { readonly retryAt?: Instant }[]): Instant | undefined {
  return decisions.find(({ retryAt }) => retryAt !== undefined)?.retryAt;
}

function amountOf(orders: readonly DecidedOrder[]): MinorUnits {
  return orders.reduce((sum, { amount }) => sum + amount, 0);
}

function paidBy(method: DecidedOrder['method'], orders: readonly DecidedOrder[], name: string) {
  const amount = amountOf(orders.filter((order) => order.method === method));
  return amount > 0 ? { [name]: amount } : {};
}

/** What a message shows of its lines: each product once, and at most `MAX_SHOWN_LINES`. */
function shown(lines: readonly NamedLine[]) {
  const byProduct = new Map<string, { qty: number; name?: string }>();
  for (const { productId, qty, name } of lines) {
    byProduct.set(productId, { qty: qty + (byProduct.get(productId)?.qty ?? 0), name });
  }
  const products = [...byProduct.values()];
  const more = products.length - MAX_SHOWN_LINES;
  return more > 0 ? [...products.slice(0, MAX_SHOWN_LINES), { more }] : products;
}

function draftOf(
  { userId, eventId, requestId }: PublishedEvent & { userId: UserId },
  type: NotificationType,
  data: Draft['data'] = {},
): Draft {
  return { userId, type, eventId, requestId, data };
}
