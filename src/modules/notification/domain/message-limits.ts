import type { Instant, LocalDate } from '../../../kernel/calendar';
import type { Contact } from '../../user';
import type { Channel, Notification, NotificationType } from './notification';

/**
 * Why a message is not sent: the address is not verified, it repeats another one, the recipient got enough, or the SMS of
 * the month are used up. OUTDATED: it had to wait, and what it says is no longer true.
 */
export type SuppressionReason = 'UNVERIFIED' | 'REPEATED' | 'TOO_MANY' | 'MONTH_USED_UP' | 'OUTDATED';

/** How many messages with a key are sent. The key names the recipient or subject, and the hour or day. */
export interface MessageLimit {
  readonly reason: SuppressionReason;
  readonly key: readonly string[];
  readonly max: number;
}

export interface MessageLimitSettings {
  readonly messagesPerHour: number;
  readonly unverifiedMessagesPerHour: number;
}

/** `SHARED` types count together, `OWN` ones by type. `NONE`: the request that causes the message has a limit. */
type Budget = 'SHARED' | 'OWN' | 'NONE';

const BUDGETS: Readonly<Record<NotificationType, Budget>> = {
  WELCOME_EMAIL: 'NONE',
  EMAIL_VERIFICATION: 'OWN',
  INVITATION: 'NONE',
  PASSWORD_RESET: 'NONE',
  PASSWORD_CHANGED: 'OWN',
  SECOND_FACTOR_CHANGED: 'OWN',
  ORDER_CONFIRMED: 'SHARED',
  ORDER_CANCELLED: 'SHARED',
  PAYMENT_FAILED: 'SHARED',
  REFUND_FAILED: 'SHARED',
  INVOICE_READY: 'SHARED',
  CREDIT_NOTE: 'SHARED',
  DELIVERY_UPDATE: 'SHARED',
  DELIVERY_SKIPPED: 'SHARED',
  SUBSCRIPTION_CREATED: 'SHARED',
  SUBSCRIPTION_PAUSED: 'SHARED',
  LOW_BALANCE: 'SHARED',
};

/** Mails about the account that a user causes. */
const OWN_PER_HOUR = 5;
const OWN_PER_DAY = 10;
const UNVERIFIED_DAY_FACTOR = 2;

/**
 * The SMS of a user, and of a phone number, by the messages of an address. A user gets at most half of a number's, so
 * that one account cannot use up the SMS of another customer. See ADR 29.
 */
const SMS_PER_USER = 0.75;
const SMS_PER_NUMBER = 2 * SMS_PER_USER;
const UNVERIFIED_SMS_PER_USER = 0.5;

/** Whether an address may get a message before it is verified: not a failed top-up, which concerns no order. */
export function isSentUnverified({ type, data }: Pick<Notification, 'type' | 'data'>): boolean {
  return type !== 'PAYMENT_FAILED' || typeof data.orderId === 'string';
}

/**
 * The limits of a message, which begins to be sent `at` an instant. Those of the user come before the recipient's. SMS of
 * verified users do not count for those of other users who have the number and are not verified.
 */
export function limitsOf(
  notification: Pick<Notification, 'type' | 'userId'>,
  channel: Channel,
  { email, phone = '', emailVerified }: Pick<Contact, 'email' | 'phone' | 'emailVerified'>,
  at: Instant,
  settings: MessageLimitSettings,
): MessageLimit[] {
  const { type, userId } = notification;
  const isSms = channel === 'SMS';
  const [hour, day] = [at.slice(0, 13), at.slice(0, 10)];
  const tooMany = (max: number, ...key: string[]): MessageLimit => ({
    reason: 'TOO_MANY',
    max: Math.ceil(max),
    key: [channel, ...key],
  });
  const recipient = isSms ? phone : email;
  const ofUser = (perHour: number, perDay: number) =>
    isSms ? [tooMany(perHour, 'USER', userId, hour), tooMany(perDay, 'USER', userId, day)] : [];
  switch (BUDGETS[type]) {
    case 'NONE':
      return [];
    case 'OWN':
      return [tooMany(OWN_PER_HOUR, recipient, type, hour), tooMany(OWN_PER_DAY, recipient, type, day)];
    case 'SHARED': {
      const { messagesPerHour, unverifiedMessagesPerHour } = settings;
      const unverifiedPerDay = unverifiedMessagesPerHour * UNVERIFIED_DAY_FACTOR;
      return emailVerified
        ? [
            ...ofUser(messagesPerHour * SMS_PER_USER, messagesPerHour),
            tooMany(isSms ? messagesPerHour * SMS_PER_NUMBER : messagesPerHour, recipient, hour),
          ]
        : [
            ...ofUser(unverifiedMessagesPerHour * UNVERIFIED_SMS_PER_USER, unverifiedPerDay * UNVERIFIED_SMS_PER_USER),
            tooMany(unverifiedMessagesPerHour, recipient, ...(isSms ? ['UNVERIFIED'] : []), hour),
            tooMany(unverifiedPerDay, recipient, 'UNVERIFIED', day),
          ];
    }
  }
}

/**
 * The limit of a message that a user can cause again and again, and that says the same each time: one an hour, or one
 * on a business `date`. Each cancelled order and each top-up lets the next debit warn of a low balance again.
 */
export function repetitionLimitOf(
  { type, userId, data }: Pick<Notification, 'type' | 'userId' | 'data'>,
  channel: Channel,
  at: Instant,
  date: LocalDate,
): MessageLimit | undefined {
  const once = (...key: string[]): MessageLimit => ({
    reason: 'REPEATED',
    max: 1,
    key: [channel, userId, type, ...key],
  });
  const hour = at.slice(0, 13);
  const { orderId = 'TOP_UP', subscriptionId = '' } = data;
  if (type === 'PAYMENT_FAILED') return once(String(orderId), hour);
  if (type === 'SUBSCRIPTION_PAUSED') return once(String(subscriptionId), hour);
  if (type === 'LOW_BALANCE') return once(date);
  // The same news of another order that is delivered to the door at the same time.
  const { door, status, reason } = data;
  return type === 'DELIVERY_UPDATE' && typeof door === 'string'
    ? once(door, String(status), String(reason))
    : undefined;
}
