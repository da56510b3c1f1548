import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Config } from '../config';
import { traceCalls } from '../telemetry/calls';

/** An answer that does not come is an error; the longest is a poll of twenty seconds. */
const PATIENCE = { connectionTimeout: 2_000, requestTimeout: 25_000, throwOnRequestTimeout: true };

type Where = Pick<Config, 'region' | 'endpoints' | 'traces'>;

export function createSqsClient(config: Where): SQSClient {
  const { region, endpoints } = config;
  return traceCalls(new SQSClient({ region, endpoint: endpoints.sqs, requestHandler: PATIENCE }), config);
}

export function createSnsClient(config: Where): SNSClient {
  const { region, endpoints } = config;
  return traceCalls(new SNSClient({ region, endpoint: endpoints.sns, requestHandler: PATIENCE }), config);
}
