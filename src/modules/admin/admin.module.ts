import { Module } from '@nestjs/common';
import { ConditionalModule } from '@nestjs/config';
import { isProduction } from '../../platform/config';
import { SchedulerModule } from '../scheduler';
import { UserModule } from '../user';
import { WalletModule } from '../wallet';
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
    WalletModule,
  ],
  controllers: [OutboxController, AdminWalletController],
  providers: [OutboxAdministration, WalletAdministration],
})
export class AdminModule {}
