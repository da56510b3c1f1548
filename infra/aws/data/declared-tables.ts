import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
// Loads all modules, because each module declares its own tables.
import '../../../src/app.module';
import { createTableRequest, declaredTables, EXPIRES_AT } from '../../../src/platform/dynamo/table';

/** A table as the application declares it: the request that creates it, and its expiry attribute. */
export interface DeclaredTable {
  readonly request: CreateTableCommandInput;
  readonly expiresBy: typeof EXPIRES_AT | undefined;
}

/** All tables of the application, sorted by name. */
export async function loadDeclaredTables(prefix: string): Promise<DeclaredTable[]> {
  const tables = [...declaredTables()].sort((a, b) => a.name.localeCompare(b.name));
  return Promise.all(
    tables.map(async (table) => ({
      request: await createTableRequest(table, prefix),
      expiresBy: table.expires ? EXPIRES_AT : undefined,
    })),
  );
}
