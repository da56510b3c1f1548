import { CreateTopicCommand, type SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { PlatformSettings } from '../config/platform.settings';
import { createSnsClient, createSqsClient } from './clients';
import type { Queue } from './declare-queue';

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
  for (const { url, topicArn } of queues) {
    const queueArn = await createQueue(sqs, nameOf(url));
    if (topicArn !== undefined) await createTopic(sns, topicArn, queueArn);
  }
}

async function createTopic(sns: SNSClient, topicArn: string, queueArn: string): Promise<void> {
  await sns.send(new CreateTopicCommand({ Name: topicArn.split(':').at(-1) }));
  await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: queueArn,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
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
