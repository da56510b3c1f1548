import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { type IPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { QUEUE_FILTERS, type Urgency } from '../../../src/modules/notification/domain/urgency';
import { MAX_RECEIVE_COUNT } from '../../../src/platform/queue/provision';

/** What publishing to an encrypted topic needs on its key. */
export const TOPIC_KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'] as const;

export interface WorkQueue {
  readonly name: string;
  readonly queue: Queue;
  /** Receives messages that failed too often. */
  readonly deadLetterQueue: Queue;
  /** An older message raises the alarm. */
  readonly maxAge: Duration;
}

/** The queues and the topic, equal to those that `createQueues` creates on a developer's machine. */
export class Messaging extends Construct {
  /** Encrypts all topics. CloudWatch alarms, SES and End User Messaging cannot publish with the key that AWS manages for SNS. */
  readonly key: Key;
  readonly analytics: WorkQueue;
  readonly generation: WorkQueue;
  readonly invoices: WorkQueue;
  readonly notifications: WorkQueue;
  readonly routineNotifications: WorkQueue;
  /** Bounces and complaints. */
  readonly returnedMail: WorkQueue;
  /** The delivery status of SMS. Empty unless End User Messaging sends them. */
  readonly smsStatus: WorkQueue;
  readonly notificationTopic: Topic;

  constructor(
    scope: Construct,
    id: string,
    private readonly name: string,
  ) {
    super(scope, id);
    this.key = new Key(this, 'TopicKey', { description: `${name}: encrypts topics`, enableKeyRotation: true });
    // AWS documents no condition on the key for End User Messaging, only on its topic.
    const endUserMessaging = new ServicePrincipal('sms-voice.amazonaws.com');
    const publishers = ['cloudwatch', 'ses'].map((service) => serviceInThisAccount(this, service));
    for (const publisher of [...publishers, endUserMessaging]) {
      this.key.addToResourcePolicy(
        new PolicyStatement({
          principals: [publisher],
          actions: [...TOPIC_KEY_ACTIONS],
          // In a key policy, * means this key.
          resources: ['*'],
        }),
      );
    }
    this.analytics = this.workQueue('analytics');
    this.generation = this.workQueue('generation');
    this.invoices = this.workQueue('invoices');
    this.notifications = this.workQueue('notifications');
    this.notificationTopic = encryptedTopic(this, 'NotificationTopic', `${name}-notifications`, this.key);
    // 100,000 confirmations take two hours at the 14 mails a second of a new account.
    this.routineNotifications = this.workQueue('notifications-routine', Duration.hours(4));
    this.returnedMail = this.workQueue('mail-returned');
    this.smsStatus = this.workQueue('sms-status');
    this.subscribe(this.notifications, 'URGENT');
    this.subscribe(this.routineNotifications, 'ROUTINE');
  }

  get workQueues(): readonly WorkQueue[] {
    return [...this.scalingQueues, this.routineNotifications, this.returnedMail, this.smsStatus];
  }

  /** Those that more workers empty faster. Routine mails mostly wait for SES. */
  get scalingQueues(): readonly WorkQueue[] {
    return [this.analytics, this.generation, this.invoices, this.notifications];
  }

  private subscribe({ queue }: WorkQueue, urgency: Urgency): void {
    const filterPolicy = { urgency: new SubscriptionFilter([...QUEUE_FILTERS[urgency].urgency]) };
    this.notificationTopic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true, filterPolicy }));
  }

  /** A queue without a consumer, for inspection by people. */
  unconsumedQueue(name: string): Queue {
    const queue = new Queue(this, name, {
      queueName: `${this.name}-${name}`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It has no consumer that could fail.' });
    return queue;
  }

  private workQueue(name: string, maxAge = Duration.minutes(15)): WorkQueue {
    const deadLetterQueue = this.unconsumedQueue(`${name}-dead`);
    const queue = new Queue(this, name, {
      queueName: `${this.name}-${name}`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Shorter than for dead letters, which keep the age of the original message.
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
    return { name, queue, deadLetterQueue, maxAge };
  }
}

export function encryptedTopic(scope: Construct, id: string, topicName: string, masterKey: IKey): Topic {
  return new Topic(scope, id, { topicName, masterKey, enforceSSL: true });
}

/** An AWS service that acts for this account. */
export function serviceInThisAccount(scope: Construct, service: string): IPrincipal {
  const { account } = Stack.of(scope);
  return new ServicePrincipal(`${service}.amazonaws.com`, {
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  });
}
