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
  CashLimitExceeded,
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

function ChangeOperation(
  path: string,
  operation: { operationId: string; summary: string; description: string },
  ...failures: DomainErrorClass[]
): MethodDecorator {
  return applyDecorators(
    Post(path),
    HttpCode(200),
    ApiOperation(operation),
    ApiIdempotencyKey(),
    ApiSuccess(200, SubscriptionResponse),
    ApiFailures(SubscriptionNotFound, SubscriptionEnded, RequestInProgress, IdempotencyKeyReused, ...failures),
  );
}

/** Pausing, skipping, overriding and cancelling. Changes of the terms are in SubscriptionController. */
@ApiTags('subscriptions')
@Access('signed-in')
@Controller('subscription')
export class SubscriptionChangesController {
  constructor(private readonly changes: SubscriptionChanges) {}

  @ChangeOperation(
    'pause',
    {
      operationId: 'pauseSubscription',
      summary: 'Pause a subscription',
      description:
        'Stops deliveries from `from` to `to`, both included. Without `to`, the pause lasts until the ' +
        'subscription is resumed. The cutoff of `from` must not have passed. Pauses that overlap or adjoin are ' +
        'merged. At most 50 pauses may be current or planned. Event: `subscription.paused`.',
    },
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

  @ChangeOperation(
    'resume',
    {
      operationId: 'resumeSubscription',
      summary: 'Resume a subscription',
      description:
        'Ends the current pause from the first date whose cutoff has not passed. With `from`, withdraws the ' +
        'planned pause that starts on that date. Event: `subscription.resumed`.',
    },
    NotPaused,
  )
  async resume(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, from }: ResumeSubscriptionRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.resume(subscriptionId, from, { caller, idempotencyKey }));
  }

  @ChangeOperation('cancel', {
    operationId: 'cancelSubscription',
    summary: 'Cancel a subscription',
    description:
      'Ends a subscription for good, from the first date whose cutoff has not passed. Orders already ' +
      'generated are still delivered. Event: `subscription.cancelled`.',
  })
  async cancel(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId }: CancelSubscriptionRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.cancel(subscriptionId, { caller, idempotencyKey }));
  }

  @ChangeOperation(
    'skip',
    {
      operationId: 'skipDate',
      summary: 'Skip a delivery date',
      description:
        'Skips the delivery of one due date whose cutoff has not passed. At most 100 future dates can be ' +
        'skipped or overridden. Event: `subscription.skipped`.',
    },
    CutoffPassed,
    DateNotDue,
    TooManyDateOverrides,
  )
  async skip(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, date }: SubscriptionDateRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.skip(subscriptionId, date, { caller, idempotencyKey }));
  }

  @ChangeOperation(
    'unskip',
    {
      operationId: 'unskipDate',
      summary: 'Undo a skip or override',
      description:
        'Restores the regular delivery of one skipped or overridden date whose cutoff has not passed. Event: ' +
        '`subscription.updated`.',
    },
    CutoffPassed,
    DateNotOverridden,
  )
  async unskip(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, date }: SubscriptionDateRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.unskip(subscriptionId, date, { caller, idempotencyKey }));
  }

  @ChangeOperation(
    'override',
    {
      operationId: 'overrideDate',
      summary: 'Override a delivery date',
      description:
        'Replaces the items of one date whose cutoff has not passed. The date need not be due, but must not ' +
        'be paused. At most 100 future dates can be skipped or overridden, with at most 1,000 lines in all. ' +
        'Event: `subscription.updated`.',
    },
    CutoffPassed,
    DateNotDue,
    TooManyDateOverrides,
    ProductNotFound,
    CashLimitExceeded,
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
