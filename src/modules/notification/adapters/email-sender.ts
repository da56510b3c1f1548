import { GetAccountCommand, SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import type { UserId } from '../../../kernel/ids';
import { NOTIFICATION_SETTINGS, type NotificationSettings } from '../notification.settings';
import { emailRefusalOf } from '../domain/recipient-refusal';
import { USER_ID_TAG } from '../domain/returned-mail';
import { withoutRetries, withProviderErrors } from './provider-client';

export interface Email {
  /** The recipient, whom SES names when the mail comes back. */
  readonly userId: UserId;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Turns off mails of this kind, by the button of a mail program too (RFC 8058). */
  readonly unsubscribeLink?: string;
}

/** Sends mail through SES. */
@Injectable()
export class EmailSender implements OnApplicationShutdown {
  private readonly ses: SESv2Client;

  constructor(
    @Inject(PLATFORM_SETTINGS) { region, endpoints }: PlatformSettings,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings,
  ) {
    this.ses = new SESv2Client({ region, endpoint: endpoints.ses, ...withoutRetries() });
  }

  /** Sends a mail and returns its id at SES. `RecipientRefused`, `ProviderBusy`. */
  async sendEmail({ userId, to, subject, text, html, unsubscribeLink }: Email): Promise<string> {
    const command = new SendEmailCommand({
      FromEmailAddress: this.settings.mailFrom,
      Destination: { ToAddresses: [to] },
      EmailTags: [{ Name: USER_ID_TAG, Value: userId }],
      Content: {
        Simple: {
          Subject: utf8(subject),
          Body: { Text: utf8(text), Html: utf8(html) },
          Headers: unsubscribeLink === undefined ? undefined : unsubscribeHeaders(unsubscribeLink),
        },
      },
    });
    const { MessageId: messageId } = await withProviderErrors(emailRefusalOf, this.ses.send(command));
    return messageId ?? '';
  }

  /** The mails per second that SES accepts from this account. */
  async maxPerSecond(): Promise<number> {
    const { SendQuota: quota } = await this.ses.send(new GetAccountCommand({}));
    return quota?.MaxSendRate ?? 0;
  }

  onApplicationShutdown(): void {
    this.ses.destroy();
  }
}

function unsubscribeHeaders(link: string) {
  return [
    { Name: 'List-Unsubscribe', Value: `<${link}>` },
    { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
  ];
}

function utf8(data: string) {
  return { Data: data, Charset: 'UTF-8' };
}
