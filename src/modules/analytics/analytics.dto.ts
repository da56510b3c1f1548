import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { toMajorUnits } from '../../kernel/money';
import { ChoiceField, DateField, ListQuery } from '../../platform/http/fields';
import type { AnalyticsEvent, DailyFigures } from './domain/analytics';

const FORMATS = ['json', 'csv'] as const;

export class ReportRequest {
  @DateField({ optional: true, example: '2025-10-08', description: 'First local date; six days before `to`.' })
  from?: string;

  @DateField({ optional: true, example: '2025-10-14', description: 'Last local date; today.' })
  to?: string;

  @ChoiceField(FORMATS, { optional: true, description: 'json (default) or csv.' })
  format?: (typeof FORMATS)[number];
}

export class EventLogRequest extends ListQuery {
  @DateField({ optional: true, example: '2025-10-14', description: 'Local date; today.' })
  date?: string;
}

/** A day as the API page shows it. */
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
  @ApiProperty({ format: 'date', example: EXAMPLE_DAY.date }) date!: string;
  @ApiProperty({ type: 'integer', example: EXAMPLE_DAY.orders, description: 'Orders placed that day.' })
  orders!: number;
  @ApiProperty({ example: EXAMPLE_DAY.revenue, description: 'Money that came in, minus what was refunded.' })
  revenue!: number;
  @ApiProperty({ type: 'integer', example: EXAMPLE_DAY.cancelled, description: 'Orders cancelled.' })
  cancelled!: number;
  @ApiProperty({ example: EXAMPLE_DAY.refunded, description: 'Money refunded.' }) refunded!: number;
  @ApiProperty({ type: 'integer', example: EXAMPLE_DAY.delivered, description: 'Deliveries made.' }) delivered!: number;
  @ApiProperty({
    type: 'integer',
    example: EXAMPLE_DAY.failed,
    description: 'Deliveries failed; those of cancelled orders do not count.',
  })
  failed!: number;

  static of({ date, orders, revenue, cancelled, refunded, delivered, failed }: DailyFigures): DailyFiguresResponse {
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

const MONEY_FIELDS = ['amount', 'price', 'balance', 'lowBalanceThreshold'] as const;

@ApiSchema({ description: 'An event with its ids and figures; which ones depends on its type.' })
export class AnalyticsEventResponse {
  @ApiProperty({ example: 'ORDER_PLACED' }) eventType!: string;
  @ApiProperty({ format: 'date-time', example: '2025-10-14T10:00:00Z' }) timestamp!: string;
  @ApiProperty({ example: '01K9Z7Q4M2' }) eventId!: string;
  @ApiPropertyOptional() requestId?: string;
  @ApiPropertyOptional({ example: 'U101' }) userId?: string;
  @ApiPropertyOptional({ example: 'O101' }) orderId?: string;
  @ApiPropertyOptional({ example: 49.5, description: 'Money, like every figure of money here, in major units.' })
  amount?: number;

  static of(event: AnalyticsEvent): AnalyticsEventResponse {
    const amounts = MONEY_FIELDS.flatMap((name) =>
      typeof event[name] === 'number' ? [[name, toMajorUnits(event[name])]] : [],
    );
    return { ...event, ...Object.fromEntries(amounts) } as AnalyticsEventResponse;
  }
}
