import type { EventId, UserId } from '../../../kernel/ids';
import { MalformedNotification } from './notification.errors';

export const NOTIFICATION_TYPES = [
  'WELCOME_EMAIL',
  'EMAIL_VERIFICATION',
  'INVITATION',
  'PASSWORD_RESET',
  'PASSWORD_CHANGED',
  'SECOND_FACTOR_CHANGED',
  'ORDER_CONFIRMED',
  'ORDER_CANCELLED',
  'PAYMENT_FAILED',
  'REFUND_FAILED',
  'INVOICE_READY',
  'CREDIT_NOTE',
  'DELIVERY_UPDATE',
  'LOW_BALANCE',
  'SUBSCRIPTION_CREATED',
  'SUBSCRIPTION_PAUSED',
  'DELIVERY_SKIPPED',
] as const;

export type NotificationType = (typeof NOTIFICATION_TYPES)[number];
export type Channel = 'EMAIL' | 'SMS';

/** A message to a user, as published to the notification topic. */
export interface Notification {
  readonly userId: UserId;
  readonly type: NotificationType;
  /**
   * What it says, in English. Mails and SMS are written from the type and the data, in the language of the recipient.
   * Contains no secret.
   */
  readonly message: string;
  /** The event it reports. It is sent once per event and channel. */
  readonly eventId: EventId;
  readonly requestId?: string;
  /** The only channel that is left, of a message that had to wait. */
  readonly channel?: Channel;
  /** Ids, figures, dates and reasons, which become words when the message is written. Earlier versions wrote fewer. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** A notification before it is put into words. */
export type Draft = Omit<Notification, 'message' | 'channel'>;

/** Types that can be sent as SMS. */
export const SMS_TYPES = ['DELIVERY_UPDATE', 'LOW_BALANCE'] as const satisfies readonly NotificationType[];

/** Whether a message names a type of notification that this version does not have. */
export function hasUnknownType(body: unknown): boolean {
  const { type } = (body ?? {}) as { type?: unknown };
  return typeof type === 'string' && !NOTIFICATION_TYPES.some((known) => known === type);
}

/** Validates a message from the queue. */
export function parseNotification(body: unknown): Notification {
  const { userId, type, message, eventId, channel, data = {} } = (body ?? {}) as Record<string, unknown>;
  if (typeof userId !== 'string' || userId === '') throw new MalformedNotification('userId');
  if (!NOTIFICATION_TYPES.some((known) => known === type)) throw new MalformedNotification('type');
  if (typeof message !== 'string' || message === '') throw new MalformedNotification('message');
  if (typeof eventId !== 'string' || eventId === '') throw new MalformedNotification('eventId');
  if (![undefined, 'EMAIL', 'SMS'].includes(channel as undefined)) throw new MalformedNotification('channel');
  if (typeof data !== 'object' || data === null) throw new MalformedNotification('data');
  return { ...(body as Notification), data: data as Notification['data'] };
}
