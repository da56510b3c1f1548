import { Module } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { IdleMonitor } from '../../platform/idle-monitor';
import { OrderModule } from '../order';
import { WalletModule } from '../wallet';
import { SandboxWebhooks } from './adapters/sandbox-webhooks.service';
import { SandboxGateway } from './adapters/sandbox.gateway';
import { SandboxRepository } from './adapters/sandbox.repository';
import { sandboxTable } from './adapters/sandbox.schema';
import { CashOnDeliveryRepository } from './cash-on-delivery.repository';
import { CashOnDelivery } from './cash-on-delivery.service';
import { DeclineLimit } from './decline-limit.service';
import { DisputeAdminController } from './dispute.admin.controller';
import { DisputeRepository } from './dispute.repository';
import { PaymentAudit } from './payment-audit.service';
import { PaymentFollowUp } from './payment-follow-up.service';
import { PaymentRefund } from './payment-refund.service';
import { PaymentSettlement } from './payment-settlement.service';
import { PaymentController } from './payment.controller';
import { PaymentGateway } from './payment.gateway';
import { PaymentRepository } from './payment.repository';
import { cashOnDeliveryTable, disputeTable, paymentTable, webhookTable } from './payment.schema';
import { PaymentService } from './payment.service';
import { PAYMENT_SETTINGS, type PaymentSettings } from './payment.settings';
import { PaymentSubscribers } from './payment.subscribers';
import { SubscriptionPayments } from './subscription-payments.service';
import { TopUpController } from './top-up.controller';
import { WebhookService } from './webhook.service';

/**
 * Payments: pays orders and wallet top-ups by gateway, wallet or cash, settles pending payments, and refunds cancelled
 * orders. The gateway is Stripe, or a sandbox if none is configured.
 */
@Module({
  imports: [
    DynamoModule.forTables(paymentTable, disputeTable, cashOnDeliveryTable, webhookTable, sandboxTable),
    OrderModule,
    WalletModule,
  ],
  controllers: [PaymentController, TopUpController, DisputeAdminController],
  providers: [
    provideSettings(PAYMENT_SETTINGS),
    PaymentRepository,
    PaymentService,
    DeclineLimit,
    SubscriptionPayments,
    CashOnDeliveryRepository,
    CashOnDelivery,
    PaymentSettlement,
    PaymentRefund,
    PaymentFollowUp,
    DisputeRepository,
    WebhookService,
    PaymentSubscribers,
    PaymentAudit,
    SandboxRepository,
    SandboxWebhooks,
    SandboxGateway,
    {
      provide: PaymentGateway,
      inject: [PAYMENT_SETTINGS, PLATFORM_SETTINGS, Clock, SandboxGateway],
      useFactory: async (
        { stripe }: PaymentSettings,
        { currency }: PlatformSettings,
        clock: Clock,
        sandbox: SandboxGateway,
      ) => {
        if (!stripe) return sandbox;
        // Imported on demand: the Stripe library is two hundred files, which the sandbox does not need.
        const { StripeGateway } = await import('./adapters/stripe.gateway.js');
        return new StripeGateway(stripe, currency, clock);
      },
    },
  ],
  exports: [CashOnDelivery, PaymentService, PaymentSettlement, PaymentFollowUp, PaymentAudit],
})
export class PaymentModule {
  constructor(idleMonitor: IdleMonitor, webhooks: SandboxWebhooks) {
    idleMonitor.register('sandbox webhooks', () => Promise.resolve(webhooks.isIdle));
  }
}
