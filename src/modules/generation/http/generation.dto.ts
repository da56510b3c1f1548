import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { toMajorUnits } from '../../../kernel/money';
import { DateField } from '../../../platform/http/fields';
import { type Outcome, OUTCOMES } from '../../subscription';
import { RECORDED_OUTCOMES, type RecordedOutcome, type Run, type RunStatus, ZERO_COUNTS } from '../domain/run';
import type { SubscriptionOutcome } from '../outcome-history.service';
import { MissingLineResponse } from './calendar.dto';

const DATE = { format: 'date', example: '2026-12-02' };
const MOMENT = { format: 'date-time', example: '2026-12-01T15:32:00Z' };

export class RunGenerationRequest {
  @DateField({ example: '2026-12-02', description: 'A date whose cutoff has passed.' })
  date!: string;
}

export class SubscriptionOutcomeResponse {
  @ApiProperty({ example: 'S07F2C41D90AA01K9Z' }) subscriptionId!: string;
  @ApiProperty({ example: 'U101' }) userId!: string;
  @ApiProperty({ enum: OUTCOMES, description: 'DUE: not decided yet.' }) outcome!: Outcome;
  @ApiProperty({ example: 65, description: 'What was ordered, or could not be paid; else 0.' }) amount!: number;
  @ApiPropertyOptional({ example: 'O01K9Z' }) orderId?: string;
  @ApiPropertyOptional({ type: [MissingLineResponse], description: 'Wanted, but it does not come.' })
  missing?: MissingLineResponse[];
  @ApiPropertyOptional({ description: 'What kept it from being decided: mend that, and run the date again.' })
  fault?: string;

  static of(this: void, { amount, missing, ...rest }: SubscriptionOutcome): SubscriptionOutcomeResponse {
    return { ...rest, amount: toMajorUnits(amount), missing: missing && [...missing] };
  }
}

export class RunResponse {
  @ApiProperty(DATE) date!: string;
  @ApiProperty({
    enum: ['RUNNING', 'COMPLETED', 'FAILED'],
    description: 'FAILED: it went through, but some subscriptions could not be decided; see their `fault`.',
  })
  status!: RunStatus;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: Object.fromEntries(RECORDED_OUTCOMES.map((outcome) => [outcome, 0])),
    description: 'How many subscriptions have which outcome, as far as it has got.',
  })
  counts!: Record<RecordedOutcome, number>;
  @ApiProperty(MOMENT) startedAt!: string;
  @ApiPropertyOptional({ ...MOMENT, description: 'Absent while it is running.' }) completedAt?: string;

  static of(this: void, { date, status, counts, startedAt, completedAt }: Run): RunResponse {
    return {
      date,
      status,
      counts: { ...ZERO_COUNTS, ...counts },
      startedAt,
      completedAt: status === 'RUNNING' ? undefined : completedAt,
    };
  }
}

export class RunReportResponse extends RunResponse {
  @ApiProperty({
    type: [SubscriptionOutcomeResponse],
    description: 'A page of all subscriptions; it may be short. Only a missing Link ends the list.',
  })
  outcomes!: SubscriptionOutcomeResponse[];
}
