import { type DynamicModule, Module } from '@nestjs/common';
import { type DomainEvent, EVENT_TYPES } from './events/event-map';
import { AnalyticsModule } from './modules/analytics';
import { AuditModule } from './modules/audit';
import { CartModule } from './modules/cart';
import { DairyModule } from './modules/dairy';
import { DeliveryModule } from './modules/delivery';
import { GenerationModule } from './modules/generation';
import { IntegrationModule } from './modules/integration';
import { InvoiceModule } from './modules/invoice';
import { ManifestModule } from './modules/manifest';
import { NotificationModule } from './modules/notification';
import { OperationsModule } from './modules/operations';
import { ORDER_NUMBER_MIGRATION, OrderModule } from './modules/order';
import { PaymentModule } from './modules/payment';
import { ProductModule } from './modules/product';
import { ReconciliationModule } from './modules/reconciliation';
import { SchedulerModule } from './modules/scheduler';
import { SubscriptionModule } from './modules/subscription';
import { UserModule } from './modules/user';
import { WalletModule } from './modules/wallet';
import { Configuration } from './platform/config/configuration';
import type { Migration } from './platform/migration/migration';
import { PlatformModule } from './platform/platform.module';

declare module './platform/events/event' {
  interface EventRegistry {
    readonly application: DomainEvent;
  }
}

/** All migrations, by number. A released one never changes. */
export const MIGRATIONS: readonly Migration[] = [ORDER_NUMBER_MIGRATION];

@Module({
  imports: [
    DairyModule,
    ProductModule,
    UserModule,
    CartModule,
    OrderModule,
    WalletModule,
    SubscriptionModule,
    GenerationModule,
    PaymentModule,
    DeliveryModule,
    ManifestModule,
    InvoiceModule,
    AnalyticsModule,
    AuditModule,
    NotificationModule,
    IntegrationModule,
    SchedulerModule,
    ReconciliationModule,
    OperationsModule,
  ],
})
export class AppModule {
  /** By default, reads the configuration at start-up. */
  static forRoot(configuration: () => Configuration = Configuration.read): DynamicModule {
    const platform = PlatformModule.forRoot({ configuration, eventTypes: EVENT_TYPES, migrations: MIGRATIONS });
    return { module: AppModule, imports: [platform] };
  }
}
