import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { SUBSCRIPTION_ID } from '../../../kernel/api-fields';
import { Access } from '../../../platform/auth/access';
import { type Caller, CurrentCaller, TargetUserId } from '../../../platform/auth/caller';
import { mapPage } from '../../../platform/dynamo/cursor';
import { StaleVersion } from '../../../platform/errors';
import { IfMatch } from '../../../platform/http/headers';
import { IdPipe } from '../../../platform/http/id.pipe';
import { PagedResponse } from '../../../platform/http/paged-response';
import { ApiFailures, ApiIdParam, ApiIfMatch, ApiPagedSuccess, ApiSuccess } from '../../../platform/openapi/decorators';
import { ProductNotFound } from '../../product';
import {
  CashLimitExceeded,
  CutoffPassed,
  SubscriptionEnded,
  SubscriptionNotFound,
} from '../domain/subscription.errors';
import { SubscriptionChanges } from '../subscription-changes.service';
import { SubscriptionService } from '../subscription.service';
import { WalletRunwayService } from '../wallet-runway.service';
import { ListSubscriptionsQuery, UpdateSubscriptionRequest } from './subscription.request.dto';
import { SubscriptionDetailResponse, SubscriptionResponse } from './subscription.response.dto';

@ApiTags('subscriptions')
@Access('signed-in')
@Controller('subscription')
export class SubscriptionController {
  constructor(
    private readonly subscriptions: SubscriptionService,
    private readonly changes: SubscriptionChanges,
    private readonly walletRunway: WalletRunwayService,
  ) {}

  @Get('list')
  @ApiOperation({
    operationId: 'listSubscriptions',
    summary: "List the caller's subscriptions",
    description:
      "Returns the caller's subscriptions, newest first, including those that have ended. An admin may list " +
      'those of any customer by `userId`.',
  })
  @ApiPagedSuccess(SubscriptionResponse)
  async list(
    @TargetUserId() userId: string,
    @Query() query: ListSubscriptionsQuery,
  ): Promise<PagedResponse<SubscriptionResponse>> {
    return new PagedResponse(mapPage(await this.subscriptions.ofUser(userId, query), SubscriptionResponse.of));
  }

  @Get(':subscriptionId')
  @ApiIdParam('subscriptionId', SUBSCRIPTION_ID)
  @ApiOperation({
    operationId: 'getSubscription',
    summary: 'Get a subscription',
    description:
      'Returns a subscription as of today. `runway` says how many deliveries the wallet balance covers at ' +
      "today's prices; it is present for subscriptions paid by wallet that are ACTIVE or PAUSED. Allowed " +
      'for its customer and admins.',
  })
  @ApiSuccess(200, SubscriptionDetailResponse)
  @ApiFailures(SubscriptionNotFound)
  async get(
    @CurrentCaller() caller: Caller,
    @Param('subscriptionId', IdPipe) subscriptionId: string,
  ): Promise<SubscriptionDetailResponse> {
    const subscription = await this.subscriptions.get(subscriptionId, caller);
    return SubscriptionDetailResponse.withRunway(subscription, await this.walletRunway.runwayOf(subscription));
  }

  @Patch('update')
  @ApiOperation({
    operationId: 'updateSubscription',
    summary: 'Update a subscription',
    description:
      'Changes only the fields sent. The change applies from the first date whose cutoff has not passed, or ' +
      'from `startDate` if that is later: see `effectiveFrom` in the response. Event: `subscription.updated`.',
  })
  @ApiIfMatch()
  @ApiSuccess(200, SubscriptionResponse)
  @ApiFailures(SubscriptionNotFound, SubscriptionEnded, ProductNotFound, CutoffPassed, CashLimitExceeded, StaleVersion)
  async update(
    @CurrentCaller() caller: Caller,
    @Body() { subscriptionId, userId: _, ...change }: UpdateSubscriptionRequest,
    @IfMatch() expected?: number,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.changes.update(subscriptionId, change, { caller, expected }));
  }
}
