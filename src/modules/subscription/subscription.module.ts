import { Module } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { OrderModule } from '../order';
import { PaymentModule } from '../payment';
import { ProductModule } from '../product';
import { UserModule } from '../user';
import { WalletModule } from '../wallet';
import { SubscriptionAccountEffects } from './subscription-account-effects.service';
import { DemandService } from './demand.service';
import { Cutoff } from './domain/cutoff';
import { DemandAdminController } from './http/demand.admin.controller';
import { SubscribeController } from './http/subscribe.controller';
import { SubscriptionChangesController } from './http/subscription-changes.controller';
import { SubscriptionController } from './http/subscription.controller';
import { LowBalanceWarnings } from './low-balance-warnings.service';
import { SubscriptionChanges } from './subscription-changes.service';
import { OpenSubscriptionRepository } from './open-subscription.repository';
import { SubscriptionCashLimit } from './subscription-cash-limit.service';
import { SubscriptionLimit } from './subscription-limit.service';
import { SubscriptionScan } from './subscription-scan';
import { SubscriptionRepository } from './subscription.repository';
import { openSubscriptionsTable, subscriptionTable } from './subscription.schema';
import { SubscriptionService } from './subscription.service';
import { SUBSCRIPTION_SETTINGS, type SubscriptionSettings } from './subscription.settings';
import { WalletRunwayService } from './wallet-runway.service';

/**
 * Subscriptions: standing orders with a delivery pattern, which customers change, pause, skip and cancel up to the
 * cutoff. The module computes what is due on each date; the generation module places the orders.
 */
@Module({
  imports: [
    DynamoModule.forTables(subscriptionTable, openSubscriptionsTable),
    OrderModule,
    PaymentModule,
    ProductModule,
    UserModule,
    WalletModule,
  ],
  controllers: [SubscribeController, SubscriptionController, SubscriptionChangesController, DemandAdminController],
  providers: [
    provideSettings(SUBSCRIPTION_SETTINGS),
    {
      provide: Cutoff,
      inject: [Calendar, SUBSCRIPTION_SETTINGS],
      useFactory: (calendar: Calendar, { cutoffTime }: SubscriptionSettings) => new Cutoff(calendar, cutoffTime),
    },
    SubscriptionRepository,
    OpenSubscriptionRepository,
    SubscriptionCashLimit,
    SubscriptionLimit,
    SubscriptionService,
    SubscriptionChanges,
    SubscriptionAccountEffects,
    SubscriptionScan,
    WalletRunwayService,
    LowBalanceWarnings,
    DemandService,
  ],
  exports: [Cutoff, SubscriptionService, SubscriptionScan, LowBalanceWarnings],
})
export class SubscriptionModule {}
