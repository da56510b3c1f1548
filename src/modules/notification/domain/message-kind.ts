import type { Contact, NotificationPreferences, OptionalKind, PreferenceChannel } from '../../user';
import type { Channel, Notification, NotificationType } from './notification';

type Facts = Pick<Notification, 'type' | 'data'>;

/**
 * The kind that lets a customer turn off a message, because the app shows the same. `ESSENTIAL`: always sent. Codes,
 * failures, and all that changes what comes or what it costs are essential.
 */
type Kind = 'ESSENTIAL' | OptionalKind;

const KINDS: Readonly<Record<NotificationType, Kind | ((data: Notification['data']) => Kind)>> = {
  WELCOME_EMAIL: 'ESSENTIAL',
  EMAIL_VERIFICATION: 'ESSENTIAL',
  INVITATION: 'ESSENTIAL',
  PASSWORD_RESET: 'ESSENTIAL',
  PASSWORD_CHANGED: 'ESSENTIAL',
  SECOND_FACTOR_CHANGED: 'ESSENTIAL',
  ORDER_CONFIRMED: (data) => (isRoutineDay(data) ? 'dailyConfirmations' : 'ESSENTIAL'),
  ORDER_CANCELLED: 'ESSENTIAL',
  PAYMENT_FAILED: 'ESSENTIAL',
  REFUND_FAILED: 'ESSENTIAL',
  INVOICE_READY: 'invoices',
  CREDIT_NOTE: 'ESSENTIAL',
  DELIVERY_UPDATE: ({ status }) => (status === 'FAILED' ? 'ESSENTIAL' : 'deliveryProgress'),
  LOW_BALANCE: 'lowBalance',
  SUBSCRIPTION_CREATED: 'ESSENTIAL',
  SUBSCRIPTION_PAUSED: 'ESSENTIAL',
  DELIVERY_SKIPPED: 'ESSENTIAL',
};

/** The deliveries of a day come as subscribed: nothing is missing, and the day has not changed. */
function isRoutineDay({ date, isUpdate, missing, skipped }: Notification['data']): boolean {
  return date !== undefined && isUpdate !== true && missing === undefined && skipped === undefined;
}

/** The kind by which a customer can turn off a message. Undefined if it is always sent. */
export function optionalKindOf({ type, data }: Facts): OptionalKind | undefined {
  const rule = KINDS[type];
  const kind = typeof rule === 'function' ? rule(data) : rule;
  return kind === 'ESSENTIAL' ? undefined : kind;
}

/**
 * The channels of a message: mail, and SMS for the types that the dairy sends as SMS. An optional message only goes by
 * the channels that its recipient accepts for its kind. Any other is always mailed.
 */
export function channelsFor(
  message: Facts,
  { phone, notifications }: Pick<Contact, 'phone' | 'notifications'>,
  smsTypes: readonly NotificationType[],
): Channel[] {
  const kind = optionalKindOf(message);
  const byMail = kind === undefined || accepts(notifications, 'email', kind);
  const isSmsAccepted = kind === undefined ? notifications.sms : accepts(notifications, 'sms', kind);
  const bySms = smsTypes.includes(message.type) && phone !== undefined && isSmsAccepted;
  return [...(byMail ? ['EMAIL' as const] : []), ...(bySms ? ['SMS' as const] : [])];
}

function accepts(preferences: NotificationPreferences, channel: PreferenceChannel, kind: OptionalKind): boolean {
  return preferences[channel] && preferences[`${channel}_${kind}`] !== false;
}
