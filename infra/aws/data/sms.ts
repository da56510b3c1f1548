import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnConfigurationSet } from 'aws-cdk-lib/aws-smsvoice';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { encryptedTopic, type Messaging, serviceInThisAccount } from './messaging';

interface SmsProps {
  readonly name: string;
  /** A sender id, or the id of a pool or phone number. */
  readonly sender: string;
  /** A sender id is registered for a country. */
  readonly country: string;
  readonly messaging: Messaging;
}

/** The configuration set of SMS in AWS End User Messaging, and the topic of its reports. */
export class Sms extends Construct {
  readonly configurationSet: string;
  /** The resources that End User Messaging checks permissions on when it sends. */
  readonly sendingArns: readonly string[];

  constructor(scope: Construct, id: string, { name, sender, country, messaging }: SmsProps) {
    super(scope, id);
    this.configurationSet = `${name}-sms`;
    const setArn = this.arnOf('configuration-set', this.configurationSet);
    const topic = encryptedTopic(this, 'StatusTopic', `${name}-sms-status`, messaging.key);
    topic.addSubscription(new SqsSubscription(messaging.smsStatus.queue, { rawMessageDelivery: true }));
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [serviceInThisAccount(this, 'sms-voice')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { ArnLike: { 'aws:SourceArn': setArn } },
      }),
    );
    const set = new CfnConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.configurationSet,
      eventDestinations: [
        {
          eventDestinationName: 'status',
          enabled: true,
          matchingEventTypes: ['TEXT_ALL'],
          snsDestination: { topicArn: topic.topicArn },
        },
      ],
    });
    // End User Messaging publishes a test event when the destination is created.
    set.node.addDependency(topic);
    this.sendingArns = [setArn, this.arnOf(...senderResource(sender, country))];
  }

  private arnOf(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'sms-voice', resource, resourceName });
  }
}

function senderResource(sender: string, country: string): [resource: string, name: string] {
  if (sender.startsWith('pool-')) return ['pool', sender];
  return sender.startsWith('phone-') ? ['phone-number', sender] : ['sender-id', `${sender}/${country}`];
}
