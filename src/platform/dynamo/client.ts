import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { PlatformSettings } from '../config/platform.settings';
import { traceAwsCalls } from '../telemetry/aws-tracing';

/** What a client of DynamoDB needs of the settings. */
type DynamoSettings = Pick<PlatformSettings, 'region' | 'traces'> & DynamoEndpoint;

export interface DynamoEndpoint {
  readonly endpoints: Pick<PlatformSettings['endpoints'], 'dynamodb'>;
}

/** One client per process: dynamoose and the document client share its connections. */
export function createDynamoClient(config: DynamoSettings): DynamoDB {
  const { region, endpoints } = config;
  const client = new DynamoDB({
    region,
    endpoint: endpoints.dynamodb,
    maxAttempts: 4,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: 100 },
      httpsAgent: { keepAlive: true, maxSockets: 100 },
    }),
  });
  return traceAwsCalls(client, config);
}

export function createDocumentClient(client: DynamoDB): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
