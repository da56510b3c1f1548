import { GetTopicAttributesCommand, type SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Config } from '../config';
import { existenceOf, type Look } from '../patience';

/** Looks for the queues and the topic. */
export function looksForQueues(sqs: SQSClient, sns: SNSClient, config: Config): Look[] {
  const { analyticsQueueUrl, generationQueueUrl, notificationQueueUrl, notificationTopicArn, endpoints } = config;
  return [
    ...[analyticsQueueUrl, generationQueueUrl, notificationQueueUrl].map((QueueUrl) =>
      existenceOf(`The queue ${QueueUrl}`, 'QueueDoesNotExist', { server: 'SQS', endpoint: endpoints.sqs }, () =>
        sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] })),
      ),
    ),
    existenceOf(
      `The topic ${notificationTopicArn}`,
      'NotFoundException',
      { server: 'SNS', endpoint: endpoints.sns },
      () => sns.send(new GetTopicAttributesCommand({ TopicArn: notificationTopicArn })),
    ),
  ];
}
