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
import { CutoffPassed, NeverDue } from '../domain/subscription.errors';
import { SubscriptionService } from '../subscription.service';
import { SubscribeRequest } from './subscription.request.dto';
import { SubscriptionResponse } from './subscription.response.dto';

/** Stands among the orders for who subscribes, but an order knows nothing of subscriptions. */
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
      'Creates a subscription: an order is generated for every due date on the evening before, at the prices of ' +
      'that evening. The first date is the first due date whose cutoff has not passed. Event: ' +
      '`subscription.created`.',
  })
  @ApiIdempotencyKey()
  @ApiSuccess(201, SubscriptionResponse)
  @ApiFailures(MissingAddress, NeverDue, ProductNotFound, CutoffPassed, RequestInProgress, IdempotencyKeyReused)
  async subscribe(
    @TargetUserId() userId: string,
    @Body() { userId: _, ...request }: SubscribeRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.subscriptions.subscribe(userId, request, idempotencyKey));
  }
}
