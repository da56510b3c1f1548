import type { DynamoDB } from '@aws-sdk/client-dynamodb';

/** Deletes the tables of a prefix. DynamoDB Local slows down with every table it has. */
export async function deleteTables(client: DynamoDB, prefix: string): Promise<void> {
  // Names are listed in order, and one page holds a hundred.
  const { TableNames: names = [] } = await client.listTables({ ExclusiveStartTableName: prefix });
  await Promise.all(names.filter((name) => name.startsWith(prefix)).map((name) => deleteTable(client, name)));
}

/** A table that stays does no harm, so errors are ignored. DynamoDB Local sometimes fails to delete one. */
async function deleteTable(client: DynamoDB, name: string): Promise<void> {
  await client.deleteTable({ TableName: name }).catch(() => undefined);
}
