import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
// Every table is declared by a module of the program: all are loaded, so none is forgotten.
import '../../src/app.module';
import { createTableRequest, declaredTables, EXPIRES_AT } from '../../src/platform/dynamo/table';

/** A table as the program declares it: what it would ask DynamoDB for, and whether its items expire. */
export interface DeclaredTable {
  readonly request: CreateTableCommandInput;
  readonly expiresBy: typeof EXPIRES_AT | undefined;
}

/** Every table of the program, in order of name. */
export async function loadDeclaredTables(prefix: string): Promise<DeclaredTable[]> {
  const tables = [...declaredTables()].sort((a, b) => a.name.localeCompare(b.name));
  return Promise.all(
    tables.map(async (table) => ({
      request: await createTableRequest(table, prefix),
      expiresBy: table.expires ? EXPIRES_AT : undefined,
    })),
  );
}
