import { Module } from '@nestjs/common';
import { ConditionalModule } from '@nestjs/config';
import { isProduction } from '../../platform/config/config';
import { DeliveryModule } from '../delivery';
import { OrderModule } from '../order';
import { PaymentModule } from '../payment';
import { SchedulerModule } from '../scheduler';
import { UserModule } from '../user';
import { WalletModule } from '../wallet';
import { Chapters } from './books.chapters';
import { BooksController } from './books.controller';
import { Books } from './books.service';
import { ClockController } from './clock.controller';
import { OutboxController } from './outbox.controller';
import { OutboxAdministration } from './outbox.service';
import { Rehearsal } from './rehearsal.service';
import { AdminWalletController } from './wallet.controller';
import { WalletAdministration } from './wallet.service';

@Module({
  imports: [SchedulerModule],
  controllers: [ClockController],
  providers: [Rehearsal],
})
class RehearsalModule {}

@Module({
  imports: [
    ConditionalModule.registerWhen(RehearsalModule, (environment) => !isProduction(environment), { debug: false }),
    UserModule,
    OrderModule,
    WalletModule,
    PaymentModule,
    DeliveryModule,
  ],
  controllers: [OutboxController, AdminWalletController, BooksController],
  providers: [OutboxAdministration, WalletAdministration, Chapters, Books],
})
export class AdminModule {}
