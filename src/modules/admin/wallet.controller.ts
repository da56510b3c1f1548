import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { InProgress, KeyReused, type Once } from '../../platform/dynamo/idempotency';
import { Access } from '../../platform/http/access';
import { ApiAnswer, Fails } from '../../platform/http/documentation';
import { ApiIdempotencyKey, IdempotencyKey } from '../../platform/http/headers';
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
  @ApiAnswer(201, AdjustedResponse)
  @Fails(UserNotFound, InsufficientBalance, InProgress, KeyReused)
  async adjust(
    @Body() { userId, ...adjustment }: AdjustWalletRequest,
    @IdempotencyKey() once?: Once,
  ): Promise<AdjustedResponse> {
    return AdjustedResponse.of(await this.wallets.adjust(userId, adjustment, once));
  }
}
