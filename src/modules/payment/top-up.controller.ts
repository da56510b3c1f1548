import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { TargetUserId } from '../../platform/auth/caller';
import { IdempotencyKey } from '../../platform/http/headers';
import { ClientAddress } from '../../platform/http/rate-limit';
import { ApiFailures, ApiIdempotencyKey, ApiSuccess } from '../../platform/openapi/decorators';
import {
  IdempotencyKeyReused,
  type IdempotentRequest,
  RequestInProgress,
} from '../../platform/transaction/idempotency';
import { TokenRequired, TooManyFailedPayments } from './domain/payment.errors';
import { PaymentResponse } from './payment.dto';
import { PaymentService } from './payment.service';
import { TopUpRequest } from './top-up.dto';

/** A top-up is a payment, so it belongs to this module. */
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
      'Adds 1 to 100,000 in major units to the wallet by card or UPI. A declined payment is a 201 with ' +
      'status FAILED, and can be tried again, as often as that of an order. If the gateway does not decide within 10 seconds, the payment ' +
      'stays PENDING and is settled later. Events: `wallet.topped_up` or `payment.failed`.',
  })
  @ApiIdempotencyKey()
  @ApiSuccess(201, PaymentResponse)
  @ApiFailures(TokenRequired, TooManyFailedPayments, RequestInProgress, IdempotencyKeyReused)
  async topUp(
    @TargetUserId() userId: string,
    @Body() body: TopUpRequest,
    @ClientAddress() clientAddress: string,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<PaymentResponse> {
    return PaymentResponse.of(await this.payments.topUp(userId, { ...body, clientAddress }, idempotencyKey));
  }
}
