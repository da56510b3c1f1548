import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { DairyModule } from '../dairy';
import { OrderModule } from '../order';
import { UserModule } from '../user';
import { EmailSender } from './adapters/email-sender';
import { SmsSender } from './adapters/sms-sender';
import { MessageBudgetRepository } from './message-budget.repository';
import { MessageLimits } from './message-limits.service';
import { MessageWriter } from './message-writer.service';
import { NotificationRepository } from './notification.repository';
import { messageBudgetsTable, notificationLogTable } from './notification.schema';
import { NotificationService } from './notification.service';
import { NOTIFICATION_QUEUE, NOTIFICATION_SETTINGS } from './notification.settings';
import { NotificationSubscribers } from './notification.subscribers';
import { NotificationWorker } from './notification.worker';

/**
 * Notifications: tells customers by e-mail and SMS about their orders, deliveries, subscriptions and wallets.
 * Subscribers put messages on a queue, and a worker sends them.
 */
@Module({
  imports: [DynamoModule.forTables(notificationLogTable, messageBudgetsTable), DairyModule, OrderModule, UserModule],
  providers: [
    provideSettings(NOTIFICATION_QUEUE),
    provideSettings(NOTIFICATION_SETTINGS),
    NotificationRepository,
    MessageBudgetRepository,
    MessageLimits,
    MessageWriter,
    EmailSender,
    SmsSender,
    NotificationService,
    NotificationSubscribers,
    NotificationWorker,
  ],
})
export class NotificationModule {}
