import { Module } from '@nestjs/common';
import { Calendar } from '../../platform/calendar';
import { CONFIG, type Config } from '../../platform/config';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { Cutoff } from './cutoff';
import { SubscriptionRepository } from './subscription.repository';
import { subscriptionTable } from './subscription.schema';

@Module({
  imports: [DynamoModule.forTables(subscriptionTable)],
  providers: [
    {
      provide: Cutoff,
      inject: [Calendar, CONFIG],
      useFactory: (calendar: Calendar, { cutoffTime }: Config) => new Cutoff(calendar, cutoffTime),
    },
    SubscriptionRepository,
  ],
})
export class SubscriptionModule {}
