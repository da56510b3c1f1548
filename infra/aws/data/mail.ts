import { Stack } from 'aws-cdk-lib';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { encryptedTopic, type Messaging } from './messaging';

interface MailProps {
  readonly name: string;
  readonly domain: string;
  readonly messaging: Messaging;
}

/** The SES identity of the mail domain, and the topic of its bounces, complaints and rejects. */
export class Mail extends Construct {
  readonly from: string;
  /** The only sender address. */
  readonly address: string;
  /** The resources that SES checks permissions on when it sends. */
  readonly sendingArns: readonly string[];
  /** DNS records that the domain needs before the first mail. */
  readonly dnsRecords: readonly string[];

  constructor(scope: Construct, id: string, { name, domain, messaging }: MailProps) {
    super(scope, id);
    // After a bounce or a complaint, SES sends nothing more to that address.
    const mails = new ConfigurationSet(this, 'Mails', {
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    const returned = encryptedTopic(this, 'ReturnedTopic', `${name}-mail-returned`, messaging.key);
    returned.addSubscription(new SqsSubscription(messaging.returnedMail.queue, { rawMessageDelivery: true }));
    mails.addEventDestination('Returned', {
      destination: EventDestination.snsTopic(returned),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT, EmailSendingEvent.REJECT],
    });
    // The default configuration set of the identity, so the application does not have to name it.
    const identity = new EmailIdentity(this, 'Domain', {
      identity: Identity.domain(domain),
      configurationSet: mails,
      mailFromDomain: `bounce.${domain}`,
    });
    const { region } = Stack.of(this);
    this.address = `milk@${domain}`;
    this.from = `Milkround <${this.address}>`;
    this.sendingArns = [
      identity.emailIdentityArn,
      Stack.of(this).formatArn({
        service: 'ses',
        resource: 'configuration-set',
        resourceName: mails.configurationSetName,
      }),
    ];
    this.dnsRecords = [
      ...identity.dkimRecords.map(({ name, value }) => `${name} CNAME ${value}`),
      `bounce.${domain} MX 10 feedback-smtp.${region}.amazonses.com`,
      `bounce.${domain} TXT "v=spf1 include:amazonses.com ~all"`,
      `_dmarc.${domain} TXT "v=DMARC1; p=quarantine"`,
    ];
  }
}
