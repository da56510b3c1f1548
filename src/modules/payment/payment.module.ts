import { Module } from '@nestjs/common';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { Idleness } from '../../platform/idleness';
import { OrderModule } from '../order';
import { WalletModule } from '../wallet';
import { SandboxGateway } from './adapters/sandbox.gateway';
import { SandboxRepository } from './adapters/sandbox.repository';
import { sandboxTable } from './adapters/sandbox.schema';
import { PaymentController } from './payment.controller';
import { PaymentGateway } from './payment.gateway';
import { PaymentRepository } from './payment.repository';
import { paymentTable, webhookTable } from './payment.schema';
import { PaymentService } from './payment.service';
import { PaymentSettlement } from './payment.settlement';
import { PaymentSubscribers } from './payment.subscribers';
import { TopUpController } from './topup.controller';

@Module({
  imports: [DynamoModule.forTables(paymentTable, webhookTable, sandboxTable), OrderModule, WalletModule],
  controllers: [PaymentController, TopUpController],
  providers: [
    PaymentRepository,
    PaymentService,
    PaymentSettlement,
    PaymentSubscribers,
    SandboxRepository,
    SandboxGateway,
    { provide: PaymentGateway, useExisting: SandboxGateway },
  ],
  exports: [PaymentService, PaymentSettlement],
})
export class PaymentModule {
  constructor(idleness: Idleness, sandbox: SandboxGateway) {
    idleness.register('webhooks of the sandbox', () => Promise.resolve(sandbox.isIdle));
  }
}
