import { Module } from '@nestjs/common';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { WalletController } from './wallet.controller';
import { WalletMovements } from './wallet.movements';
import { WalletRepository } from './wallet.repository';
import { ledgerTable, walletTable } from './wallet.schema';
import { WalletService } from './wallet.service';

@Module({
  imports: [DynamoModule.forTables(walletTable, ledgerTable)],
  controllers: [WalletController],
  providers: [WalletRepository, WalletMovements, WalletService],
  exports: [WalletMovements, WalletService],
})
export class WalletModule {}
