import { type Instant, instantOf } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import type { RefusalReason } from '../../user';
import { MalformedSmsReport } from './notification.errors';

/** The context of an SMS, which End User Messaging returns with each report. */
export const SMS_CONTEXT = { notificationId: 'notificationId', userId: 'userId' } as const;

/**
 * The delivery status of an SMS, from the weakest statement to the strongest. `UNKNOWN`: an unknown error, or no report from
 * the carrier for three days. `SENT`: the carrier has accepted it, and may report no more. `DELIVERED` wins over `FAILED`,
 * because an SMS that was sent twice has arrived.
 */
export const SMS_STATUSES = ['PENDING', 'UNKNOWN', 'SENT', 'FAILED', 'DELIVERED'] as const;
export type SmsStatus = (typeof SMS_STATUSES)[number];

/** Whether a status says if the SMS arrived. */
export function isFinal(status: SmsStatus): boolean {
  return status === 'SENT' || status === 'FAILED' || status === 'DELIVERED';
}

/** A report about an SMS that the dairy has sent. */
export interface SmsReport {
  readonly notificationId: string;
  readonly userId: UserId;
  readonly status: SmsStatus;
  readonly at: Instant;
  /** What the carrier says. */
  readonly reason?: string;
  readonly parts?: number;
  /** In US$, with the fee of the carrier. */
  readonly price?: number;
  /** The number, if nothing can ever be sent to it. */
  readonly refused?: { readonly to: string; readonly reason: RefusalReason };
}

/**
 * The types of events, which have the prefix TEXT_. Only an invalid number is permanent by the documentation: a block, an
 * unreachable phone or an unknown error may end. A number that opted out is refused when the next SMS is sent.
 */
const STATUSES: Readonly<Record<string, SmsStatus>> = {
  QUEUED: 'PENDING',
  PENDING: 'PENDING',
  SENT: 'PENDING',
  UNKNOWN: 'UNKNOWN',
  SUCCESSFUL: 'SENT',
  DELIVERED: 'DELIVERED',
  INVALID: 'FAILED',
  INVALID_MESSAGE: 'FAILED',
  UNREACHABLE: 'FAILED',
  CARRIER_UNREACHABLE: 'FAILED',
  BLOCKED: 'FAILED',
  CARRIER_BLOCKED: 'FAILED',
  PROTECT_BLOCKED: 'FAILED',
  SPAM: 'FAILED',
  TTL_EXPIRED: 'FAILED',
};
const INVALID_NUMBER = 'INVALID';

const NOTIFICATION_ID = /^[\w-]{1,100}#SMS$/;
const LATEST_TIMESTAMP = Date.UTC(8999, 11, 31);
const MAX_REASON_LENGTH = 200;
const PHONE_NUMBER = /\+?\d(?:[\s().-]{0,3}\d){5,}/g;

interface SmsEvent {
  readonly eventType?: unknown;
  readonly eventTimestamp?: unknown;
  readonly destinationPhoneNumber?: unknown;
  readonly messageStatusDescription?: unknown;
  readonly totalMessageParts?: unknown;
  readonly totalMessagePrice?: unknown;
  readonly totalCarrierFee?: unknown;
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * What an event of End User Messaging reports. Undefined for events of other kinds, and for SMS that the dairy has not sent.
 * `MalformedSmsReport` if it is no such event.
 */
export function smsReportOf(body: unknown): SmsReport | undefined {
  const event = (body ?? {}) as SmsEvent;
  const { eventType, eventTimestamp: timestamp } = event;
  if (typeof eventType !== 'string') throw new MalformedSmsReport('eventType');
  const outcome = /^TEXT_(\w+)$/.exec(eventType)?.[1] ?? '';
  const status = Object.hasOwn(STATUSES, outcome) ? STATUSES[outcome] : undefined;
  const { [SMS_CONTEXT.notificationId]: notificationId, [SMS_CONTEXT.userId]: userId } = event.context ?? {};
  if (!status || typeof notificationId !== 'string' || typeof userId !== 'string') return undefined;
  if (!NOTIFICATION_ID.test(notificationId) || userId === '') return undefined;
  if (typeof timestamp !== 'number' || !(timestamp > 0 && timestamp < LATEST_TIMESTAMP)) {
    throw new MalformedSmsReport('eventTimestamp');
  }
  const { destinationPhoneNumber: to } = event;
  return {
    ...{ notificationId, userId, status, at: instantOf(timestamp) },
    ...{ reason: reasonOf(event), parts: numberOf(event.totalMessageParts), price: priceOf(event) },
    ...(outcome === INVALID_NUMBER && typeof to === 'string' && { refused: { to, reason: INVALID_NUMBER } }),
  };
}

/** Without phone numbers. */
function reasonOf({ messageStatusDescription: text }: SmsEvent): string | undefined {
  return typeof text === 'string' ? text.replace(PHONE_NUMBER, '…').slice(0, MAX_REASON_LENGTH) : undefined;
}

function priceOf({ totalMessagePrice, totalCarrierFee }: SmsEvent): number | undefined {
  const price = numberOf(totalMessagePrice);
  return price === undefined ? undefined : Number((price + (numberOf(totalCarrierFee) ?? 0)).toFixed(6));
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value < 1_000 ? value : undefined;
}
