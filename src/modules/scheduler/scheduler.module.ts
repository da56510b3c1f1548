import { Module } from '@nestjs/common';
import { OrderModule } from '../order';
import { PaymentModule } from '../payment';
import { Scheduler } from './scheduler.service';

@Module({
  imports: [OrderModule, PaymentModule],
  providers: [Scheduler],
  exports: [Scheduler],
})
export class SchedulerModule {}
