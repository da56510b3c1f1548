import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery';
import { InvoiceModule } from '../invoice';
import { OrderModule } from '../order';
import { PaymentModule } from '../payment';
import { WalletModule } from '../wallet';
import { InvoiceChecks } from './invoice-checks.service';
import { ReconciliationChecks } from './reconciliation-checks.service';
import { ReconciliationAdminController } from './reconciliation.admin.controller';
import { ReconciliationService } from './reconciliation.service';

/**
 * Reconciliation: compares wallets, ledger entries, payments, orders, invoices and the gateway's charges, and reports
 * contradictions. It runs while the dairy operates, and changes nothing.
 */
@Module({
  imports: [OrderModule, WalletModule, PaymentModule, DeliveryModule, InvoiceModule],
  controllers: [ReconciliationAdminController],
  providers: [ReconciliationChecks, InvoiceChecks, ReconciliationService],
})
export class ReconciliationModule {}
