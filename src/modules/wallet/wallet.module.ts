import { Module } from '@nestjs/common';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { UserModule } from '../user';
import { WalletAdminService } from './wallet-admin.service';
import { WalletMovements } from './wallet-movements.service';
import { WalletAdminController } from './wallet.admin.controller';
import { WalletController } from './wallet.controller';
import { WalletRepository } from './wallet.repository';
import { ledgerTable, walletTable } from './wallet.schema';
import { WalletService } from './wallet.service';

/**
 * Wallets: prepaid balances with a ledger entry for every movement. Other modules charge and credit wallets by the
 * writes that `WalletMovements` exports.
 */
@Module({
  imports: [DynamoModule.forTables(walletTable, ledgerTable), UserModule],
  controllers: [WalletController, WalletAdminController],
  providers: [WalletRepository, WalletMovements, WalletService, WalletAdminService],
  exports: [WalletMovements, WalletService],
})
export class WalletModule {}
