import { Module } from '@nestjs/common';
import { OrderModule } from '../order';
import { PaymentModule } from '../payment';
import { SubscriptionModule } from '../subscription';
import { Scheduler } from './scheduler.service';

@Module({
  imports: [OrderModule, PaymentModule, SubscriptionModule],
  providers: [Scheduler],
  exports: [Scheduler],
})
export class SchedulerModule {}
