import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery';
import { OrderModule } from '../order';
import { PaymentModule } from '../payment';
import { WalletModule } from '../wallet';
import { ReconciliationChecks } from './reconciliation-checks.service';
import { ReconciliationAdminController } from './reconciliation.admin.controller';
import { ReconciliationService } from './reconciliation.service';

@Module({
  imports: [OrderModule, WalletModule, PaymentModule, DeliveryModule],
  controllers: [ReconciliationAdminController],
  providers: [ReconciliationChecks, ReconciliationService],
})
export class ReconciliationModule {}
