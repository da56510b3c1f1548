import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { Database } from '../../../src/platform/dynamo/database';
import { readItem } from '../../../src/platform/dynamo/read';
import { createTableRequest, declaredTables } from '../../../src/platform/dynamo/table';
import { currentContext, runInContext } from '../../../src/platform/request-context';
import { sizeOf } from './item-size.mts';
import type { TestApp } from '../test-app';

type Item = Record<string, unknown>;
type Key = Record<string, unknown>;
type Index = readonly string[];

/** The context of the counter's own reads. */
export const COUNTER_REQUEST_ID = 'write-unit-counter';

/**
 * Counts the write units of requests and of relaying their events, but not of subscribers and workers; with `everything`,
 * counts all writes of the program. Follows AWS's rules: 1 kB steps of the larger of the item before and after, doubled
 * in a transaction, plus one unit per index entry below 1 kB that is added or removed (a move is both). DynamoDB Local
 * reports other figures.
 */
export class WriteUnitCounter {
  private units = 0;
  /** One note per write: table, item units + index units. */
  readonly notes: string[] = [];
  readonly byTable = new Map<string, number>();
  private readonly outboxRows = new Set<unknown>();
  private readonly keys = new Map<string, readonly string[]>();
  private readonly indexes = new Map<string, Index[]>();

  private constructor(
    private readonly app: TestApp,
    private readonly everything: boolean,
    private readonly database: Database,
  ) {}

  /** Counts until `stop`. */
  static async start(app: TestApp, { everything = false } = {}): Promise<WriteUnitCounter> {
    const counter = new WriteUnitCounter(app, everything, app.get<Database>(Database));
    for (const declaration of declaredTables()) await counter.registerTable(declaration);
    app.get<DynamoDB>(DynamoDB).middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const writes = writesOf(commandName ?? '', args.input as never).filter((write) => counter.isCounted(write));
          if (writes.length === 0) return next(args);
          const before = await counter.readItems(writes);
          const result = await next(args);
          await counter.add(writes, before);
          return result;
        },
      { step: 'initialize', name: 'write-units', priority: 'low' },
    );
    return counter;
  }

  stop(): number {
    this.app.get<DynamoDB>(DynamoDB).middlewareStack.remove('write-units');
    return this.units;
  }

  private isCounted({ table, key, item }: WriteAction): boolean {
    if (this.everything || table.endsWith('Carts')) return true;
    const isBackground = currentContext()?.background ?? currentContext() === undefined;
    if (!table.endsWith('Outbox')) return !isBackground;
    if (!isBackground) this.outboxRows.add(item?.outboxId);
    return this.outboxRows.has(key?.outboxId ?? item?.outboxId);
  }

  private async registerTable(declaration: ReturnType<typeof declaredTables>[number]): Promise<void> {
    const request = await createTableRequest(declaration, this.app.config.tablePrefix);
    const names = (keys: { AttributeName?: string }[] = []) => keys.map(({ AttributeName }) => AttributeName ?? '');
    const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = request;
    const indexes = [...global, ...local].map(({ KeySchema }) => names(KeySchema));
    this.keys.set(request.TableName ?? '', names(request.KeySchema));
    this.indexes.set(request.TableName ?? '', indexes);
  }

  private async readItems(writes: readonly WriteAction[]): Promise<(Item | undefined)[]> {
    return runInContext({ requestId: COUNTER_REQUEST_ID }, () =>
      this.database.batchGet(
        writes.map(({ table, key, item }) => readItem<Item>(table, key ?? this.keyOf(table, item))),
      ),
    );
  }

  private keyOf(table: string, item: Item = {}): Key {
    const names = this.keys.get(table) ?? [];
    return Object.fromEntries(names.map((name) => [name, item[name]]));
  }

  private async add(writes: readonly WriteAction[], before: readonly (Item | undefined)[]): Promise<void> {
    const after = await this.readItems(writes);
    writes.forEach(({ table, factor }, index) => {
      const units = factor * Math.max(1, Math.ceil(Math.max(sizeOf(before[index]), sizeOf(after[index])) / 1024));
      const entries = this.indexEntries(table, before[index], after[index]);
      const name = table.replace(this.app.config.tablePrefix, '');
      this.units += units + entries;
      this.byTable.set(name, (this.byTable.get(name) ?? 0) + units + entries);
      this.notes.push(`${name} ${units}+${entries}`);
    });
  }

  private indexEntries(table: string, before: Item | undefined, after: Item | undefined): number {
    return (this.indexes.get(table) ?? [])
      .map((keys) => {
        const entry = (item: Item | undefined) =>
          item && keys.every((key) => item[key] !== undefined)
            ? JSON.stringify(keys.map((key) => item[key]))
            : undefined;
        const [old, now] = [entry(before), entry(after)];
        return old === now ? 0 : Number(old !== undefined) + Number(now !== undefined);
      })
      .reduce((sum, count) => sum + count, 0);
  }
}

interface WriteAction {
  readonly table: string;
  readonly key?: Key;
  readonly item?: Item;
  readonly factor: 1 | 2;
}

function writesOf(command: string, input: never): WriteAction[] {
  const {
    TableName: table,
    Key: key,
    Item: item,
    TransactItems,
    RequestItems,
  } = input as {
    TableName: string;
    Key?: Key;
    Item?: Item;
    TransactItems?: NonNullable<TransactWriteCommandInput['TransactItems']>;
    RequestItems?: Record<string, { DeleteRequest?: { Key: Key }; PutRequest?: { Item: Item } }[]>;
  };
  if (command === 'TransactWriteItemsCommand' || command === 'TransactWriteCommand') {
    return (TransactItems ?? []).flatMap(({ Put, Update, Delete, ConditionCheck }) => {
      const action = Put ?? Update ?? Delete ?? ConditionCheck;
      const key = (Update ?? Delete ?? ConditionCheck)?.Key;
      return action ? [{ table: action.TableName ?? '', key, item: Put?.Item, factor: 2 as const }] : [];
    });
  }
  if (command === 'BatchWriteCommand' || command === 'BatchWriteItemCommand') {
    return Object.entries(RequestItems ?? {}).flatMap(([name, requests]) =>
      requests.map(({ DeleteRequest, PutRequest }) => ({
        table: name,
        key: DeleteRequest?.Key,
        item: PutRequest?.Item,
        factor: 1 as const,
      })),
    );
  }
  return /^(Put|Update|Delete)(Item)?Command$/.test(command) ? [{ table, key, item, factor: 1 }] : [];
}
