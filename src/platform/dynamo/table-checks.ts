import { DescribeTableCommand, type DynamoDB } from '@aws-sdk/client-dynamodb';
import type { PlatformSettings } from '../config/platform.settings';
import { type DependencyCheck, existenceCheck } from '../startup/wait-for';
import type { DynamoEndpoint } from './client';
import { declaredTables } from './table';

/** Checks that every declared table exists. */
export function tableChecks(
  client: DynamoDB,
  { tablePrefix, endpoints }: Pick<PlatformSettings, 'tablePrefix'> & DynamoEndpoint,
): DependencyCheck[] {
  const server = { server: 'DynamoDB', endpoint: endpoints.dynamodb };
  return declaredTables().map(({ name }) => {
    const TableName = tablePrefix + name;
    return existenceCheck(`The table ${TableName}`, 'ResourceNotFoundException', server, () =>
      client.send(new DescribeTableCommand({ TableName })),
    );
  });
}
