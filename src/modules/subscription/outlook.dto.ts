import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DateField } from '../../platform/http/fields';
import type { DayDemand } from './demand';
import { RECORDED, type Recorded } from './generation';
import { difference, type Preview, USUAL_RUNS } from './preview';

const DATE = { format: 'date', example: '2026-12-02' };

export class PreviewQuery {
  @DateField({ example: '2026-12-02', description: 'A date without a run, at most a year ahead.' })
  date!: string;
}

export class DemandQuery {
  @DateField({ optional: true, example: '2026-12-02', description: 'The first date, not before today; tomorrow.' })
  from?: string;

  @DateField({ optional: true, example: '2026-12-08', description: 'The last date, at most 31 days in all; a week.' })
  to?: string;
}

class UnitsResponse {
  @ApiProperty({ example: 'P101' }) productId!: string;
  @ApiProperty({ example: 'Full cream milk' }) name!: string;
  @ApiProperty({ type: 'integer', example: 1250 }) units!: number;
}

function byOutcome(example: (index: number) => number, description: string) {
  return {
    type: 'object',
    additionalProperties: { type: 'number' },
    example: Object.fromEntries(RECORDED.map((outcome, index) => [outcome, example(index)])),
    description,
  } as const;
}

class UsualResponse {
  @ApiProperty({
    type: 'integer',
    example: USUAL_RUNS,
    description: `How many runs there were: the last, ${USUAL_RUNS} at most.`,
  })
  runs!: number;
  @ApiPropertyOptional(byOutcome((index) => (index === 0 ? 812.5 : 0), 'Their mean, by outcome; absent without runs.'))
  mean?: Record<Recorded, number>;
}

export class PreviewResponse {
  @ApiProperty(DATE) date!: string;
  @ApiProperty({
    format: 'date-time',
    example: '2026-12-01T09:00:00Z',
    description: 'Subscriptions, prices, stock and balances are those of this moment.',
  })
  asOf!: string;
  @ApiProperty(byOutcome((index) => (index === 0 ? 820 : 0), 'How many subscriptions would have which outcome.'))
  counts!: Record<Recorded, number>;
  @ApiProperty({ type: 'integer', example: 0, description: 'Subscriptions that cannot be decided.' }) faults!: number;
  @ApiProperty({ type: [UnitsResponse], description: 'What would be ordered of every product, by name.' })
  units!: UnitsResponse[];
  @ApiProperty({ type: UsualResponse, description: 'The last completed runs of the same weekday.' })
  usual!: UsualResponse;
  @ApiPropertyOptional(byOutcome((index) => (index === 0 ? 7.5 : 0), 'The counts less that mean; absent without runs.'))
  difference?: Record<Recorded, number>;

  static of(this: void, preview: Preview): PreviewResponse {
    return { ...preview, units: [...preview.units], difference: difference(preview) };
  }
}

export class DayDemandResponse extends UnitsResponse {
  @ApiProperty(DATE) date!: string;
  @ApiProperty({ example: true, description: 'False: it is withdrawn, and will not be ordered.' }) available!: boolean;

  static of(this: void, demand: DayDemand): DayDemandResponse {
    return demand;
  }
}
