import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery';
import { OrderModule } from '../order';
import { PaymentModule } from '../payment';
import { WalletModule } from '../wallet';
import { ReconciliationChecks } from './reconciliation-checks.service';
import { ReconciliationAdminController } from './reconciliation.admin.controller';
import { ReconciliationService } from './reconciliation.service';

/**
 * Reconciliation: compares wallets, ledger entries, payments, orders and the gateway's charges, and reports
 * contradictions. It runs while the dairy operates, and changes nothing.
 */
@Module({
  imports: [OrderModule, WalletModule, PaymentModule, DeliveryModule],
  controllers: [ReconciliationAdminController],
  providers: [ReconciliationChecks, ReconciliationService],
})
export class ReconciliationModule {}
