import type { DeliveryUpdated } from '../../../events/delivery.events';
import type { PublishedEvent } from '../../../events/event-map';
import type { OrderCancelled, OrderConfirmed, OrderLinesAdded } from '../../../events/order.events';
import type { InvoiceReady } from '../../../events/invoice.events';
import type { PaymentFailed, PaymentRefundFailed } from '../../../events/payment.events';
import type {
  SubscriptionCreated,
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
import type { Instant } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import type { NamedLine } from '../../../kernel/pricing';
import type { Draft, NotificationType } from './notification';

/** The details of a one-off order, which its event lacks. */
export interface OrderDetails {
  readonly deliverySlot: Instant;
  readonly items: readonly NamedLine[];
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

/** Undefined for the invoice of one order, for which the customer is waiting. */
export function invoiceReady(event: PublishedEvent<InvoiceReady>): Draft | undefined {
  const { invoiceId, number, total, month } = event;
  return month === undefined
    ? undefined
    : draftOf(event, 'INVOICE_READY', { invoiceId, invoiceNumber: number, amount: total });
}

export function lowBalance(event: PublishedEvent<WalletBalanceLow>): Draft {
  const { balance, lowBalanceThreshold: threshold, deliveries, shortOn } = event;
  return draftOf(event, 'LOW_BALANCE', { balance, threshold, deliveries, shortOn });
}

/** Undefined if the delivery ends because its order was cancelled: ORDER_CANCELLED reports that. */
export function deliveryUpdate(event: PublishedEvent<DeliveryUpdated>): Draft | undefined {
  const { orderId, deliveryId, status, deliverySlot, reason = 'OTHER' } = event;
  if (status === 'FAILED' && reason === 'ORDER_CANCELLED') return undefined;
  return draftOf(event, 'DELIVERY_UPDATE', {
    ...{ orderId, deliveryId, status, deliverySlot },
    ...(status === 'FAILED' && { reason }),
  });
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

/** What a message shows of its lines. */
function shown(lines: readonly NamedLine[]) {
  return lines.map(({ qty, name }) => ({ qty, name }));
}

function draftOf(
  { userId, eventId, requestId }: PublishedEvent & { userId: UserId },
  type: NotificationType,
  data: Draft['data'] = {},
): Draft {
  return { userId, type, eventId, requestId, data };
}
