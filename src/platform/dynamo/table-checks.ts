import { DescribeTableCommand, type DynamoDB } from '@aws-sdk/client-dynamodb';
import type { PlatformSettings } from '../config/platform.settings';
import { type DependencyCheck, existenceCheck } from '../startup/wait-for';
import type { DynamoEndpoint } from './client';
import { declaredTables } from './table';

/** Checks that tables exist, by default every declared one. */
export function tableChecks(
  client: DynamoDB,
  { tablePrefix, endpoints }: Pick<PlatformSettings, 'tablePrefix'> & DynamoEndpoint,
  tables = declaredTables(),
): DependencyCheck[] {
  const server = { server: 'DynamoDB', endpoint: endpoints.dynamodb };
  return tables.map(({ name }) => {
    const TableName = tablePrefix + name;
    return existenceCheck(`The table ${TableName}`, 'ResourceNotFoundException', server, () =>
      client.send(new DescribeTableCommand({ TableName })),
    );
  });
}
