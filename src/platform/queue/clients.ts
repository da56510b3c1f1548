import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Config } from '../config';

type Where = Pick<Config, 'region' | 'endpoints'>;

export function createSqsClient({ region, endpoints }: Where): SQSClient {
  return new SQSClient({ region, endpoint: endpoints.sqs });
}

export function createSnsClient({ region, endpoints }: Where): SNSClient {
  return new SNSClient({ region, endpoint: endpoints.sns });
}
