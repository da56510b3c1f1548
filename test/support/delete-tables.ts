import type { DynamoDB } from '@aws-sdk/client-dynamodb';

/**
 * Deletes the tables of a prefix, because DynamoDB Local slows down with every table it has. A table that stays does no
 * harm, so errors are ignored.
 */
export async function deleteTables(client: DynamoDB, prefix: string): Promise<void> {
  // Names are listed in order, and one page holds a hundred.
  const { TableNames: names = [] } = await client.listTables({ ExclusiveStartTableName: prefix });
  const own = names.filter((name) => name.startsWith(prefix));
  await Promise.all(own.map((TableName) => client.deleteTable({ TableName }).catch(() => undefined)));
}
