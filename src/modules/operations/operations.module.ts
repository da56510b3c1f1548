import { Module } from '@nestjs/common';
import { ConditionalModule } from '@nestjs/config';
import { isProduction } from '../../platform/config/env-reader';
import { SchedulerModule } from '../scheduler';
import { JobAdminController } from './job.admin.controller';
import { OutboxAdminService } from './outbox-admin.service';
import { OutboxAdminController } from './outbox.admin.controller';
import { TestClockAdminController } from './test-clock.admin.controller';
import { TestClock } from './test-clock.service';

@Module({
  imports: [SchedulerModule],
  controllers: [TestClockAdminController],
  providers: [TestClock],
})
class TestClockModule {}

@Module({
  imports: [
    ConditionalModule.registerWhen(TestClockModule, (environment) => !isProduction(environment), { debug: false }),
  ],
  controllers: [JobAdminController, OutboxAdminController],
  providers: [OutboxAdminService],
})
export class OperationsModule {}
