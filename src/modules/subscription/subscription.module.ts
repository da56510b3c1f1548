import { Module } from '@nestjs/common';
import { Calendar } from '../../platform/calendar';
import { CONFIG, type Config } from '../../platform/config';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { ProductModule } from '../product';
import { UserModule } from '../user';
import { AbsenceController } from './absence.controller';
import { Cutoff } from './cutoff';
import { SubscribeController } from './subscribe.controller';
import { SubscriptionCalendar } from './subscription.calendar';
import { SubscriptionChanges } from './subscription.changes';
import { SubscriptionController } from './subscription.controller';
import { SubscriptionRepository } from './subscription.repository';
import { subscriptionTable } from './subscription.schema';
import { SubscriptionService } from './subscription.service';

@Module({
  imports: [DynamoModule.forTables(subscriptionTable), ProductModule, UserModule],
  controllers: [SubscribeController, SubscriptionController, AbsenceController],
  providers: [
    {
      provide: Cutoff,
      inject: [Calendar, CONFIG],
      useFactory: (calendar: Calendar, { cutoffTime }: Config) => new Cutoff(calendar, cutoffTime),
    },
    SubscriptionRepository,
    SubscriptionService,
    SubscriptionChanges,
    SubscriptionCalendar,
  ],
})
export class SubscriptionModule {}
