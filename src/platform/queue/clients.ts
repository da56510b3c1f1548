import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { PlatformSettings } from '../config/platform.settings';
import { traceAwsCalls } from '../telemetry/aws-tracing';

/** Longer than the longest call, a poll of 20 seconds. */
const REQUEST_TIMEOUTS = { connectionTimeout: 2_000, requestTimeout: 25_000, throwOnRequestTimeout: true };

type ClientConfig = Pick<PlatformSettings, 'region' | 'endpoints' | 'traces'>;

export function createSqsClient(config: ClientConfig): SQSClient {
  const { region, endpoints } = config;
  return traceAwsCalls(new SQSClient({ region, endpoint: endpoints.sqs, requestHandler: REQUEST_TIMEOUTS }), config);
}

export function createSnsClient(config: ClientConfig): SNSClient {
  const { region, endpoints } = config;
  return traceAwsCalls(new SNSClient({ region, endpoint: endpoints.sns, requestHandler: REQUEST_TIMEOUTS }), config);
}
