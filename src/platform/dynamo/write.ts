import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

export type Item = Record<string, unknown>;
type WriteAction = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * One write of a transaction, with the error that a failed condition means. Modules export writes (`takeStock(line)`),
 * which the caller commits together with its own.
 */
export interface Write {
  readonly action: WriteAction;
  /** Called with the stored item, or with undefined if there is none. */
  readonly onConditionFailed: (old: Item | undefined) => Error;
  /** Runs after the commit, to update caches. Errors are logged, not thrown. */
  readonly afterCommit?: () => void;
  /** Called each time a transaction is cancelled because of contention for the item of this write. */
  readonly onContention?: () => void;
}

/** A change as plain maps of attributes. Names may be paths (`items.#id`). */
export interface AttributeChanges {
  readonly set?: Item;
  /** Adds to a number, or to a set of strings. */
  readonly add?: Record<string, number | ReadonlySet<string>>;
  /** The values of attributes that do not exist yet; `add` adds to them. */
  readonly defaults?: Item;
  readonly appendToLists?: Record<string, readonly unknown[]>;
  readonly removeFromSets?: Record<string, ReadonlySet<string>>;
  readonly remove?: readonly string[];
}

/** The change that sets fields, and removes those that are null. */
export function setOrRemoved(fields: Item): Required<Pick<AttributeChanges, 'set' | 'remove'>> {
  const isNull = ([, value]: [string, unknown]) => value === null;
  const entries = Object.entries(fields);
  return {
    set: Object.fromEntries(entries.filter((entry) => !isNull(entry))),
    remove: entries.filter(isNull).map(([name]) => name),
  };
}

/** A condition with its expression names, without `#`, and values, without `:`. The change may use the names too. */
export interface Condition {
  readonly condition?: string;
  readonly names?: Record<string, string>;
  readonly values?: Item;
}

/** The expression of a change with its condition, ready for an UpdateCommand or a transaction. */
function updateExpression(change: AttributeChanges, condition: Condition) {
  const placeholders = new Placeholders(condition);
  const clauses = [
    clause('SET', [
      ...assignments(change, placeholders),
      ...listAppends(change, placeholders),
      ...defaultAssignments(change, placeholders),
    ]),
    clause('ADD', additions(change, placeholders)),
    clause('DELETE', setRemovals(change, placeholders)),
    clause('REMOVE', removals(change, placeholders)),
  ];
  return {
    UpdateExpression: clauses.filter(Boolean).join(' '),
    ...conditionOf(condition),
    ...placeholders.attributes(),
  } as const;
}

function clause(keyword: string, actions: readonly string[]): string {
  return actions.length === 0 ? '' : `${keyword} ${actions.join(', ')}`;
}

function assignments({ set = {} }: AttributeChanges, placeholders: Placeholders): string[] {
  return Object.entries(set)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${placeholders.path(name)} = ${placeholders.value(name, value)}`);
}

function listAppends({ appendToLists = {} }: AttributeChanges, placeholders: Placeholders): string[] {
  return Object.entries(appendToLists).map(([name, items]) => {
    const path = placeholders.path(name);
    return `${path} = list_append(${path}, ${placeholders.value(name, items)})`;
  });
}

/** ADD starts from zero if the attribute is missing, so an addition to a default is part of its assignment. */
function defaultAssignments({ defaults = {}, add = {} }: AttributeChanges, placeholders: Placeholders): string[] {
  return Object.entries(defaults).map(([name, initial]) => {
    const path = placeholders.path(name);
    const current = `if_not_exists(${path}, ${placeholders.value(`first ${name}`, initial)})`;
    return `${path} = ${current}${name in add ? ` + ${placeholders.value(name, add[name])}` : ''}`;
  });
}

function additions({ add = {}, defaults = {} }: AttributeChanges, placeholders: Placeholders): string[] {
  return Object.entries(add)
    .filter(([name]) => !(name in defaults))
    .map(([name, amount]) => `${placeholders.path(name)} ${placeholders.value(name, amount)}`);
}

function setRemovals({ removeFromSets = {} }: AttributeChanges, placeholders: Placeholders): string[] {
  return Object.entries(removeFromSets).map(
    ([name, members]) => `${placeholders.path(name)} ${placeholders.value(name, members)}`,
  );
}

function removals({ remove = [] }: AttributeChanges, placeholders: Placeholders): string[] {
  return remove.map((name) => placeholders.path(name));
}

/** The names and values of one expression. Every name has a placeholder, because it may be a reserved word. */
class Placeholders {
  private readonly names: Record<string, string>;
  private readonly values: Item;

  constructor({ names = {}, values = {} }: Condition) {
    this.names = prefixed('#', names);
    this.values = prefixed(':', values);
  }

  /** The placeholders of a path. A part that begins with # already is one. */
  path(name: string): string {
    return name
      .split('.')
      .map((part) => {
        if (part.startsWith('#')) return part;
        this.names[`#${part}`] = part;
        return `#${part}`;
      })
      .join('.');
  }

  /** The placeholder of a value of the change. The underscore keeps it apart from those of the condition. */
  value(name: string, value: unknown): string {
    const placeholder = `:_${name.replace(/[^A-Za-z0-9]/g, '_')}`;
    this.values[placeholder] = value;
    return placeholder;
  }

  attributes() {
    return {
      ExpressionAttributeNames: emptyAsUndefined(this.names),
      ExpressionAttributeValues: emptyAsUndefined(this.values),
    };
  }
}

const unexpectedConditionFailure: Write['onConditionFailed'] = () =>
  new Error('The condition of a write without a condition failed');

export function put(
  table: string,
  item: object,
  condition: Condition = {},
  onConditionFailed = unexpectedConditionFailure,
): Write {
  const placeholders = new Placeholders(condition);
  return {
    action: { Put: { TableName: table, Item: item as Item, ...conditionOf(condition), ...placeholders.attributes() } },
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
  const placeholders = new Placeholders(condition);
  return {
    action: { Delete: { TableName: table, Key: key, ...conditionOf(condition), ...placeholders.attributes() } },
    onConditionFailed,
  };
}

/** A condition on an item that the transaction does not change. */
export function check(
  table: string,
  key: Item,
  condition: Condition,
  onConditionFailed: Write['onConditionFailed'],
): Write {
  const placeholders = new Placeholders(condition);
  return {
    action: {
      ConditionCheck: {
        TableName: table,
        Key: key,
        ...conditionOf(condition),
        ...placeholders.attributes(),
      },
    },
    onConditionFailed,
  };
}

function conditionOf({ condition }: Condition) {
  return {
    ConditionExpression: condition,
    ReturnValuesOnConditionCheckFailure: condition === undefined ? undefined : 'ALL_OLD',
  } as const;
}

function prefixed<T>(prefix: string, record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [prefix + name, value]));
}

function emptyAsUndefined<T extends object>(record: T): T | undefined {
  return Object.keys(record).length === 0 ? undefined : record;
}
