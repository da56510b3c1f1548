import { Module } from '@nestjs/common';
import { provideSettings } from '../../platform/config/configuration';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { DynamoModule } from '../../platform/dynamo/dynamo.module';
import { DairyModule } from '../dairy';
import { OrderModule } from '../order';
import { UserModule } from '../user';
import { WalletModule } from '../wallet';
import { DeadNotifications } from './dead-notifications.service';
import { DeferredMessageRepository } from './deferred-message.repository';
import { DeferredMessages } from './deferred-messages.service';
import { EmailSender } from './adapters/email-sender';
import { SmsSender } from './adapters/sms-sender';
import { SnsSmsSender } from './adapters/sns-sms-sender';
import { MessageBudgetRepository } from './message-budget.repository';
import { MessageLimits } from './message-limits.service';
import { MessageWriter } from './message-writer.service';
import { NotificationAdminController } from './notification.admin.controller';
import { NotificationRepository } from './notification.repository';
import { deferredMessagesTable, messageBudgetsTable, notificationLogTable } from './notification.schema';
import { NotificationService } from './notification.service';
import {
  NOTIFICATION_QUEUE,
  NOTIFICATION_SETTINGS,
  type NotificationSettings,
  RETURNED_MAIL_QUEUE,
  ROUTINE_QUEUE,
  SMS_STATUS_QUEUE,
} from './notification.settings';
import { NotificationSubscribers } from './notification.subscribers';
import { NotificationWorker } from './notification.worker';
import { ReturnedMailWorker } from './returned-mail.worker';
import { SendQuota } from './send-quota.service';
import { SendCountRepository } from './send-count.repository';
import { SmsLog } from './sms-log.service';
import { SmsLogRepository } from './sms-log.repository';
import { SmsStatusWorker } from './sms-status.worker';
import { UnsubscribeTokens } from './unsubscribe/unsubscribe-tokens.service';
import { UnsubscribeController } from './unsubscribe/unsubscribe.controller';
import { UnsubscribeService } from './unsubscribe/unsubscribe.service';

/**
 * Notifications: tells customers by e-mail and SMS about their orders, deliveries, subscriptions and wallets.
 * Subscribers put messages on a queue, and a worker sends them.
 */
@Module({
  imports: [
    DynamoModule.forTables(notificationLogTable, deferredMessagesTable, messageBudgetsTable),
    DairyModule,
    OrderModule,
    UserModule,
    WalletModule,
  ],
  controllers: [NotificationAdminController, UnsubscribeController],
  providers: [
    provideSettings(NOTIFICATION_QUEUE),
    provideSettings(ROUTINE_QUEUE),
    provideSettings(RETURNED_MAIL_QUEUE),
    provideSettings(SMS_STATUS_QUEUE),
    provideSettings(NOTIFICATION_SETTINGS),
    NotificationRepository,
    MessageBudgetRepository,
    MessageLimits,
    SendCountRepository,
    SendQuota,
    DeadNotifications,
    DeferredMessageRepository,
    DeferredMessages,
    MessageWriter,
    UnsubscribeTokens,
    UnsubscribeService,
    EmailSender,
    {
      provide: SmsSender,
      inject: [PLATFORM_SETTINGS, NOTIFICATION_SETTINGS],
      useFactory: async (platform: PlatformSettings, settings: NotificationSettings): Promise<SmsSender> => {
        if (settings.smsProvider === 'sns') return new SnsSmsSender(platform, settings);
        // Imported on demand, because SNS does not need its client.
        const { EndUserMessagingSmsSender } = await import('./adapters/end-user-messaging-sms-sender.js');
        return new EndUserMessagingSmsSender(platform, settings);
      },
    },
    SmsLog,
    SmsLogRepository,
    SmsStatusWorker,
    NotificationService,
    NotificationSubscribers,
    NotificationWorker,
    ReturnedMailWorker,
  ],
  exports: [DeferredMessages],
})
export class NotificationModule {}
