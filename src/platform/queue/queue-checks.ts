import { GetTopicAttributesCommand, type SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Config } from '../config/config';
import { type DependencyCheck, existenceCheck } from '../startup/wait-for';

/** Looks for the queues and the topic. */
export function queueChecks(sqs: SQSClient, sns: SNSClient, config: Config): DependencyCheck[] {
  const { analyticsQueueUrl, generationQueueUrl, notificationQueueUrl, notificationTopicArn, endpoints } = config;
  return [
    ...[analyticsQueueUrl, generationQueueUrl, notificationQueueUrl].map((QueueUrl) =>
      existenceCheck(`The queue ${QueueUrl}`, 'QueueDoesNotExist', { server: 'SQS', endpoint: endpoints.sqs }, () =>
        sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] })),
      ),
    ),
    existenceCheck(
      `The topic ${notificationTopicArn}`,
      'NotFoundException',
      { server: 'SNS', endpoint: endpoints.sns },
      () => sns.send(new GetTopicAttributesCommand({ TopicArn: notificationTopicArn })),
    ),
  ];
}
