import { applyDecorators, Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../../platform/auth/caller';
import { type DomainErrorClass } from '../../../platform/errors';
import { IdempotencyKey } from '../../../platform/http/headers';
import { ApiFailures, ApiIdempotencyKey, ApiSuccess } from '../../../platform/openapi/decorators';
import {
  IdempotencyKeyReused,
  type IdempotentRequest,
  RequestInProgress,
} from '../../../platform/transaction/idempotency';
import { ProductNotFound } from '../../product';
import {
  CutoffPassed,
  DateNotDue,
  DateNotOverridden,
  NotPaused,
  SubscriptionEnded,
  SubscriptionNotFound,
  TooManyDateOverrides,
  TooManyPauses,
} from '../domain/subscription.errors';
import { SubscriptionChanges } from '../subscription-changes.service';
import {
  CancelSubscriptionRequest,
  OverrideDateRequest,
  PauseSubscriptionRequest,
  ResumeSubscriptionRequest,
  SubscriptionDateRequest,
} from './subscription.request.dto';
import { SubscriptionResponse } from './subscription.response.dto';

function ChangeOperation(path: string, summary: string, ...failures: DomainErrorClass[]): MethodDecorator {
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
export class SubscriptionChangesController {
  constructor(private readonly changes: SubscriptionChanges) {}

  @ChangeOperation(
    'pause',
    'Nothing comes on some dates, both included, or until you resume',
    CutoffPassed,
    TooManyPauses,
  )
  async pause(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, from, to }: PauseSubscriptionRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.pause(subscriptionId, { from, to }, { caller, idempotencyKey }));
  }

  @ChangeOperation('resume', 'End the running pause, or withdraw a planned one', NotPaused)
  async resume(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, from }: ResumeSubscriptionRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.resume(subscriptionId, from, { caller, idempotencyKey }));
  }

  @ChangeOperation('cancel', 'Nothing comes any more, from the first date whose cutoff has not passed')
  async cancel(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId }: CancelSubscriptionRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.cancel(subscriptionId, { caller, idempotencyKey }));
  }

  @ChangeOperation('skip', 'Nothing comes on one date', CutoffPassed, DateNotDue, TooManyDateOverrides)
  async skip(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, date }: SubscriptionDateRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.skip(subscriptionId, date, { caller, idempotencyKey }));
  }

  @ChangeOperation('unskip', 'Take back what was skipped or overridden on one date', CutoffPassed, DateNotOverridden)
  async unskip(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, date }: SubscriptionDateRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.unskip(subscriptionId, date, { caller, idempotencyKey }));
  }

  @ChangeOperation(
    'override',
    'Other items come on one date, whatever the pattern says',
    CutoffPassed,
    DateNotDue,
    TooManyDateOverrides,
    ProductNotFound,
  )
  async override(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, date, items }: OverrideDateRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(
      await this.changes.override(subscriptionId, date, items, { caller, idempotencyKey }),
    );
  }
}
