import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config';
import { withoutRetries } from './aws-client-options';

export interface Email {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Sends mail through SES. */
@Injectable()
export class EmailSender implements OnApplicationShutdown {
  private readonly ses: SESv2Client;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.ses = new SESv2Client({ region: config.region, endpoint: config.endpoints.ses, ...withoutRetries() });
  }

  /** Sends a mail; answers with SES's id of it. */
  async sendEmail({ to, subject, text, html }: Email): Promise<string> {
    const { MessageId: messageId } = await this.ses.send(
      new SendEmailCommand({
        FromEmailAddress: this.config.mailFrom,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
      }),
    );
    return messageId ?? '';
  }

  onApplicationShutdown(): void {
    this.ses.destroy();
  }
}

function utf8(data: string) {
  return { Data: data, Charset: 'UTF-8' };
}
