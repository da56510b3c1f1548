import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import type { NotificationType } from '../domain/notification';
import { smsRefusalOf } from '../domain/recipient-refusal';
import { NOTIFICATION_SETTINGS, type NotificationSettings } from '../notification.settings';
import { withoutRetries, withProviderErrors } from './provider-client';

/** Sends text messages through SNS. */
@Injectable()
export class SmsSender implements OnApplicationShutdown {
  private readonly sns: SNSClient;

  constructor(
    @Inject(PLATFORM_SETTINGS) { region, endpoints }: PlatformSettings,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings,
  ) {
    this.sns = new SNSClient({ region, endpoint: endpoints.sms, ...withoutRetries() });
  }

  /** Sends a text of a type to a phone number in E.164 form and returns its id at SNS. `RecipientRefused`, `ProviderBusy`. */
  async sendSMS(phone: string, message: string, type: NotificationType): Promise<string> {
    const { smsSenderId, smsEntityId, smsTemplateIds } = this.settings;
    const attributes = {
      'AWS.SNS.SMS.SMSType': 'Transactional',
      'AWS.SNS.SMS.SenderID': smsSenderId,
      'AWS.MM.SMS.EntityId': smsEntityId,
      'AWS.MM.SMS.TemplateId': smsTemplateIds.get(type),
    };
    const command = new PublishCommand({
      PhoneNumber: phone,
      Message: message,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, { DataType: 'String', StringValue: value }]],
        ),
      ),
    });
    const { MessageId: messageId } = await withProviderErrors(smsRefusalOf, this.sns.send(command));
    return messageId ?? '';
  }

  onApplicationShutdown(): void {
    this.sns.destroy();
  }
}
