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

interface Rule {
  /** Whether an unverified address gets it. */
  readonly unverified: boolean;
  /** `SHARED` types count together, `OWN` ones by type. `NONE`: the request of such a message has a limit. */
  readonly budget: 'SHARED' | 'OWN' | 'NONE';
}

const RULES: Readonly<Record<NotificationType, Rule>> = {
  WELCOME_EMAIL: { unverified: true, budget: 'NONE' },
  EMAIL_VERIFICATION: { unverified: true, budget: 'OWN' },
  INVITATION: { unverified: true, budget: 'NONE' },
  PASSWORD_RESET: { unverified: true, budget: 'NONE' },
  PASSWORD_CHANGED: { unverified: true, budget: 'OWN' },
  ORDER_CONFIRMED: { unverified: true, budget: 'SHARED' },
  ORDER_CANCELLED: { unverified: true, budget: 'SHARED' },
  PAYMENT_FAILED: { unverified: true, budget: 'SHARED' },
  REFUND_FAILED: { unverified: true, budget: 'SHARED' },
  DELIVERY_UPDATE: { unverified: true, budget: 'SHARED' },
  DELIVERY_SKIPPED: { unverified: true, budget: 'SHARED' },
  SUBSCRIPTION_CREATED: { unverified: true, budget: 'SHARED' },
  SUBSCRIPTION_PAUSED: { unverified: false, budget: 'SHARED' },
  LOW_BALANCE: { unverified: false, budget: 'SHARED' },
};

/** Mails about the account that a user causes. */
const OWN_PER_HOUR = 5;
const OWN_PER_DAY = 10;
const UNVERIFIED_DAY_FACTOR = 2;

/** Whether an address may get a message before it is verified: what the user's own account and orders need. */
export function isSentUnverified({ type, data }: Pick<Notification, 'type' | 'data'>): boolean {
  const isTopUp = type === 'PAYMENT_FAILED' && typeof data.orderId !== 'string';
  return RULES[type].unverified && !isTopUp;
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
  switch (RULES[type].budget) {
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
