import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery';
import { GenerationModule } from '../generation';
import { InvoiceModule } from '../invoice';
import { OrderModule } from '../order';
import { PaymentModule } from '../payment';
import { ProductModule } from '../product';
import { WalletModule } from '../wallet';
import { GenerationCheck } from './generation-check.service';
import { InvoiceChecks } from './invoice-checks.service';
import { ReconciliationChecks } from './reconciliation-checks.service';
import { ReconciliationAdminController } from './reconciliation.admin.controller';
import { ReconciliationService } from './reconciliation.service';
import { StockCheck } from './stock-check.service';

/**
 * Reconciliation: compares wallets, ledger entries, payments, orders, invoices, the gateway's charges, what
 * generation has decided and split stock, and reports contradictions. It runs while the dairy operates, and changes nothing.
 */
@Module({
  imports: [ProductModule, OrderModule, WalletModule, PaymentModule, DeliveryModule, InvoiceModule, GenerationModule],
  controllers: [ReconciliationAdminController],
  providers: [ReconciliationChecks, InvoiceChecks, GenerationCheck, StockCheck, ReconciliationService],
})
export class ReconciliationModule {}
