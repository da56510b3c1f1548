import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { InProgress, KeyReused, type Once } from '../../platform/dynamo/idempotency';
import { Access } from '../../platform/http/access';
import { ActingFor } from '../../platform/http/caller';
import { ApiAnswer, Fails } from '../../platform/http/documentation';
import { ApiIdempotencyKey, IdempotencyKey } from '../../platform/http/headers';
import { AddressMissing } from '../order';
import { ProductNotFound } from '../product';
import { SubscriptionResponse } from './subscription.answers.dto';
import { SubscribeRequest } from './subscription.dto';
import { CutoffPassed, NeverDue } from './subscription.errors';
import { SubscriptionService } from './subscription.service';

/** Stands among the orders for who subscribes, but an order knows nothing of subscriptions. */
@ApiTags('subscriptions')
@Access('signed-in')
@Controller('order')
export class SubscribeController {
  constructor(private readonly subscriptions: SubscriptionService) {}

  @Post('subscribe')
  @ApiOperation({ summary: 'Have something brought every day, or as often as you like' })
  @ApiIdempotencyKey()
  @ApiAnswer(201, SubscriptionResponse)
  @Fails(AddressMissing, NeverDue, ProductNotFound, CutoffPassed, InProgress, KeyReused)
  async subscribe(
    @ActingFor() userId: string,
    @Body() { userId: _, ...wanted }: SubscribeRequest,
    @IdempotencyKey() once?: Once,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.subscriptions.subscribe(userId, wanted, once));
  }
}
