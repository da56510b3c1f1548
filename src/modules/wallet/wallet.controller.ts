import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { mapPage } from '../../platform/dynamo/cursor';
import { Stale } from '../../platform/errors';
import { Access } from '../../platform/http/access';
import { ListAnswer } from '../../platform/http/answer.interceptor';
import { ActingFor } from '../../platform/http/caller';
import { ApiAnswer, ApiListAnswer, Fails } from '../../platform/http/documentation';
import { ApiIfMatch, IfMatch } from '../../platform/http/headers';
import { EntryResponse, LedgerQuery, WalletQuery, WalletResponse, WalletSettingsRequest } from './wallet.dto';
import { WalletService } from './wallet.service';

@ApiTags('wallet')
@Access('signed-in')
@Controller('wallet')
export class WalletController {
  constructor(private readonly wallets: WalletService) {}

  @Get('view')
  @ApiOperation({ summary: 'My prepaid balance' })
  @ApiAnswer(200, WalletResponse)
  async view(@ActingFor() userId: string, @Query() _query: WalletQuery): Promise<WalletResponse> {
    return WalletResponse.of(await this.wallets.view(userId));
  }

  @Get('ledger')
  @ApiOperation({ summary: 'What came into my wallet and what left it, newest first' })
  @ApiListAnswer(EntryResponse)
  async ledger(@ActingFor() userId: string, @Query() query: LedgerQuery): Promise<ListAnswer<EntryResponse>> {
    return new ListAnswer(mapPage(await this.wallets.ledgerOf(userId, query), EntryResponse.of));
  }

  @Patch('settings')
  @ApiOperation({ summary: 'Choose below which balance you are told that it is low' })
  @ApiIfMatch()
  @ApiAnswer(200, WalletResponse)
  @Fails(Stale)
  async change(
    @ActingFor() userId: string,
    @Body() { lowBalanceThreshold }: WalletSettingsRequest,
    @IfMatch() expected?: number,
  ): Promise<WalletResponse> {
    return WalletResponse.of(await this.wallets.changeThreshold(userId, lowBalanceThreshold, expected));
  }
}
