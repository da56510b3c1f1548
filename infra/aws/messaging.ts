import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { type IPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MAX_RECEIVE_COUNT } from '../../src/platform/queue/provision';

/** What whoever publishes to an encrypted topic does with its key. */
export const TOPIC_KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'] as const;

export interface WorkQueue {
  readonly name: string;
  readonly queue: Queue;
  /** Where a message goes that failed too often. */
  readonly deadLetterQueue: Queue;
}

/** The queues and the topic, as `createQueues` of the program makes them on a developer's machine. */
export class Messaging extends Construct {
  /** Of all topics: the key that AWS manages for SNS does not let alarms, SES and EventBridge speak. */
  readonly key: Key;
  readonly analytics: WorkQueue;
  readonly generation: WorkQueue;
  readonly notifications: WorkQueue;
  readonly notificationTopic: Topic;

  constructor(
    scope: Construct,
    id: string,
    private readonly name: string,
  ) {
    super(scope, id);
    this.key = new Key(this, 'TopicKey', { description: `${name}: what topics hold`, enableKeyRotation: true });
    for (const service of ['cloudwatch', 'ses']) {
      this.key.addToResourcePolicy(
        new PolicyStatement({
          principals: [serviceInThisAccount(this, service)],
          actions: [...TOPIC_KEY_ACTIONS],
          // In a key's own policy this is the key.
          resources: ['*'],
        }),
      );
    }
    this.analytics = this.workQueue('analytics');
    this.generation = this.workQueue('generation');
    this.notifications = this.workQueue('notifications');
    this.notificationTopic = encryptedTopic(this, 'NotificationTopic', `${name}-notifications`, this.key);
    this.notificationTopic.addSubscription(new SqsSubscription(this.notifications.queue, { rawMessageDelivery: true }));
  }

  get workQueues(): readonly WorkQueue[] {
    return [this.analytics, this.generation, this.notifications];
  }

  /** A queue that somebody looks into, and that nothing takes from. */
  unconsumedQueue(name: string): Queue {
    const queue = new Queue(this, name, {
      queueName: `${this.name}-${name}`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'Nothing takes from it, so nothing fails.' });
    return queue;
  }

  private workQueue(name: string): WorkQueue {
    const dead = this.unconsumedQueue(`${name}-dead`);
    const queue = new Queue(this, name, {
      queueName: `${this.name}-${name}`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Shorter than that of dead letters, which keep the age that they had.
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: dead, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
    return { name, queue, deadLetterQueue: dead };
  }
}

export function encryptedTopic(scope: Construct, id: string, topicName: string, masterKey: IKey): Topic {
  return new Topic(scope, id, { topicName, masterKey, enforceSSL: true });
}

/** A service of AWS, when it speaks for this account. */
export function serviceInThisAccount(scope: Construct, service: string): IPrincipal {
  const { account } = Stack.of(scope);
  return new ServicePrincipal(`${service}.amazonaws.com`, {
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  });
}
