import type { DynamoDB } from '@aws-sdk/client-dynamodb';

/**
 * Deletes the tables of a prefix, because DynamoDB Local slows down with every table it has. A table that stays does no
 * harm, so errors are ignored.
 */
export async function deleteTables(client: DynamoDB, prefix: string): Promise<void> {
  // Names are listed in order, and one page holds a hundred.
  const { TableNames: names = [] } = await client.listTables({ ExclusiveStartTableName: prefix });
  // One after the other: DynamoDB Local locks all tables for each, and stalls if many wait for that.
  for (const name of names.filter((one) => one.startsWith(prefix))) {
    await client.deleteTable({ TableName: name }).catch(() => undefined);
  }
}
