import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { ORDER_ID, USER_ID } from '../../kernel/api-fields';
import { toMajorUnits } from '../../kernel/money';
import { ChoiceField, DateField, ListQuery } from '../../platform/http/fields';
import type { AnalyticsEvent, DailyFigures } from './domain/analytics';

const FORMATS = ['json', 'csv'] as const;

export class ReportRequest {
  @DateField({ optional: true, example: '2025-10-08', description: 'First local date. Default: six days before `to`.' })
  from?: string;

  @DateField({
    optional: true,
    example: '2025-10-14',
    description: 'Last local date, included. Default: today. At most 366 days in all.',
  })
  to?: string;

  @ChoiceField(FORMATS, { optional: true, description: 'Format of the response. Default: `json`.' })
  format?: (typeof FORMATS)[number];
}

export class EventLogRequest extends ListQuery {
  @DateField({ optional: true, example: '2025-10-14', description: 'Local date of the events. Default: today.' })
  date?: string;
}

/** The example in the OpenAPI document. */
export const EXAMPLE_DAY = {
  date: '2025-10-14',
  orders: 120,
  revenue: 9450.5,
  cancelled: 3,
  refunded: 149.5,
  delivered: 110,
  failed: 2,
};

export class DailyFiguresResponse {
  @ApiProperty({ format: 'date', example: EXAMPLE_DAY.date, description: 'Local date.' }) date!: string;
  @ApiProperty({ type: 'integer', example: EXAMPLE_DAY.orders, description: 'Number of orders placed.' })
  orders!: number;
  @ApiProperty({
    example: EXAMPLE_DAY.revenue,
    description: 'Payments received for orders minus refunds, in major units.',
  })
  revenue!: number;
  @ApiProperty({ type: 'integer', example: EXAMPLE_DAY.cancelled, description: 'Number of orders cancelled.' })
  cancelled!: number;
  @ApiProperty({ example: EXAMPLE_DAY.refunded, description: 'Payments refunded, in major units.' })
  refunded!: number;
  @ApiProperty({ type: 'integer', example: EXAMPLE_DAY.delivered, description: 'Number of deliveries made.' })
  delivered!: number;
  @ApiProperty({
    type: 'integer',
    example: EXAMPLE_DAY.failed,
    description: 'Number of failed deliveries. Deliveries that ended because their order was cancelled do not count.',
  })
  failed!: number;

  static of(
    this: void,
    { date, orders, revenue, cancelled, refunded, delivered, failed }: DailyFigures,
  ): DailyFiguresResponse {
    return {
      date,
      orders,
      revenue: toMajorUnits(revenue),
      cancelled,
      refunded: toMajorUnits(refunded),
      delivered,
      failed,
    };
  }
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
