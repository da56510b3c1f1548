import { ApiProperty } from '@nestjs/swagger';
import { INSTANT } from '../../kernel/api-fields';
import { ChoiceField, DateField, ListQuery } from '../../platform/http/fields';
import { NOTIFICATION_TYPES } from './domain/notification';
import type { DeadNotification } from './domain/dead-notification';
import type { SmsRecord } from './domain/sms-record';
import { SMS_STATUSES } from './domain/sms-report';

const STATES = ['dead'] as const;

export class ListNotificationsRequest extends ListQuery {
  @ChoiceField(STATES, {
    optional: true,
    example: 'dead',
    description: 'State of the messages. `dead`: given up after the last attempt. Default: `dead`.',
  })
  state: (typeof STATES)[number] = 'dead';
}

export class DeadNotificationResponse {
  @ApiProperty({ example: '01K9Z7Q4M2', description: 'Id of the event that the message reports.' }) eventId!: string;
  @ApiProperty({ example: 'U101', description: 'Id of the recipient.' }) userId!: string;
  @ApiProperty({ enum: NOTIFICATION_TYPES, example: 'ORDER_CONFIRMED', description: 'Type of the message.' })
  type!: string;
  @ApiProperty({ enum: ['EMAIL', 'SMS'], example: 'EMAIL', description: 'Channel that failed.' }) channel!: string;
  @ApiProperty({ example: 'Order K7M4-Q2XD confirmed', description: 'First line of the message, in English.' })
  message!: string;
  @ApiProperty({ example: 'TimeoutError', description: 'Name of the last error.' }) reason!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant of the last attempt.' }) failedAt!: string;

  static of(this: void, dead: DeadNotification): DeadNotificationResponse {
    const { eventId, userId, type, channel, message, failure, failedAt } = dead;
    return { eventId, userId, type, channel, message, reason: failure, failedAt };
  }
}

export class RetryNotificationsResponse {
  @ApiProperty({ type: 'integer', example: 3, description: 'Number of messages that are sent again.' })
  retried!: number;
  @ApiProperty({ example: false, description: 'Whether more are left, beyond the limit of one request.' })
  hasMore!: boolean;
}

export class ListSmsRequest extends ListQuery {
  @DateField({
    optional: true,
    example: '2026-12-01',
    description: 'Local date on which the provider accepted the SMS. Default: today.',
  })
  date?: string;
}

/** The SMS of a provider that reports nothing stay in this state. */
const ACCEPTED = 'ACCEPTED';

export class SmsResponse {
  @ApiProperty({ example: '01K9Z7Q4M2', description: 'Id of the event that the SMS reports.' }) eventId!: string;
  @ApiProperty({ example: 'U101', description: 'Id of the recipient.' }) userId!: string;
  @ApiProperty({ enum: NOTIFICATION_TYPES, example: 'DELIVERY_UPDATE', description: 'Type of the message.' })
  type!: string;
  @ApiProperty({ example: '862a8790-60c0-4430-9b2b-658bdexample', description: 'Id of the SMS at the provider.' })
  messageId!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant at which the provider accepted it.' }) sentAt!: string;
  @ApiProperty({
    enum: [ACCEPTED, ...SMS_STATUSES],
    example: 'DELIVERED',
    description:
      'Delivery status: nothing is reported yet (`ACCEPTED`), it is on its way (`PENDING`), the carrier has it ' +
      '(`SENT`), it arrived (`DELIVERED`), it did not arrive (`FAILED`), or the carrier does not say (`UNKNOWN`).',
  })
  status!: string;
  @ApiProperty({
    required: false,
    example: 'Message has been accepted by phone',
    description: 'What the carrier says.',
  })
  reason?: string;
  @ApiProperty({ ...INSTANT, required: false, description: 'Instant of the report.' }) reportedAt?: string;
  @ApiProperty({ required: false, type: 'integer', example: 1, description: 'Number of parts, which are paid each.' })
  parts?: number;
  @ApiProperty({ required: false, example: 0.0027, description: 'Price in US$, with the fee of the carrier.' })
  price?: number;

  static of(this: void, sms: SmsRecord): SmsResponse {
    const { eventId, userId, type, providerId, sentAt, smsStatus = ACCEPTED } = sms;
    return {
      ...{ eventId, userId, type, messageId: providerId, sentAt, status: smsStatus },
      ...{ reason: sms.smsReason, reportedAt: sms.smsReportedAt, parts: sms.smsParts, price: sms.smsPrice },
    };
  }
}
