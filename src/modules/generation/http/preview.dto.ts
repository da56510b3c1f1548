import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DateField } from '../../../platform/http/fields';
import { AVERAGED_RUNS, differenceFromAverage, type Preview } from '../domain/preview';
import { RECORDED_OUTCOMES, type RecordedOutcome } from '../domain/run';

const DATE = { format: 'date', example: '2026-12-02' };

export class PreviewQuery {
  @DateField({ example: '2026-12-02', description: 'A date without a run, at most a year ahead.' })
  date!: string;
}

class ProductUnitsResponse {
  @ApiProperty({ example: 'P101' }) productId!: string;
  @ApiProperty({ example: 'Full cream milk' }) name!: string;
  @ApiProperty({ type: 'integer', example: 1250 }) units!: number;
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
    description: `How many runs there were: the last, ${AVERAGED_RUNS} at most.`,
  })
  runs!: number;
  @ApiPropertyOptional(
    numberByOutcome((index) => (index === 0 ? 812.5 : 0), 'Their mean, by outcome; absent without runs.'),
  )
  mean?: Record<RecordedOutcome, number>;
}

export class PreviewResponse {
  @ApiProperty(DATE) date!: string;
  @ApiProperty({
    format: 'date-time',
    example: '2026-12-01T09:00:00Z',
    description: 'Subscriptions, prices, stock and balances are those of this moment.',
  })
  asOf!: string;
  @ApiProperty(numberByOutcome((index) => (index === 0 ? 820 : 0), 'How many subscriptions would have which outcome.'))
  counts!: Record<RecordedOutcome, number>;
  @ApiProperty({ type: 'integer', example: 0, description: 'Subscriptions that cannot be decided.' }) faults!: number;
  @ApiProperty({ type: [ProductUnitsResponse], description: 'What would be ordered of every product, by name.' })
  units!: ProductUnitsResponse[];
  @ApiProperty({ type: WeekdayAverageResponse, description: 'The last completed runs of the same weekday.' })
  usual!: WeekdayAverageResponse;
  @ApiPropertyOptional(
    numberByOutcome((index) => (index === 0 ? 7.5 : 0), 'The counts less that mean; absent without runs.'),
  )
  difference?: Record<RecordedOutcome, number>;

  static of(this: void, preview: Preview): PreviewResponse {
    return { ...preview, units: [...preview.units], difference: differenceFromAverage(preview) };
  }
}
