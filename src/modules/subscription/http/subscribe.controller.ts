import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { TargetUserId } from '../../../platform/auth/caller';
import { IdempotencyKey } from '../../../platform/http/headers';
import { ApiFailures, ApiIdempotencyKey, ApiSuccess } from '../../../platform/openapi/decorators';
import {
  IdempotencyKeyReused,
  type IdempotentRequest,
  RequestInProgress,
} from '../../../platform/transaction/idempotency';
import { MissingAddress } from '../../order';
import { ProductNotFound } from '../../product';
import { UserBlocked } from '../../user';
import { CashLimitExceeded, CutoffPassed, NeverDue, TooManySubscriptions } from '../domain/subscription.errors';
import { SubscriptionService } from '../subscription.service';
import { SubscribeRequest } from './subscription.request.dto';
import { SubscriptionResponse } from './subscription.response.dto';

/** Its route is below /order, but the order module does not depend on subscriptions. */
@ApiTags('subscriptions')
@Access('signed-in')
@Controller('order')
export class SubscribeController {
  constructor(private readonly subscriptions: SubscriptionService) {}

  @Post('subscribe')
  @ApiOperation({
    operationId: 'subscribe',
    summary: 'Create a subscription',
    description:
      'Creates a subscription. After the cutoff of each due date (21:00 on the day before by default), an ' +
      'order is generated at the prices of that evening. WALLET is debited then, COD is paid on delivery; ' +
      'no balance is needed to subscribe. `startDate` must be a date whose cutoff has not passed, and at ' +
      'least one date must be due. A customer can have 20 subscriptions (`SUBSCRIPTIONS_MAX`) that have not ' +
      'ended. The deliveries of one day of all subscriptions by COD must not cost more than the customer may owe on ' +
      'delivery (`COD_LIMIT_FIRST`, `COD_LIMIT`). Without `address`, deliveries go to the address of the profile, and follow ' +
      'it when it changes, from the first open date on. Event: `subscription.created`.',
  })
  @ApiIdempotencyKey()
  @ApiSuccess(201, SubscriptionResponse)
  @ApiFailures(
    MissingAddress,
    UserBlocked,
    NeverDue,
    ProductNotFound,
    CutoffPassed,
    TooManySubscriptions,
    CashLimitExceeded,
    RequestInProgress,
    IdempotencyKeyReused,
  )
  async subscribe(
    @TargetUserId() userId: string,
    @Body() { userId: _, ...request }: SubscribeRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.subscriptions.subscribe(userId, request, idempotencyKey));
  }
}
