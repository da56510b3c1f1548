import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { ORDER_ID, USER_ID } from '../../kernel/api-fields';
import { toMajorUnits } from '../../kernel/money';
import { ListQuery, DateField } from '../../platform/http/fields';
import type { AnalyticsEvent } from './domain/analytics-event';

export class EventLogRequest extends ListQuery {
  @DateField({ optional: true, example: '2025-10-14', description: 'Local date of the events. Default: today.' })
  date?: string;
}

const MONEY_FIELDS = ['amount', 'price', 'balance', 'lowBalanceThreshold', 'credited'] as const;

@ApiSchema({ description: 'Event with its ids and figures, which depend on its type. All amounts are in major units.' })
export class AnalyticsEventResponse {
  @ApiProperty({ example: 'ORDER_PLACED', description: 'Type of the event.' }) eventType!: string;
  @ApiProperty({
    format: 'date-time',
    example: '2025-10-14T10:00:00Z',
    description: 'Instant at which the event occurred.',
  })
  timestamp!: string;
  @ApiProperty({ example: '01K9Z7Q4M2', description: 'Id of the event.' }) eventId!: string;
  @ApiPropertyOptional({ description: 'Id of the request that caused the event.' }) requestId?: string;
  @ApiPropertyOptional({ ...USER_ID, description: 'Id of the user concerned.' }) userId?: string;
  @ApiPropertyOptional(ORDER_ID) orderId?: string;
  @ApiPropertyOptional({ example: 49.5, description: 'Amount, in major units.' })
  amount?: number;

  static of(event: AnalyticsEvent): AnalyticsEventResponse {
    const amounts = MONEY_FIELDS.flatMap((name) =>
      typeof event[name] === 'number' ? [[name, toMajorUnits(event[name])]] : [],
    );
    return { ...event, ...Object.fromEntries(amounts) } as AnalyticsEventResponse;
  }
}
