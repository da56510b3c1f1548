import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { instantOf } from '../../kernel/calendar';
import { isParked, type OutboxRow } from '../../platform/events/outbox';
import { ChoiceField, IdsField, ListQuery } from '../../platform/http/fields';
import { OUTBOX_STATES, type OutboxState } from './outbox-admin.service';

const MAX_ROW_IDS = 100;

export class ListOutboxRequest extends ListQuery {
  @ChoiceField(OUTBOX_STATES, {
    optional: true,
    example: 'parked',
    description: 'parked (default), or waiting to be delivered.',
  })
  state: OutboxState = 'parked';
}

export class RetryOutboxRequest {
  @IdsField({ max: MAX_ROW_IDS, optional: true, description: 'Which; without it all that are parked.' })
  outboxIds?: string[];
}

class OutboxEventResponse {
  @ApiProperty({ example: '01K9Z7Q4M2' }) eventId!: string;
  @ApiProperty({ example: 'order.placed' }) type!: string;
  @ApiProperty({ format: 'date-time', example: '2026-11-30T15:00:00Z' }) occurredAt!: string;
}

class FailedSubscriberResponse {
  @ApiProperty({ example: 'AnalyticsSubscribers.publish' }) subscriber!: string;
  @ApiProperty({ example: 'The queue does not answer' }) error!: string;
}

export class OutboxRowResponse {
  @ApiProperty({ example: '01K9Z7Q4M2' }) outboxId!: string;
  @ApiProperty({ type: [OutboxEventResponse] }) events!: OutboxEventResponse[];
  @ApiProperty({ type: [FailedSubscriberResponse], description: 'Who did not take them at the last attempt.' })
  failed!: FailedSubscriberResponse[];
  @ApiProperty({ type: 'integer', example: 12 }) attempts!: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'Absent when parked: then it waits for you.' })
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
  @ApiProperty({ type: 'integer', example: 3, description: 'How many are on their way again.' }) retried!: number;
}
