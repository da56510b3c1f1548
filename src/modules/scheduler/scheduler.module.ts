import { Module } from '@nestjs/common';
import { GenerationModule } from '../generation';
import { InvoiceModule } from '../invoice';
import { NotificationModule } from '../notification';
import { OrderModule } from '../order';
import { PaymentModule } from '../payment';

import { Scheduler } from './scheduler.service';

/**
 * The scheduler: every 20 seconds, runs the tasks that are due by time rather than by request. It settles pending
 * payments, expires unpaid orders, sends SMS that had to wait, and starts and resumes generation runs and monthly invoices.
 */
@Module({
  imports: [OrderModule, PaymentModule, GenerationModule, InvoiceModule, NotificationModule],
  providers: [Scheduler],
  exports: [Scheduler],
})
export class SchedulerModule {}
