import { applyDecorators, Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../platform/auth/caller';
import { type DomainErrorClass } from '../../platform/errors';
import { ApiIdempotencyKey, IdempotencyKey } from '../../platform/http/headers';
import { ApiFailures, ApiSuccess } from '../../platform/openapi/decorators';
import {
  IdempotencyKeyReused,
  type IdempotentRequest,
  RequestInProgress,
} from '../../platform/transaction/idempotency';
import { ProductNotFound } from '../product';
import { SubscriptionResponse } from './subscription.answers.dto';
import { SubscriptionChanges } from './subscription.changes';
import {
  CancelSubscriptionRequest,
  DateRequest,
  OverrideRequest,
  PauseRequest,
  ResumeRequest,
} from './subscription.dto';
import {
  CutoffPassed,
  DateNotDue,
  NoException,
  NotPaused,
  SubscriptionEnded,
  SubscriptionNotFound,
  TooManyExceptions,
  TooManyPauses,
} from './subscription.errors';

function Change(path: string, summary: string, ...failures: DomainErrorClass[]): MethodDecorator {
  return applyDecorators(
    Post(path),
    HttpCode(200),
    ApiOperation({ summary }),
    ApiIdempotencyKey(),
    ApiSuccess(200, SubscriptionResponse),
    ApiFailures(SubscriptionNotFound, SubscriptionEnded, RequestInProgress, IdempotencyKeyReused, ...failures),
  );
}

/** When nothing comes, or something else, for a while or for good. */
@ApiTags('subscriptions')
@Access('signed-in')
@Controller('subscription')
export class AbsenceController {
  constructor(private readonly changes: SubscriptionChanges) {}

  @Change('pause', 'Nothing comes on some dates, both included, or until you resume', CutoffPassed, TooManyPauses)
  async pause(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, from, to }: PauseRequest,
    @IdempotencyKey() once?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.pause(subscriptionId, { from, to }, { caller, once }));
  }

  @Change('resume', 'End the running pause, or withdraw a planned one', NotPaused)
  async resume(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, from }: ResumeRequest,
    @IdempotencyKey() once?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.resume(subscriptionId, from, { caller, once }));
  }

  @Change('cancel', 'Nothing comes any more, from the first date whose cutoff has not passed')
  async cancel(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId }: CancelSubscriptionRequest,
    @IdempotencyKey() once?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.cancel(subscriptionId, { caller, once }));
  }

  @Change('skip', 'Nothing comes on one date', CutoffPassed, DateNotDue, TooManyExceptions)
  async skip(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, date }: DateRequest,
    @IdempotencyKey() once?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.skip(subscriptionId, date, { caller, once }));
  }

  @Change('unskip', 'Take back what was skipped or overridden on one date', CutoffPassed, NoException)
  async unskip(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, date }: DateRequest,
    @IdempotencyKey() once?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.unskip(subscriptionId, date, { caller, once }));
  }

  @Change(
    'override',
    'Other items come on one date, whatever the pattern says',
    CutoffPassed,
    DateNotDue,
    TooManyExceptions,
    ProductNotFound,
  )
  async override(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, date, items }: OverrideRequest,
    @IdempotencyKey() once?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.override(subscriptionId, date, items, { caller, once }));
  }
}
