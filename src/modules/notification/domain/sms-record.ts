import type { Instant, LocalDate } from '../../../kernel/calendar';
import type { EventId, UserId } from '../../../kernel/ids';
import type { NotificationType } from './notification';
import type { SmsStatus } from './sms-report';

/** The list of the SMS of a local date, in the log of notifications. */
export function smsListingOf(date: LocalDate): string {
  return `SMS ${date}`;
}

/** An SMS that the provider has accepted, as it is in the log of notifications. */
export interface SmsRecord {
  readonly eventId: EventId;
  readonly userId: UserId;
  readonly type: NotificationType;
  readonly providerId: string;
  readonly sentAt: Instant;
  /** Undefined until the provider reports it. */
  readonly smsStatus?: SmsStatus;
  readonly smsReason?: string;
  readonly smsReportedAt?: Instant;
  readonly smsParts?: number;
  readonly smsPrice?: number;
}
