import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { model, Schema } from 'dynamoose';
import type { SchemaDefinition, Schema as SchemaType } from 'dynamoose/dist/Schema';

/** The TTL attribute, in epoch seconds. DynamoDB deletes expired items late, so code must compare it too. */
export const EXPIRES_AT = 'expiresAt';

/** The only declaration of a table. Tests, `prepare-local` and the CDK stack create the table from it. */
export interface TableDeclaration {
  readonly name: string;
  readonly schema: SchemaType;
  readonly expires: boolean;
}

const declarations = new Map<string, TableDeclaration>();

export function declareTable(name: string, definition: SchemaDefinition, { expires = false } = {}): TableDeclaration {
  const attributes = expires ? { ...definition, [EXPIRES_AT]: Number } : definition;
  const declaration = { name, schema: new Schema(attributes, { saveUnknown: true }), expires };
  declarations.set(name, declaration);
  return declaration;
}

/** Every table of the modules loaded so far, in order of declaration. */
export function declaredTables(): readonly TableDeclaration[] {
  return [...declarations.values()];
}

/** Kept, because tests create the tables of many programs. */
const requests = new Map<SchemaType, Promise<CreateTableCommandInput>>();

/** The CreateTable request that dynamoose derives from a declaration. */
export async function createTableRequest(table: TableDeclaration, prefix: string): Promise<CreateTableCommandInput> {
  const request = requests.get(table.schema) ?? deriveRequest(table);
  requests.set(table.schema, request);
  return { ...(await request), TableName: prefix + table.name };
}

async function deriveRequest({ name, schema }: TableDeclaration): Promise<CreateTableCommandInput> {
  const request: unknown = await model(name, schema, MODEL_OPTIONS).table().create({ return: 'request' });
  return request as CreateTableCommandInput;
}

/** The application never creates or alters tables; `prepare-local` and the CDK stack do. */
export const MODEL_OPTIONS = { create: false, update: false, waitForActive: false, throughput: 'ON_DEMAND' } as const;
