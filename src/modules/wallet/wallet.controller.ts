import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { TargetUserId } from '../../platform/auth/caller';
import { mapPage } from '../../platform/dynamo/cursor';
import { StaleVersion } from '../../platform/errors';
import { IfMatch } from '../../platform/http/headers';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiFailures, ApiIfMatch, ApiPagedSuccess, ApiSuccess } from '../../platform/openapi/decorators';
import { LedgerEntryResponse, LedgerQuery, WalletQuery, WalletResponse, WalletSettingsRequest } from './wallet.dto';
import { WalletService } from './wallet.service';

@ApiTags('wallets')
@Access('signed-in')
@Controller('wallet')
export class WalletController {
  constructor(private readonly wallets: WalletService) {}

  @Get('view')
  @ApiOperation({
    operationId: 'getWallet',
    summary: 'Get the wallet',
    description: 'Returns the prepaid balance and the low-balance threshold.',
  })
  @ApiSuccess(200, WalletResponse)
  async view(@TargetUserId() userId: string, @Query() _query: WalletQuery): Promise<WalletResponse> {
    return WalletResponse.of(await this.wallets.view(userId));
  }

  @Get('ledger')
  @ApiOperation({
    operationId: 'listLedgerEntries',
    summary: 'List wallet ledger entries',
    description: 'Returns every movement of the wallet, newest first. Their sum is the balance.',
  })
  @ApiPagedSuccess(LedgerEntryResponse)
  async ledger(
    @TargetUserId() userId: string,
    @Query() query: LedgerQuery,
  ): Promise<PagedResponse<LedgerEntryResponse>> {
    return new PagedResponse(mapPage(await this.wallets.ledgerOf(userId, query), LedgerEntryResponse.of));
  }

  @Patch('settings')
  @ApiOperation({
    operationId: 'updateWalletSettings',
    summary: 'Update the wallet settings',
    description:
      'Sets the balance below which the customer is warned. 0 turns the warning off. A balance that is ' +
      'already lower causes no warning; only a debit does. Event: `wallet.settings_changed`.',
  })
  @ApiIfMatch()
  @ApiSuccess(200, WalletResponse)
  @ApiFailures(StaleVersion)
  async change(
    @TargetUserId() userId: string,
    @Body() { lowBalanceThreshold }: WalletSettingsRequest,
    @IfMatch() expected?: number,
  ): Promise<WalletResponse> {
    return WalletResponse.of(await this.wallets.changeThreshold(userId, lowBalanceThreshold, expected));
  }
}
