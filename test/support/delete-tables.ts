import { type DynamoDB, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';

/** Deletes the tables of a prefix. DynamoDB Local slows down with every table it has. */
export async function deleteTables(client: DynamoDB, prefix: string): Promise<void> {
  // Names are listed in order, and one page holds a hundred.
  const { TableNames: names = [] } = await client.listTables({ ExclusiveStartTableName: prefix });
  await Promise.all(names.filter((name) => name.startsWith(prefix)).map((name) => deleteTable(client, name)));
}

async function deleteTable(client: DynamoDB, name: string): Promise<void> {
  try {
    await client.deleteTable({ TableName: name });
  } catch (error) {
    // The client repeats the request when the first response is slow, and the table is deleted by then.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
