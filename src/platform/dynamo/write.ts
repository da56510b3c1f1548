import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

export type Item = Record<string, unknown>;
type WriteAction = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * One write of a transaction, with the error it means when its condition fails.
 * A module exports its own (`takeStock(line)`); the caller commits it together with its own.
 */
export interface Write {
  readonly action: WriteAction;
  /** Called with the item as it is (undefined when there is none). */
  readonly onConditionFailed: (old: Item | undefined) => Error;
  /** Runs once the write is committed, to bring memory in line with the table. Errors are logged, not thrown. */
  readonly afterCommit?: () => void;
}

/** An update spelt as plain maps: attributes to set, to add to, to remove; names may be paths (`items.#id`). */
export interface AttributeChanges {
  readonly set?: Item;
  readonly add?: Record<string, number>;
  /** What attributes are that are not there yet; what is added then is added to this. */
  readonly defaults?: Item;
  readonly appendToLists?: Record<string, readonly unknown[]>;
  readonly remove?: readonly string[];
}

/** What `condition` needs beside the change: expression names without `#`, values without `:`. */
export interface Condition {
  readonly condition?: string;
  readonly names?: Record<string, string>;
  readonly values?: Item;
}

/** The expression of a change with its condition, ready for an UpdateCommand or a transaction. */
export function updateExpression(change: AttributeChanges, { condition, names = {}, values = {} }: Condition) {
  const attributeNames: Record<string, string> = prefixed('#', names);
  const attributeValues: Item = prefixed(':', values);

  const path = (name: string): string =>
    name
      .split('.')
      .map((part) => {
        if (part.startsWith('#')) return part;
        attributeNames[`#${part}`] = part;
        return `#${part}`;
      })
      .join('.');
  const value = (name: string, given: unknown): string => {
    const placeholder = `:_${name.replace(/[^A-Za-z0-9]/g, '_')}`;
    attributeValues[placeholder] = given;
    return placeholder;
  };

  const initially = change.defaults ?? {};
  const added = change.add ?? {};

  const given = Object.entries(change.set ?? {}).filter(([, wanted]) => wanted !== undefined);
  const sets = [
    ...given.map(([name, wanted]) => `${path(name)} = ${value(name, wanted)}`),
    ...Object.entries(change.appendToLists ?? {}).map(
      ([name, more]) => `${path(name)} = list_append(${path(name)}, ${value(name, more)})`,
    ),
    ...Object.entries(initially).map(([name, first]) => {
      const present = `if_not_exists(${path(name)}, ${value(`first ${name}`, first)})`;
      return `${path(name)} = ${present}${name in added ? ` + ${value(name, added[name])}` : ''}`;
    }),
  ];
  const adds = Object.entries(added)
    .filter(([name]) => !(name in initially))
    .map(([name, amount]) => `${path(name)} ${value(name, amount)}`);
  const removes = (change.remove ?? []).map(path);
  const clauses = [
    sets.length > 0 && `SET ${sets.join(', ')}`,
    adds.length > 0 && `ADD ${adds.join(', ')}`,
    removes.length > 0 && `REMOVE ${removes.join(', ')}`,
  ];

  return {
    UpdateExpression: clauses.filter(Boolean).join(' '),
    ...conditionOf({ condition, names: {}, values: {} }),
    ExpressionAttributeNames: emptyAsUndefined(attributeNames),
    ExpressionAttributeValues: emptyAsUndefined(attributeValues),
  } as const;
}

/** A write without a condition cannot be refused. */
const unexpectedConditionFailure: Write['onConditionFailed'] = () =>
  new Error('A write was refused that has no condition');

export function put(
  table: string,
  item: object,
  condition: Condition = {},
  onConditionFailed = unexpectedConditionFailure,
): Write {
  return {
    action: { Put: { TableName: table, Item: item as Item, ...conditionOf(condition) } },
    onConditionFailed,
  };
}

export function update(
  table: string,
  key: Item,
  change: AttributeChanges,
  condition: Condition = {},
  onConditionFailed = unexpectedConditionFailure,
): Write {
  return {
    action: { Update: { TableName: table, Key: key, ...updateExpression(change, condition) } },
    onConditionFailed,
  };
}

export function remove(
  table: string,
  key: Item,
  condition: Condition = {},
  onConditionFailed = unexpectedConditionFailure,
): Write {
  return { action: { Delete: { TableName: table, Key: key, ...conditionOf(condition) } }, onConditionFailed };
}

function conditionOf({ condition, names = {}, values = {} }: Condition) {
  return {
    ConditionExpression: condition,
    ExpressionAttributeNames: emptyAsUndefined(prefixed('#', names)),
    ExpressionAttributeValues: emptyAsUndefined(prefixed(':', values)),
    ReturnValuesOnConditionCheckFailure: condition === undefined ? undefined : 'ALL_OLD',
  } as const;
}

function prefixed<T>(prefix: string, record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [prefix + name, value]));
}

function emptyAsUndefined<T extends object>(record: T): T | undefined {
  return Object.keys(record).length === 0 ? undefined : record;
}
