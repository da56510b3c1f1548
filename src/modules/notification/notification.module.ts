import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { DairyModule } from '../dairy';
import { OrderModule } from '../order';
import { UserModule } from '../user';
import { DeadNotifications } from './dead-notifications.service';
import { EmailSender } from './adapters/email-sender';
import { SmsSender } from './adapters/sms-sender';
import { MessageBudgetRepository } from './message-budget.repository';
import { MessageLimits } from './message-limits.service';
import { MessageWriter } from './message-writer.service';
import { NotificationAdminController } from './notification.admin.controller';
import { NotificationRepository } from './notification.repository';
import { messageBudgetsTable, notificationLogTable } from './notification.schema';
import { NotificationService } from './notification.service';
import { NOTIFICATION_QUEUE, NOTIFICATION_SETTINGS, RETURNED_MAIL_QUEUE, ROUTINE_QUEUE } from './notification.settings';
import { NotificationSubscribers } from './notification.subscribers';
import { NotificationWorker } from './notification.worker';
import { ReturnedMailWorker } from './returned-mail.worker';
import { SendQuota } from './send-quota.service';
import { SendCountRepository } from './send-count.repository';

/**
 * Notifications: tells customers by e-mail and SMS about their orders, deliveries, subscriptions and wallets.
 * Subscribers put messages on a queue, and a worker sends them.
 */
@Module({
  imports: [DynamoModule.forTables(notificationLogTable, messageBudgetsTable), DairyModule, OrderModule, UserModule],
  controllers: [NotificationAdminController],
  providers: [
    provideSettings(NOTIFICATION_QUEUE),
    provideSettings(ROUTINE_QUEUE),
    provideSettings(RETURNED_MAIL_QUEUE),
    provideSettings(NOTIFICATION_SETTINGS),
    NotificationRepository,
    MessageBudgetRepository,
    MessageLimits,
    SendCountRepository,
    SendQuota,
    DeadNotifications,
    MessageWriter,
    EmailSender,
    SmsSender,
    NotificationService,
    NotificationSubscribers,
    NotificationWorker,
    ReturnedMailWorker,
  ],
})
export class NotificationModule {}
