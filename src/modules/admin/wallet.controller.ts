import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { ApiIdempotencyKey, IdempotencyKey } from '../../platform/http/headers';
import { ApiFailures, ApiSuccess } from '../../platform/openapi/decorators';
import {
  IdempotencyKeyReused,
  type IdempotentRequest,
  RequestInProgress,
} from '../../platform/transaction/idempotency';
import { UserNotFound } from '../user';
import { InsufficientBalance } from '../wallet';
import { AdjustedResponse, AdjustWalletRequest } from './wallet.dto';
import { WalletAdministration } from './wallet.service';

@ApiTags('admin')
@Access('ADMIN')
@Controller('admin/wallet')
export class AdminWalletController {
  constructor(private readonly wallets: WalletAdministration) {}

  @Post('adjust')
  @ApiOperation({ summary: 'Move a customer’s money by hand: paid in cash, a correction, a credit' })
  @ApiIdempotencyKey()
  @ApiSuccess(201, AdjustedResponse)
  @ApiFailures(UserNotFound, InsufficientBalance, RequestInProgress, IdempotencyKeyReused)
  async adjust(
    @Body() { userId, ...adjustment }: AdjustWalletRequest,
    @IdempotencyKey() once?: IdempotentRequest,
  ): Promise<AdjustedResponse> {
    return AdjustedResponse.of(await this.wallets.adjust(userId, adjustment, once));
  }
}
