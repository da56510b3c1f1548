import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery';
import { GenerationModule } from '../generation';
import { InvoiceModule } from '../invoice';
import { OrderModule } from '../order';
import { PaymentModule } from '../payment';
import { WalletModule } from '../wallet';
import { GenerationCheck } from './generation-check.service';
import { InvoiceChecks } from './invoice-checks.service';
import { ReconciliationChecks } from './reconciliation-checks.service';
import { ReconciliationAdminController } from './reconciliation.admin.controller';
import { ReconciliationService } from './reconciliation.service';

/**
 * Reconciliation: compares wallets, ledger entries, payments, orders, invoices, the gateway's charges and what
 * generation has decided, and reports contradictions. It runs while the dairy operates, and changes nothing.
 */
@Module({
  imports: [OrderModule, WalletModule, PaymentModule, DeliveryModule, InvoiceModule, GenerationModule],
  controllers: [ReconciliationAdminController],
  providers: [ReconciliationChecks, InvoiceChecks, GenerationCheck, ReconciliationService],
})
export class ReconciliationModule {}
