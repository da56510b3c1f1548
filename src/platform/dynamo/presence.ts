import { DescribeTableCommand, type DynamoDB } from '@aws-sdk/client-dynamodb';
import type { Config } from '../config';
import { existenceOf, type Look } from '../patience';
import { declaredTables } from './table';

/** Looks for every declared table. */
export function looksForTables(client: DynamoDB, { tablePrefix, endpoints }: Config): Look[] {
  const server = { server: 'DynamoDB', endpoint: endpoints.dynamodb };
  return declaredTables().map(({ name }) => {
    const TableName = tablePrefix + name;
    return existenceOf(`The table ${TableName}`, 'ResourceNotFoundException', server, () =>
      client.send(new DescribeTableCommand({ TableName })),
    );
  });
}
