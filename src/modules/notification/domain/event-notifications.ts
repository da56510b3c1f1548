import type { DeliveryFailureReason, DeliveryUpdated } from '../../../events/delivery.events';
import type { PublishedEvent } from '../../../events/event-map';
import type { CancellationReason, OrderCancelled, OrderConfirmed, OrderLinesAdded } from '../../../events/order.events';
import type { PaymentFailed, PaymentRefundFailed } from '../../../events/payment.events';
import type {
  OccurrenceSkipReason,
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
import type { LocalTime } from '../../../kernel/calendar';
import { orderNumberOf, type UserId } from '../../../kernel/ids';
import type { NamedLine } from '../../../kernel/pricing';
import { formatMoney } from './format-money';
import type { Notification, NotificationType } from './notification';

/** Undefined for the name if a mail to the user must not show it. */
export function welcome(event: PublishedEvent<UserRegistered>, name: string | undefined): Notification {
  return notificationOf(event, 'WELCOME_EMAIL', name === undefined ? 'Welcome!' : `Welcome ${name}!`);
}

/** Contains no token: it is made when the mail is written. */
export function emailVerification(event: PublishedEvent<EmailVerificationRequested>): Notification {
  return notificationOf(event, 'EMAIL_VERIFICATION', 'Confirm your e-mail address');
}

/** Undefined for an invited user, who has chosen their first password. */
export function passwordChanged(event: PublishedEvent<PasswordChanged>): Notification | undefined {
  const { method, contactsCleared } = event;
  if (method === 'INVITATION') return undefined;
  return notificationOf(event, 'PASSWORD_CHANGED', 'Your Milkround password was changed', { contactsCleared });
}

export function secondFactorChanged(event: PublishedEvent<SecondFactorActivated | SecondFactorRemoved>): Notification {
  const isActive = event.type === 'user.second_factor_activated';
  const message = `Your Milkround sign-in ${isActive ? 'now' : 'no longer'} needs a code`;
  return notificationOf(event, 'SECOND_FACTOR_CHANGED', message, { isActive });
}

/** Contains no token, like a password reset. */
export function invitation(event: PublishedEvent<UserInvited>): Notification {
  return notificationOf(event, 'INVITATION', 'Choose your Milkround password', { resetId: event.resetId });
}

/** Contains no token: it is made when the mail is written. */
export function passwordReset(event: PublishedEvent<PasswordResetRequested>): Notification {
  return notificationOf(event, 'PASSWORD_RESET', 'Reset your Milkround password', { resetId: event.resetId });
}

/** `retryUntil` is the local time until when missing lines may still be added; undefined if they will not be. */
export function orderConfirmed(event: PublishedEvent<OrderConfirmed>, retryUntil: LocalTime | undefined): Notification {
  const { orderId, amount, missing = [] } = event;
  return notificationOf(event, 'ORDER_CONFIRMED', `Order ${orderNumberOf(orderId)} confirmed`, {
    orderId,
    amount,
    ...(missing.length > 0 && { missing: listOf(missing), retryUntil }),
  });
}

export function orderLinesAdded(event: PublishedEvent<OrderLinesAdded>): Notification {
  const { orderId, amount, items } = event;
  const added = listOf(items);
  return notificationOf(event, 'ORDER_CONFIRMED', `Order ${orderNumberOf(orderId)} now includes ${added}`, {
    orderId,
    amount,
    added,
  });
}

/** Lines as customers read them: `2 × Curd and 1 × Ghee`. */
function listOf(lines: readonly NamedLine[]): string {
  return new Intl.ListFormat('en').format(
    lines.map(({ name = 'a product that is no longer sold', qty }) => `${qty} × ${name}`),
  );
}

/** For a reason that only a newer version knows. Customers do not see its code. */
const UNKNOWN_REASON_TEXT = 'something went wrong';

const CANCELLATION_TEXTS: Readonly<Record<CancellationReason, string>> = {
  CANCELLED_BY_CUSTOMER: 'as you requested',
  CANCELLED_BY_DAIRY: 'we cannot deliver it',
  PAYMENT_WINDOW_EXPIRED: 'it was not paid in time',
  DELIVERY_FAILED: 'it could not be delivered',
};

export function orderCancelled(event: PublishedEvent<OrderCancelled>): Notification {
  const { orderId, amount, reason, moneyBack } = event;
  const reasonText = CANCELLATION_TEXTS[reason] ?? UNKNOWN_REASON_TEXT;
  const refundText = moneyBack ? 'Anything you paid will be refunded.' : 'What you paid will not be refunded.';
  return notificationOf(
    event,
    'ORDER_CANCELLED',
    `Order ${orderNumberOf(orderId)} cancelled: ${reasonText}. ${refundText}`,
    {
      orderId,
      amount,
      moneyBack,
    },
  );
}

/** Undefined for cash on delivery, where the event only says that no cash will be collected. */
export function paymentFailed(event: PublishedEvent<PaymentFailed>): Notification | undefined {
  const { orderId, amount, method } = event;
  if (method === 'COD') return undefined;
  const subject = orderId === undefined ? 'Your wallet top-up' : `Payment for order ${orderNumberOf(orderId)}`;
  return notificationOf(event, 'PAYMENT_FAILED', `${subject} failed`, { orderId, amount, method });
}

export function refundFailed(event: PublishedEvent<PaymentRefundFailed>, currency: string): Notification {
  const { orderId, credited, method } = event;
  const source = method === 'UPI' ? 'bank account' : 'card';
  return notificationOf(
    event,
    'REFUND_FAILED',
    `Your refund of ${formatMoney(credited, currency)} could not reach your ${source}, so it is in your wallet.`,
    { orderId, amount: credited, source },
  );
}

export function lowBalance(event: PublishedEvent<WalletBalanceLow>, currency: string): Notification {
  const { balance, lowBalanceThreshold, deliveries = 0, shortOn } = event;
  const balanceText = formatMoney(balance, currency);
  const coveredText = deliveries > 0 ? `enough for ${deliveries} more, but ` : '';
  const shortfallText = shortOn === undefined ? '' : `, ${coveredText}too little for the delivery on ${shortOn}`;
  return notificationOf(
    event,
    'LOW_BALANCE',
    `Your wallet is down to ${balanceText}${shortfallText}. Top it up soon.`,
    {
      threshold: formatMoney(lowBalanceThreshold, currency),
      shortOn,
    },
  );
}

const FAILURE_TEXTS: Readonly<Record<DeliveryFailureReason, string>> = {
  CUSTOMER_UNAVAILABLE: 'no one was there to receive it',
  ADDRESS_NOT_FOUND: 'the address was not found',
  REFUSED: 'it was refused at the door',
  DAMAGED: 'it was damaged on the way',
  SPOILED: 'it spoiled on the way',
  VEHICLE: 'our vehicle broke down',
  OTHER: 'something went wrong on the way',
  ORDER_CANCELLED: 'its order was cancelled',
};

/** Undefined if the delivery ends because its order was cancelled: ORDER_CANCELLED reports that. */
export function deliveryUpdate(event: PublishedEvent<DeliveryUpdated>): Notification | undefined {
  const { orderId, deliveryId, status, reason = 'OTHER' } = event;
  if (status === 'FAILED' && reason === 'ORDER_CANCELLED') return undefined;
  const statusText = {
    PICKED_UP: 'has been picked up',
    IN_TRANSIT: 'is in transit',
    DELIVERED: 'has been delivered',
    FAILED: `could not be delivered: ${FAILURE_TEXTS[reason] ?? UNKNOWN_REASON_TEXT}`,
  }[status];
  return notificationOf(event, 'DELIVERY_UPDATE', `Order ${orderNumberOf(orderId)} ${statusText}`, {
    orderId,
    deliveryId,
    status,
  });
}

export function subscriptionCreated(event: PublishedEvent<SubscriptionCreated>): Notification {
  const { subscriptionId, startDate, nextDeliveryDate } = event;
  return notificationOf(
    event,
    'SUBSCRIPTION_CREATED',
    `Your subscription is set up. The first delivery is on ${nextDeliveryDate}.`,
    {
      subscriptionId,
      startDate,
    },
  );
}

export function subscriptionPaused(event: PublishedEvent<SubscriptionPaused>): Notification {
  const { subscriptionId, from, to } = event;
  const until = to === undefined ? 'until you resume it' : `until ${to}`;
  return notificationOf(event, 'SUBSCRIPTION_PAUSED', `Your subscription is paused from ${from} ${until}`, {
    subscriptionId,
    from,
    to,
  });
}

const SKIP_TEXTS: Readonly<Record<OccurrenceSkipReason, string>> = {
  SHORT_BALANCE: 'your wallet balance is too low',
  OUT_OF_STOCK: 'what you ordered is sold out',
  PRODUCT_WITHDRAWN: 'what you ordered is no longer sold',
  MISSED: 'we could not make it in time',
};

/** `retryUntil` is the local time of the retry, on the date itself; undefined if there is none. */
export function deliverySkipped(
  event: PublishedEvent<SubscriptionOccurrenceSkipped>,
  retryUntil: LocalTime | undefined,
): Notification {
  const { subscriptionId, date, reason } = event;
  const reasonText = SKIP_TEXTS[reason] ?? UNKNOWN_REASON_TEXT;
  const until = retryUntil && `${retryUntil} on that day`;
  const condition = reason === 'SHORT_BALANCE' ? `Top it up by ${until} and` : `If it is back in stock by ${until},`;
  const retryText = until === undefined ? '' : ` ${condition} we will still deliver.`;
  const data = { subscriptionId, date, reason, until };
  return notificationOf(event, 'DELIVERY_SKIPPED', `No delivery on ${date}: ${reasonText}.${retryText}`, data);
}

function notificationOf(
  { userId, eventId, requestId }: PublishedEvent & { userId: UserId },
  type: NotificationType,
  message: string,
  data: Notification['data'] = {},
): Notification {
  return { userId, type, message, eventId, requestId, data };
}
