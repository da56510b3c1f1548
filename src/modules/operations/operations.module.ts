import { Module } from '@nestjs/common';
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

/**
 * Operations: shows background jobs to admins, and lists and retries undelivered events. Outside production it also
 * provides the test clock and the idle check.
 */
@Module({
  // Routes are registered when modules are loaded, before the configuration is read.
  imports: isProduction() ? [] : [TestClockModule],
  controllers: [JobAdminController, OutboxAdminController],
  providers: [OutboxAdminService],
})
export class OperationsModule {}
