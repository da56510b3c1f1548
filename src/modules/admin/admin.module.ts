import { Module } from '@nestjs/common';
import { ConditionalModule } from '@nestjs/config';
import { isProduction } from '../../platform/config';
import { SchedulerModule } from '../scheduler';
import { ClockController } from './clock.controller';
import { OutboxController } from './outbox.controller';
import { OutboxAdministration } from './outbox.service';
import { Rehearsal } from './rehearsal.service';

@Module({
  imports: [SchedulerModule],
  controllers: [ClockController],
  providers: [Rehearsal],
})
class RehearsalModule {}

@Module({
  imports: [
    ConditionalModule.registerWhen(RehearsalModule, (environment) => !isProduction(environment), { debug: false }),
  ],
  controllers: [OutboxController],
  providers: [OutboxAdministration],
})
export class AdminModule {}
