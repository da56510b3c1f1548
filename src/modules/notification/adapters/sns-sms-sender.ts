import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { PlatformSettings } from '../../../platform/config/platform.settings';
import { smsRefusalOf } from '../domain/recipient-refusal';
import type { NotificationSettings } from '../notification.settings';
import { withoutRetries, withProviderErrors } from './provider-client';
import { type Sms, SmsSender } from './sms-sender';

/** Sends text messages through SNS, which does not report whether they arrive. */
export class SnsSmsSender extends SmsSender implements OnApplicationShutdown {
  private readonly sns: SNSClient;

  constructor(
    { region, endpoints }: PlatformSettings,
    private readonly settings: NotificationSettings,
  ) {
    super();
    this.sns = new SNSClient({ region, endpoint: endpoints.sms, ...withoutRetries() });
  }

  async send({ to, text, type }: Sms): Promise<string> {
    const { smsSenderId, smsEntityId, smsTemplateIds } = this.settings;
    const attributes = {
      'AWS.SNS.SMS.SMSType': 'Transactional',
      'AWS.SNS.SMS.SenderID': smsSenderId,
      'AWS.MM.SMS.EntityId': smsEntityId,
      'AWS.MM.SMS.TemplateId': smsTemplateIds.get(type),
    };
    const command = new PublishCommand({
      PhoneNumber: to,
      Message: text,
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
