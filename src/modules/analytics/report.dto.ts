import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { INSTANT, PRODUCT_ID, PRODUCT_NAME } from '../../kernel/api-fields';
import { ChoiceField, DateField } from '../../platform/http/fields';
import { type DailyFigures, shownDayOf } from './domain/report';

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

/** The example in the OpenAPI document. */
export const EXAMPLE_DAY = {
  date: '2025-10-14',
  orders: 120,
  units: 310,
  revenue: 9450.5,
  cancelled: 3,
  refunds: 2,
  refunded: 149.5,
  newCustomers: 4,
  activeCustomers: 98,
  subscriptionsStarted: 5,
  subscriptionsPaused: 2,
  subscriptionsEnded: 1,
  delivered: 110,
  onTime: 104,
  late: 6,
  failed: 2,
  failedReasons: { CUSTOMER_UNAVAILABLE: 2 },
  topProducts: [{ productId: 'P101', name: 'Full cream milk', units: 180 }],
  walletFloat: 48210,
};

export class ProductUnitsResponse {
  @ApiProperty(PRODUCT_ID) productId!: string;
  @ApiPropertyOptional({ ...PRODUCT_NAME, description: 'Current name of the product. Absent if it no longer exists.' })
  name?: string;
  @ApiProperty({ type: 'integer', example: 180, description: 'Number of product units ordered.' }) units!: number;
}

const count = (name: keyof typeof EXAMPLE_DAY, description: string) =>
  ApiProperty({ type: 'integer', example: EXAMPLE_DAY[name], description });
const money = (name: keyof typeof EXAMPLE_DAY, description: string) =>
  ApiProperty({ type: 'number', example: EXAMPLE_DAY[name], description });

export class DailyFiguresResponse {
  @ApiProperty({ format: 'date', example: EXAMPLE_DAY.date, description: 'Local date.' }) date!: string;
  @count('orders', 'Number of orders placed.') orders!: number;
  @count('units', 'Number of product units in these orders, with lines that were added to orders on the day.')
  units!: number;
  @money('revenue', 'Payments received for orders minus refunds, in major units.') revenue!: number;
  @count('cancelled', 'Number of orders cancelled.') cancelled!: number;
  @count('refunds', 'Number of refunds of payments and of their parts.') refunds!: number;
  @money('refunded', 'Payments refunded, in major units.') refunded!: number;
  @count('newCustomers', 'Number of customers registered.') newCustomers!: number;
  @count('activeCustomers', 'Number of different customers whose orders were placed on the day.')
  activeCustomers!: number;
  @count('subscriptionsStarted', 'Number of subscriptions created.') subscriptionsStarted!: number;
  @count('subscriptionsPaused', 'Number of pauses set.') subscriptionsPaused!: number;
  @count('subscriptionsEnded', 'Number of subscriptions cancelled.') subscriptionsEnded!: number;
  @count('delivered', 'Number of deliveries made.') delivered!: number;
  @count('onTime', 'Number of deliveries made by the end of their slot.') onTime!: number;
  @count('late', 'Number of deliveries made after the end of their slot.') late!: number;
  @count('failed', 'Number of deliveries that failed.') failed!: number;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: EXAMPLE_DAY.failedReasons,
    description: 'Number of failed deliveries by reason.',
  })
  failedReasons!: Record<string, number>;
  @ApiProperty({
    type: [ProductUnitsResponse],
    maxItems: 5,
    description: 'Best-selling products by units, at most five.',
  })
  topProducts!: ProductUnitsResponse[];
  @money('walletFloat', 'Sum of all wallets at the end of the day, in major units.') walletFloat!: number;

  static of(this: void, day: DailyFigures): DailyFiguresResponse {
    const { failedReasons, topProducts, ...figures } = shownDayOf(day);
    return { ...figures, failedReasons: { ...failedReasons }, topProducts: [...topProducts] };
  }
}

const FILE_FORMATS = ['json', 'csv', 'pdf'] as const;

export class ReportFileRequest {
  @DateField({ example: '2025-10-01', description: 'First local date.' })
  from!: string;

  @DateField({
    example: '2025-10-31',
    description: 'Last local date, included. Not after today. At most 366 days in all.',
  })
  to!: string;

  @ChoiceField(FILE_FORMATS, { description: 'Format of the file.' })
  format!: (typeof FILE_FORMATS)[number];
}

export class ReportFileResponse {
  @ApiProperty({ format: 'date', example: '2025-10-01', description: 'First local date.' }) from!: string;
  @ApiProperty({ format: 'date', example: '2025-10-31', description: 'Last local date.' }) to!: string;
  @ApiProperty({ enum: FILE_FORMATS, example: 'pdf', description: 'Format of the file.' }) format!: string;
  @ApiProperty({
    format: 'uri',
    example: 'https://milkround-reports.s3.amazonaws.com/daily/01K9Z7Q4M2.pdf?X-Amz-Signature=5d3a',
    description: 'Link to the file. It works without a token until it expires.',
  })
  url!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant at which the link expires.' }) expiresAt!: string;
}
