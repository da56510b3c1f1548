import { GetTopicAttributesCommand, type SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { PlatformSettings } from '../config/platform.settings';
import { type DependencyCheck, existenceCheck } from '../startup/wait-for';
import type { Queue } from './declare-queue';

/** Checks that queues and the topics they subscribe to exist. */
export function queueChecks(
  sqs: SQSClient,
  sns: SNSClient,
  queues: readonly Queue[],
  { endpoints }: Pick<PlatformSettings, 'endpoints'>,
): DependencyCheck[] {
  const sqsServer = { server: 'SQS', endpoint: endpoints.sqs };
  const snsServer = { server: 'SNS', endpoint: endpoints.sns };
  const topicArns = queues.flatMap(({ topicArn }) => topicArn ?? []);
  return [
    ...queues.map(({ url }) =>
      existenceCheck(`The queue ${url}`, 'QueueDoesNotExist', sqsServer, () =>
        sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] })),
      ),
    ),
    ...topicArns.map((topicArn) =>
      existenceCheck(`The topic ${topicArn}`, 'NotFoundException', snsServer, () =>
        sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn })),
      ),
    ),
  ];
}
