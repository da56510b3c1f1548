import { Module } from '@nestjs/common';
import { OrderModule } from '../order';
import { Scheduler } from './scheduler.service';

@Module({
  imports: [OrderModule],
  providers: [Scheduler],
  exports: [Scheduler],
})
export class SchedulerModule {}
