import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Config } from '../config';

/** An answer that does not come is an error; the longest is a poll of twenty seconds. */
const PATIENCE = { connectionTimeout: 2_000, requestTimeout: 25_000, throwOnRequestTimeout: true };

type Where = Pick<Config, 'region' | 'endpoints'>;

export function createSqsClient({ region, endpoints }: Where): SQSClient {
  return new SQSClient({ region, endpoint: endpoints.sqs, requestHandler: PATIENCE });
}

export function createSnsClient({ region, endpoints }: Where): SNSClient {
  return new SNSClient({ region, endpoint: endpoints.sns, requestHandler: PATIENCE });
}
