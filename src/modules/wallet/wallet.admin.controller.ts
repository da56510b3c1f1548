import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { SecondFactor } from '../../platform/auth/second-factor';
import { IdempotencyKey } from '../../platform/http/headers';
import { ApiFailures, ApiIdempotencyKey, ApiSuccess } from '../../platform/openapi/decorators';
import {
  IdempotencyKeyReused,
  type IdempotentRequest,
  RequestInProgress,
} from '../../platform/transaction/idempotency';
import { UserNotFound } from '../user';
import { InsufficientBalance } from './domain/wallet.errors';
import { WalletAdminService } from './wallet-admin.service';
import { AdjustWalletRequest, WalletAdjustmentResponse } from './wallet.admin.dto';

@ApiTags('wallets')
@Access('ADMIN')
@Controller('admin/wallet')
export class WalletAdminController {
  constructor(private readonly wallets: WalletAdminService) {}

  @Post('adjust')
  @SecondFactor('recent')
  @ApiOperation({
    operationId: 'adjustWallet',
    summary: 'Adjust a wallet',
    description:
      'Credits or debits a wallet by hand: cash received, a correction or a goodwill credit. Writes a ' +
      'ledger entry with the reason and the admin. A debit cannot exceed the balance. Events: `wallet.adjusted`, ' +
      'and `wallet.balance_low` if a debit causes a low-balance warning.',
  })
  @ApiIdempotencyKey()
  @ApiSuccess(201, WalletAdjustmentResponse)
  @ApiFailures(UserNotFound, InsufficientBalance, RequestInProgress, IdempotencyKeyReused)
  async adjust(
    @Body() { userId, ...adjustment }: AdjustWalletRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<WalletAdjustmentResponse> {
    return WalletAdjustmentResponse.of(await this.wallets.adjust(userId, adjustment, idempotencyKey));
  }
}
