import { Module } from '@nestjs/common';
import { GenerationModule } from '../generation';
import { OrderModule } from '../order';
import { PaymentModule } from '../payment';

import { Scheduler } from './scheduler.service';

@Module({
  imports: [OrderModule, PaymentModule, GenerationModule],
  providers: [Scheduler],
  exports: [Scheduler],
})
export class SchedulerModule {}
