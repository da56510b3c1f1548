import {
  CreateTableCommand,
  type DynamoDB,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { createTableRequest, declaredTables, EXPIRES_AT, type TableDeclaration } from './table';

/**
 * Creates the declared tables that do not exist yet. For local use and tests: in production CDK owns the tables. Without
 * `expiry`, no item is ever deleted, which saves DynamoDB Local much work.
 */
export async function createTables(client: DynamoDB, prefix: string, { expiry = true } = {}): Promise<void> {
  await Promise.all(
    declaredTables().map((table) => createTable(client, { ...table, expires: table.expires && expiry }, prefix)),
  );
}

/** Creates a table, unless it exists. Enables its expiry. */
export async function createTable(client: DynamoDB, table: TableDeclaration, prefix: string): Promise<void> {
  const request = await createTableRequest(table, prefix);
  const { TableName } = request;
  let isActive: boolean;
  try {
    const { TableDescription: created } = await client.send(new CreateTableCommand(request));
    isActive = created?.TableStatus === 'ACTIVE';
  } catch (error) {
    if (error instanceof ResourceInUseException) return;
    throw error;
  }
  // DynamoDB Local creates tables immediately.
  if (!isActive) await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.1, maxDelay: 1 }, { TableName });
  if (!table.expires) return;
  try {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { AttributeName: EXPIRES_AT, Enabled: true },
      }),
    );
  } catch (error) {
    // The client repeats the request when the first response is slow, and TTL is enabled by then.
    if (!(error instanceof Error && error.message.includes('already enabled'))) throw error;
  }
}
