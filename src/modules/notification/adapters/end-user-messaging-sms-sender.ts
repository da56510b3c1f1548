import {
  type DestinationCountryParameterKey,
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { PlatformSettings } from '../../../platform/config/platform.settings';
import { smsRefusalOf } from '../domain/recipient-refusal';
import { SMS_CONTEXT } from '../domain/sms-report';
import type { NotificationSettings } from '../notification.settings';
import { withoutRetries, withProviderErrors } from './provider-client';
import { type Sms, SmsSender } from './sms-sender';

/** A phone that is off for longer gets no SMS about a delivery that is over. */
const TIME_TO_LIVE_SECONDS = 4 * 60 * 60;

/** Sends text messages through AWS End User Messaging, which reports their delivery status. */
export class EndUserMessagingSmsSender extends SmsSender implements OnApplicationShutdown {
  private readonly client: PinpointSMSVoiceV2Client;

  constructor(
    { region, endpoints }: PlatformSettings,
    private readonly settings: NotificationSettings,
  ) {
    super();
    this.client = new PinpointSMSVoiceV2Client({ region, endpoint: endpoints.sms, ...withoutRetries() });
  }

  async send({ notificationId, userId, to, text, type }: Sms): Promise<string> {
    const { smsSenderId, smsConfigurationSet } = this.settings;
    const command = new SendTextMessageCommand({
      DestinationPhoneNumber: to,
      OriginationIdentity: smsSenderId,
      MessageBody: text,
      MessageType: 'TRANSACTIONAL',
      ConfigurationSetName: smsConfigurationSet,
      TimeToLive: TIME_TO_LIVE_SECONDS,
      Context: { [SMS_CONTEXT.notificationId]: notificationId, [SMS_CONTEXT.userId]: userId },
      DestinationCountryParameters: this.registrationOf(type),
    });
    const { MessageId: messageId } = await withProviderErrors(smsRefusalOf, this.client.send(command));
    return messageId ?? '';
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }

  /** As registered with the telecom operators, which India requires (DLT). */
  private registrationOf(type: Sms['type']): Partial<Record<DestinationCountryParameterKey, string>> {
    const templateId = this.settings.smsTemplateIds.get(type);
    const { smsEntityId: entityId } = this.settings;
    return {
      ...(entityId !== undefined && { IN_ENTITY_ID: entityId }),
      ...(templateId !== undefined && { IN_TEMPLATE_ID: templateId }),
    };
  }
}
