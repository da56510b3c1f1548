import {
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { PlatformSettings } from '../config/platform.settings';
import { createSnsClient, createSqsClient } from './clients';
import type { FilterPolicy, Queue } from './declare-queue';

export const MAX_RECEIVE_COUNT = 5;

/** Creates queues and topics, with clients of its own. For programs that do not start the application. */
export async function provisionQueues(config: PlatformSettings, queues: readonly Queue[]): Promise<void> {
  const sqs = createSqsClient(config);
  const sns = createSnsClient(config);
  try {
    await createQueues(sqs, sns, queues);
  } finally {
    sqs.destroy();
    sns.destroy();
  }
}

/** Creates missing queues, with their dead-letter queues and the topics they subscribe to. For local use and tests. */
export async function createQueues(sqs: SQSClient, sns: SNSClient, queues: readonly Queue[]): Promise<void> {
  for (const { url, topicArn, filter } of queues) {
    const queueArn = await createQueue(sqs, nameOf(url));
    if (topicArn !== undefined) await createTopic(sns, topicArn, queueArn, filter);
  }
}

async function createTopic(sns: SNSClient, topicArn: string, queueArn: string, filter?: FilterPolicy): Promise<void> {
  await sns.send(new CreateTopicCommand({ Name: topicArn.split(':').at(-1) }));
  const filterPolicy = JSON.stringify(filter ?? {});
  const { Subscriptions: listeners = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
  const existing = listeners.find(({ Endpoint: endpoint }) => endpoint === queueArn);
  if (!existing) {
    const attributes = { RawMessageDelivery: 'true', FilterPolicy: filterPolicy };
    const request = { TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn, Attributes: attributes };
    await sns.send(new SubscribeCommand(request));
    return;
  }
  // An earlier version may have subscribed with another filter. Subscribe would fail.
  const { SubscriptionArn } = existing;
  const attribute = { AttributeName: 'FilterPolicy', AttributeValue: filterPolicy };
  await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, ...attribute }));
}

/** Creates a queue whose messages go to `<name>-dead` after five receipts. Returns its ARN. */
async function createQueue(sqs: SQSClient, name: string): Promise<string> {
  const { QueueUrl: deadUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `${name}-dead` }));
  const redrive = { deadLetterTargetArn: await arnOf(sqs, deadUrl), maxReceiveCount: MAX_RECEIVE_COUNT };
  const { QueueUrl: url } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  // A separate call, because CreateQueue fails if the queue exists with other attributes.
  await sqs.send(
    new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { RedrivePolicy: JSON.stringify(redrive) } }),
  );
  return arnOf(sqs, url);
}

async function arnOf(sqs: SQSClient, url: string | undefined): Promise<string> {
  const { Attributes: attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  return attributes?.QueueArn ?? '';
}

function nameOf(queueUrl: string): string {
  return queueUrl.split('/').at(-1) ?? '';
}
