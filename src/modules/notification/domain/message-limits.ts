import type { Instant } from '../../../kernel/calendar';
import type { Contact } from '../../user';
import type { Channel, Notification, NotificationType } from './notification';

/** Why a message is not sent: the address is not verified, it repeats another one, or the recipient got enough. */
export type SuppressionReason = 'UNVERIFIED' | 'REPEATED' | 'TOO_MANY';

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

/** Whether an address may get a message before it is verified: not a failed top-up, which concerns no order. */
export function isSentUnverified({ type, data }: Pick<Notification, 'type' | 'data'>): boolean {
  return type !== 'PAYMENT_FAILED' || typeof data.orderId === 'string';
}

/** The limits of a message, which begins to be sent `at` an instant. */
export function limitsOf(
  notification: Notification,
  channel: Channel,
  { email, phone = '', emailVerified }: Pick<Contact, 'email' | 'phone' | 'emailVerified'>,
  at: Instant,
  settings: MessageLimitSettings,
): MessageLimit[] {
  const recipient = [channel, channel === 'SMS' ? phone : email];
  const [hour, day] = [at.slice(0, 13), at.slice(0, 10)];
  const { type } = notification;
  const tooMany = (max: number, ...key: string[]) =>
    ({ reason: 'TOO_MANY', max, key: [...recipient, ...key] }) as const;
  switch (BUDGETS[type]) {
    case 'NONE':
      return [];
    case 'OWN':
      return [tooMany(OWN_PER_HOUR, type, hour), tooMany(OWN_PER_DAY, type, day)];
    case 'SHARED': {
      const { messagesPerHour, unverifiedMessagesPerHour } = settings;
      return emailVerified
        ? [tooMany(messagesPerHour, hour)]
        : [
            tooMany(unverifiedMessagesPerHour, hour),
            tooMany(unverifiedMessagesPerHour * UNVERIFIED_DAY_FACTOR, 'UNVERIFIED', day),
          ];
    }
  }
}

/** The limit of a message that a user can cause again and again, and that says the same each time: one an hour. */
export function repetitionLimitOf(
  { type, userId, data }: Notification,
  channel: Channel,
  at: Instant,
): MessageLimit | undefined {
  const subject = subjectOf(type, data);
  if (subject === undefined) return undefined;
  return { reason: 'REPEATED', max: 1, key: [channel, userId, type, subject, at.slice(0, 13)] };
}

function subjectOf(type: NotificationType, { orderId = 'TOP_UP', subscriptionId = '' }: Notification['data']) {
  if (type === 'PAYMENT_FAILED') return String(orderId);
  return type === 'SUBSCRIPTION_PAUSED' ? String(subscriptionId) : undefined;
}
