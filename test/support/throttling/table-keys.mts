/** The keys of a table and its indexes, from DescribeTable. */
export interface TableKeys {
  readonly hash: string;
  readonly range?: string;
  readonly indexes: readonly IndexKeys[];
}

export interface IndexKeys {
  readonly name: string;
  readonly hash: string;
  readonly range?: string;
  /** Whether the index holds whole items. */
  readonly holdsItems: boolean;
}

interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

interface IndexDescription {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType: string };
}

export interface TableDescription {
  readonly KeySchema: readonly KeyElement[];
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[];
  readonly LocalSecondaryIndexes?: readonly IndexDescription[];
}

export function keysOf(table: TableDescription): TableKeys {
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return {
    ...namesOf(table.KeySchema),
    indexes: indexes.map(({ IndexName: name, KeySchema, Projection }) => ({
      name,
      ...namesOf(KeySchema),
      holdsItems: Projection.ProjectionType === 'ALL',
    })),
  };
}

function namesOf(schema: readonly KeyElement[]): { hash: string; range?: string } {
  const nameOf = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  return { hash: nameOf('HASH') ?? '', range: nameOf('RANGE') };
}
