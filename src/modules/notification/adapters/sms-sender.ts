import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { smsRefusalOf } from '../domain/recipient-refusal';
import { withoutRetries, withProviderErrors } from './provider-client';

/** Sends text messages through SNS. */
@Injectable()
export class SmsSender implements OnApplicationShutdown {
  private readonly sns: SNSClient;

  constructor(@Inject(PLATFORM_SETTINGS) { region, endpoints }: PlatformSettings) {
    this.sns = new SNSClient({ region, endpoint: endpoints.sms, ...withoutRetries() });
  }

  /** Sends a text to a phone number in E.164 form and returns its id at SNS. `RecipientRefused`, `ProviderBusy`. */
  async sendSMS(phone: string, message: string): Promise<string> {
    const command = new PublishCommand({
      PhoneNumber: phone,
      Message: message,
      MessageAttributes: { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' } },
    });
    const { MessageId: messageId } = await withProviderErrors(smsRefusalOf, this.sns.send(command));
    return messageId ?? '';
  }

  onApplicationShutdown(): void {
    this.sns.destroy();
  }
}
