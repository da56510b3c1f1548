import type { GlobalSecondaryIndex, KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import { type Attribute, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { DeclaredTable } from './declared-tables';

/** The names that permissions are granted on. */
export interface NamedTable {
  readonly name: string;
  /** The name without the prefix of the deployment, as the application declares it. */
  readonly declaredName: string;
  readonly indexes: readonly string[];
  /** Whether its rows expire. */
  readonly expires: boolean;
}

/** The tables, as the application declares them. Deleting the stack keeps them. */
export class Tables extends Construct {
  readonly names: readonly NamedTable[];

  constructor(scope: Construct, id: string, declared: readonly DeclaredTable[]) {
    super(scope, id);
    this.names = declared.map((table) => this.add(table));
  }

  private add({ request, expiresBy }: DeclaredTable): NamedTable {
    const name = request.TableName ?? '';
    const declaredName = name.split('-').at(-1) ?? name;
    const keysOf = (schema: KeySchemaElement[] = []) => ({
      partitionKey: attributeOf(request, schema, 'HASH') ?? missingKey(name),
      sortKey: attributeOf(request, schema, 'RANGE'),
    });
    const table = new Table(this, declaredName, {
      tableName: name,
      ...keysOf(request.KeySchema),
      timeToLiveAttribute: expiresBy,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const global = request.GlobalSecondaryIndexes ?? [];
    const local = request.LocalSecondaryIndexes ?? [];
    for (const index of global) {
      table.addGlobalSecondaryIndex({ ...indexProps(index), ...keysOf(index.KeySchema) });
    }
    for (const index of local) {
      const { sortKey = missingKey(name) } = keysOf(index.KeySchema);
      table.addLocalSecondaryIndex({ ...indexProps(index), sortKey });
    }
    return {
      name,
      declaredName,
      indexes: [...global, ...local].map(({ IndexName: index = '' }) => index),
      expires: expiresBy !== undefined,
    };
  }
}

function indexProps({
  IndexName: indexName = '',
  Projection: projection,
}: Pick<GlobalSecondaryIndex, 'IndexName' | 'Projection'>) {
  return {
    indexName,
    projectionType: projection?.ProjectionType as ProjectionType,
    nonKeyAttributes: projection?.NonKeyAttributes,
  };
}

function attributeOf(
  { AttributeDefinitions: definitions = [] }: DeclaredTable['request'],
  schema: KeySchemaElement[],
  keyType: 'HASH' | 'RANGE',
): Attribute | undefined {
  const name = schema.find((key) => key.KeyType === keyType)?.AttributeName;
  if (name === undefined) return undefined;
  const type = definitions.find((definition) => definition.AttributeName === name)?.AttributeType;
  return { name, type: type as AttributeType };
}

function missingKey(table: string): never {
  throw new Error(`A key or an index of ${table} lacks its key attribute`);
}
