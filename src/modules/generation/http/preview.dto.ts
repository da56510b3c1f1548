import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CUSTOMER_ID, CUSTOMER_NAME, PRODUCT_ID, PRODUCT_NAME, SUBSCRIPTION_ID } from '../../../kernel/api-fields';
import { toMajorUnits } from '../../../kernel/money';
import { DateField } from '../../../platform/http/fields';
import { AVERAGED_RUNS, differenceFromAverage, MAX_SHORT, type Preview } from '../domain/preview';
import { RECORDED_OUTCOMES, type RecordedOutcome } from '../domain/run';

export class PreviewQuery {
  @DateField({ example: '2026-12-02', description: 'Local date without a run, at most a year ahead.' })
  date!: string;
}

class ProductUnitsResponse {
  @ApiProperty(PRODUCT_ID) productId!: string;
  @ApiProperty(PRODUCT_NAME) name!: string;
  @ApiProperty({ type: 'integer', example: 1250, description: 'Quantity that would be ordered, in product units.' })
  units!: number;
}

class ShortSubscriptionResponse {
  @ApiProperty(SUBSCRIPTION_ID) subscriptionId!: string;
  @ApiProperty(CUSTOMER_ID) userId!: string;
  @ApiPropertyOptional(CUSTOMER_NAME) name?: string;
  @ApiProperty({ example: 65, description: 'Amount of the order that the wallet does not cover, in major units.' })
  amount!: number;
}

function numberByOutcome(example: (index: number) => number, description: string) {
  return {
    type: 'object',
    additionalProperties: { type: 'number' },
    example: Object.fromEntries(RECORDED_OUTCOMES.map((outcome, index) => [outcome, example(index)])),
    description,
  } as const;
}

class WeekdayAverageResponse {
  @ApiProperty({
    type: 'integer',
    example: AVERAGED_RUNS,
    description: `Number of runs that are averaged, at most ${AVERAGED_RUNS}.`,
  })
  runs!: number;
  @ApiPropertyOptional(
    numberByOutcome(
      (index) => (index === 0 ? 812.5 : 0),
      'Mean number of subscriptions by outcome. Absent if `runs` is 0.',
    ),
  )
  mean?: Record<RecordedOutcome, number>;
}

export class PreviewResponse {
  @ApiProperty({ format: 'date', example: '2026-12-02', description: 'Local date of the deliveries.' }) date!: string;
  @ApiProperty({
    format: 'date-time',
    example: '2026-12-01T09:00:00Z',
    description: 'Instant whose subscriptions, prices, stock and balances the preview uses.',
  })
  asOf!: string;
  @ApiProperty(numberByOutcome((index) => (index === 0 ? 820 : 0), 'Number of subscriptions by outcome.'))
  counts!: Record<RecordedOutcome, number>;
  @ApiProperty({ type: 'integer', example: 0, description: 'Number of subscriptions that cannot be decided.' })
  faults!: number;
  @ApiProperty({
    type: [ProductUnitsResponse],
    description: 'Quantities that would be ordered, sorted by product name.',
  })
  units!: ProductUnitsResponse[];
  @ApiProperty({
    type: [ShortSubscriptionResponse],
    maxItems: MAX_SHORT,
    description: `Subscriptions counted as SHORT_BALANCE, in no particular order. At most ${MAX_SHORT}.`,
  })
  short!: ShortSubscriptionResponse[];
  @ApiProperty({
    type: WeekdayAverageResponse,
    description: 'Average of the latest completed runs of the same weekday.',
  })
  usual!: WeekdayAverageResponse;
  @ApiPropertyOptional(
    numberByOutcome(
      (index) => (index === 0 ? 7.5 : 0),
      '`counts` minus the mean in `usual`, by outcome. Absent if `usual.runs` is 0.',
    ),
  )
  difference?: Record<RecordedOutcome, number>;

  static of(this: void, preview: Preview): PreviewResponse {
    const short = preview.short.map((one) => ({ ...one, amount: toMajorUnits(one.amount) }));
    return { ...preview, units: [...preview.units], short, difference: differenceFromAverage(preview) };
  }
}
