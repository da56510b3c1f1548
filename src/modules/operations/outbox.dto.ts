import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { INSTANT } from '../../kernel/api-fields';
import { instantOf } from '../../kernel/calendar';
import { isParked, type OutboxRow } from '../../platform/events/outbox';
import { ChoiceField, IdsField, ListQuery } from '../../platform/http/fields';
import { OUTBOX_STATES, type OutboxState } from './outbox-admin.service';

const MAX_ROW_IDS = 100;

export class ListOutboxRequest extends ListQuery {
  @ChoiceField(OUTBOX_STATES, {
    optional: true,
    example: 'parked',
    description:
      'State of the rows. `parked`: given up after the last attempt. `waiting`: still to be delivered. Default: `parked`.',
  })
  state: OutboxState = 'parked';
}

export class RetryOutboxRequest {
  @IdsField({ max: MAX_ROW_IDS, optional: true, description: 'Ids of parked rows. Default: all parked rows.' })
  outboxIds?: string[];
}

class OutboxEventResponse {
  @ApiProperty({ example: '01K9Z7Q4M2', description: 'Id of the event.' }) eventId!: string;
  @ApiProperty({ example: 'order.placed', description: 'Name of the event.' }) type!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant at which the event occurred.' }) occurredAt!: string;
}

class FailedSubscriberResponse {
  @ApiProperty({ example: 'analytics.publish', description: 'Name of the subscriber.' }) subscriber!: string;
  @ApiProperty({ example: 'The queue does not answer', description: 'Error of the last attempt.' }) error!: string;
}

export class OutboxRowResponse {
  @ApiProperty({ example: '01K9Z7Q4M2', description: 'Id of the row.' }) outboxId!: string;
  @ApiProperty({ type: [OutboxEventResponse], description: 'Events of one transaction, delivered together.' })
  events!: OutboxEventResponse[];
  @ApiProperty({ type: [FailedSubscriberResponse], description: 'Subscribers that failed in the last attempt.' })
  failed!: FailedSubscriberResponse[];
  @ApiProperty({ type: 'integer', example: 12, description: 'Number of attempts so far.' }) attempts!: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'Instant of the next attempt. Absent for a parked row.' })
  nextAttemptAt?: string;

  static of(this: void, row: OutboxRow): OutboxRowResponse {
    const { outboxId, events, failed = [], attempts, nextAttemptAt } = row;
    return {
      outboxId,
      events: events.map(({ eventId, type, occurredAt }) => ({ eventId, type, occurredAt })),
      failed: failed.map(({ subscriber, error }) => ({ subscriber, error })),
      attempts,
      nextAttemptAt: isParked(row) ? undefined : instantOf(nextAttemptAt),
    };
  }
}

export class RetryOutboxResponse {
  @ApiProperty({ type: 'integer', example: 3, description: 'Number of rows that are delivered again.' })
  retried!: number;
}
