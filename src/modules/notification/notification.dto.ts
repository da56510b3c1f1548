import { ApiProperty } from '@nestjs/swagger';
import { INSTANT } from '../../kernel/api-fields';
import { ChoiceField, ListQuery } from '../../platform/http/fields';
import { NOTIFICATION_TYPES } from './domain/notification';
import type { DeadNotification } from './domain/dead-notification';

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
