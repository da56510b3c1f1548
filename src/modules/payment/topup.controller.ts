import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { InProgress, KeyReused, type Once } from '../../platform/dynamo/idempotency';
import { Access } from '../../platform/http/access';
import { ActingFor } from '../../platform/http/caller';
import { ApiAnswer, Fails } from '../../platform/http/documentation';
import { ApiIdempotencyKey, IdempotencyKey } from '../../platform/http/headers';
import { PaymentResponse } from './payment.dto';
import { PaymentService } from './payment.service';
import { TopUpRequest } from './topup.dto';

/** The way of money into a wallet is a payment; so it is here. */
@ApiTags('wallet')
@Controller('wallet')
export class TopUpController {
  constructor(private readonly payments: PaymentService) {}

  @Post('topup')
  @Access('signed-in')
  @ApiOperation({ summary: 'Top up my wallet by card or UPI; a decline is a FAILED payment, and one may try again' })
  @ApiIdempotencyKey()
  @ApiAnswer(201, PaymentResponse)
  @Fails(InProgress, KeyReused)
  async topUp(
    @ActingFor() userId: string,
    @Body() body: TopUpRequest,
    @IdempotencyKey() once?: Once,
  ): Promise<PaymentResponse> {
    return PaymentResponse.of(await this.payments.topUp(userId, body, once));
  }
}
