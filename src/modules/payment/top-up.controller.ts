import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { TargetUserId } from '../../platform/auth/caller';
import { IdempotencyKey } from '../../platform/http/headers';
import { ApiFailures, ApiIdempotencyKey, ApiSuccess } from '../../platform/openapi/decorators';
import {
  IdempotencyKeyReused,
  type IdempotentRequest,
  RequestInProgress,
} from '../../platform/transaction/idempotency';
import { PaymentResponse } from './payment.dto';
import { PaymentService } from './payment.service';
import { TopUpRequest } from './top-up.dto';

/** The way of money into a wallet is a payment; so it is here. */
@ApiTags('wallets')
@Controller('wallet')
export class TopUpController {
  constructor(private readonly payments: PaymentService) {}

  @Post('topup')
  @Access('signed-in')
  @ApiOperation({
    operationId: 'topUpWallet',
    summary: 'Top up the wallet',
    description:
      'Adds 1 to 100,000 to the wallet by card or UPI. A declined payment is a 201 with status FAILED, and can ' +
      'be tried again. Event: `wallet.topped_up`.',
  })
  @ApiIdempotencyKey()
  @ApiSuccess(201, PaymentResponse)
  @ApiFailures(RequestInProgress, IdempotencyKeyReused)
  async topUp(
    @TargetUserId() userId: string,
    @Body() body: TopUpRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<PaymentResponse> {
    return PaymentResponse.of(await this.payments.topUp(userId, body, idempotencyKey));
  }
}
