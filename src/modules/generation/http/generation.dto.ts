import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  CUSTOMER_ID,
  CUSTOMER_NAME,
  INSTANT,
  ORDER_ID,
  ORDER_NUMBER,
  SUBSCRIPTION_ID,
} from '../../../kernel/api-fields';
import { orderNumberOf } from '../../../kernel/ids';
import { toMajorUnits } from '../../../kernel/money';
import { namedLineOf } from '../../../kernel/pricing';
import { ChoiceField, DateField, ListQuery } from '../../../platform/http/fields';
import { ProgressResponse } from '../../../platform/openapi/decorators';
import { type Outcome, OUTCOMES } from '../../subscription';
import {
  progressOf,
  RECORDED_OUTCOMES,
  type RecordedOutcome,
  type Run,
  type RunStatus,
  ZERO_COUNTS,
} from '../domain/run';
import type { SubscriptionOutcome } from '../outcome-history.service';
import { MissingLineResponse } from './calendar.dto';

export class RunGenerationRequest {
  @DateField({ example: '2026-12-02', description: 'Local date whose cutoff has passed.' })
  date!: string;
}

export class RunReportRequest extends ListQuery {
  @ChoiceField(RECORDED_OUTCOMES, { optional: true, description: 'Outcome of the subscriptions. Default: all.' })
  outcome?: RecordedOutcome;
}

export class SubscriptionOutcomeResponse {
  @ApiProperty(SUBSCRIPTION_ID) subscriptionId!: string;
  @ApiProperty(CUSTOMER_ID) userId!: string;
  @ApiPropertyOptional(CUSTOMER_NAME) name?: string;
  @ApiProperty({ enum: OUTCOMES, example: 'ORDERED', description: 'Outcome of the date. DUE: not decided yet.' })
  outcome!: Outcome;
  @ApiProperty({
    example: 65,
    description:
      'Amount of the order, in major units. For SHORT_BALANCE, the amount that the wallet did not cover. Otherwise 0.',
  })
  amount!: number;
  @ApiPropertyOptional(ORDER_ID) orderId?: string;
  @ApiPropertyOptional(ORDER_NUMBER) orderNumber?: string;
  @ApiPropertyOptional({ type: [MissingLineResponse], description: 'Lines that could not be supplied.' })
  missing?: MissingLineResponse[];
  @ApiPropertyOptional({
    description: 'Reason why the subscription could not be decided. Fix it and run the date again.',
  })
  fault?: string;

  static of(this: void, { amount, missing, orderId, ...rest }: SubscriptionOutcome): SubscriptionOutcomeResponse {
    const orderNumber = orderId && orderNumberOf(orderId);
    return { ...rest, orderId, orderNumber, amount: toMajorUnits(amount), missing: missing?.map(namedLineOf) };
  }
}

export class RunResponse {
  @ApiProperty({ format: 'date', example: '2026-12-02', description: 'Local date of the deliveries.' }) date!: string;
  @ApiProperty({
    enum: ['RUNNING', 'COMPLETED', 'FAILED'],
    description: 'Status of the run. FAILED: finished, but some subscriptions could not be decided; see their `fault`.',
  })
  status!: RunStatus;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { ...ZERO_COUNTS, ORDERED: 820, PAUSED: 34, SHORT_BALANCE: 3 },
    description: 'Number of subscriptions decided so far, by outcome.',
  })
  counts!: Record<RecordedOutcome, number>;
  @ApiProperty({ ...INSTANT, description: 'Instant of the start.' }) startedAt!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Instant of completion. Absent while the run is RUNNING.' })
  completedAt?: string;

  @ApiPropertyOptional({
    type: ProgressResponse,
    description: 'Progress of the run, in steps of equal work. Present while the run is RUNNING.',
  })
  progress?: ProgressResponse;

  static of(this: void, run: Run): RunResponse {
    const { date, status, counts, startedAt, completedAt } = run;
    return {
      date,
      status,
      counts: { ...ZERO_COUNTS, ...counts },
      startedAt,
      completedAt: status === 'RUNNING' ? undefined : completedAt,
      progress: progressOf(run),
    };
  }
}

export class RunReportResponse extends RunResponse {
  @ApiProperty({
    type: [SubscriptionOutcomeResponse],
    description: 'Page of the outcomes of all subscriptions. It may be short; only a missing `Link` ends the list.',
  })
  outcomes!: SubscriptionOutcomeResponse[];
}
