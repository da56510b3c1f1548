import { Module } from '@nestjs/common';
import { AdminModule } from './modules/admin';
import { AnalyticsModule } from './modules/analytics';
import { CartModule } from './modules/cart';
import { DeliveryModule } from './modules/delivery';
import { NotificationModule } from './modules/notification';
import { OrderModule } from './modules/order';
import { PaymentModule } from './modules/payment';
import { ProductModule } from './modules/product';
import { SchedulerModule } from './modules/scheduler';
import { SubscriptionModule } from './modules/subscription';
import { UserModule } from './modules/user';
import { WalletModule } from './modules/wallet';
import { PlatformModule } from './platform/platform.module';

@Module({
  imports: [
    PlatformModule,
    ProductModule,
    UserModule,
    CartModule,
    OrderModule,
    WalletModule,
    SubscriptionModule,
    PaymentModule,
    DeliveryModule,
    AnalyticsModule,
    NotificationModule,
    SchedulerModule,
    AdminModule,
  ],
})
export class AppModule {}
