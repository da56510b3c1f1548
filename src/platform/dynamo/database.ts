import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  ScanCommand,
  type ScanCommandInput,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isContention, unavailable } from '../aws-errors';
import { DomainError } from '../errors';
import { backoffDelay } from '../retry';
import { decodeCursor, encodeCursor, InvalidCursor, type Page, type PageRequest } from './cursor';
import type { Read, Results } from './read';
import type { TableDeclaration } from './table';
import { retryDynamoContention } from './retry-dynamo-contention';
import type { Item, Write } from './write';

export type Query = Omit<QueryCommandInput, 'Limit' | 'ExclusiveStartKey'>;

/** Limits what a scan returns. */
export type ScanOptions = Pick<
  ScanCommandInput,
  | 'FilterExpression'
  | 'ProjectionExpression'
  | 'ExpressionAttributeNames'
  | 'ExpressionAttributeValues'
  | 'ConsistentRead'
  | 'Segment'
  | 'TotalSegments'
>;

const BATCH_GET_LIMIT = 100;
const BATCH_GET_ATTEMPTS = 6;

/** The reads and writes that the repositories need, on top of the document client. */
export class Database {
  private readonly logger = new Logger(Database.name);

  constructor(
    private readonly document: DynamoDBDocumentClient,
    private readonly prefix: string,
  ) {}

  tableName(table: TableDeclaration): string {
    return this.prefix + table.name;
  }

  async get<T>({ table, key, parse }: Read<T>, { consistent = true } = {}): Promise<T> {
    const { Item: item } = await this.document.send(
      new GetCommand({ TableName: table, Key: key, ConsistentRead: consistent }),
    );
    return parse(item);
  }

  /**
   * Runs any number of reads of any tables, 100 items per round trip. Results are in the order of the reads. An
   * undefined read has an undefined result.
   */
  async batchGet<const Reads extends readonly (Read<unknown> | undefined)[]>(
    requested: Reads,
    { consistent = true } = {},
  ): Promise<Results<Reads>> {
    const reads = requested.filter((read) => read !== undefined);
    const found = new Map<string, Item>();
    for (let start = 0; start < reads.length; start += BATCH_GET_LIMIT) {
      await this.batchGetPage(reads.slice(start, start + BATCH_GET_LIMIT), consistent, found);
    }
    const results = requested.map((read) => read?.parse(found.get(itemIdentityOf(read.table, read.key))));
    return results as Results<Reads>;
  }

  private async batchGetPage(
    reads: readonly Read<unknown>[],
    consistent: boolean,
    found: Map<string, Item>,
  ): Promise<void> {
    const keyNames = new Map(reads.map(({ table, key }) => [table, Object.keys(key)]));
    let request = batchGetRequest(reads, consistent);
    for (let attempt = 1; ; attempt++) {
      const output = await this.document.send(new BatchGetCommand({ RequestItems: request }));
      for (const [table, items] of Object.entries(output.Responses ?? {})) {
        for (const item of items) found.set(itemIdentityOf(table, pick(item, keyNames.get(table) ?? [])), item);
      }
      request = output.UnprocessedKeys as typeof request;
      if (!request || Object.keys(request).length === 0) return;
      if (attempt === BATCH_GET_ATTEMPTS) throw unavailable(new Error('DynamoDB left keys of a batch unprocessed'));
      await sleep(backoffDelay(attempt));
    }
  }

  /** One page of a query. `InvalidCursor` for a cursor of another query. */
  async queryPage<T extends object>(query: Query, request: PageRequest): Promise<Page<T>> {
    return this.readPage(request, (range) => this.document.send(new QueryCommand({ ...query, ...range })));
  }

  /** One page of a whole table, by default consistent. For audits, sweeps and caches, never for interactive requests. */
  async scanPage<T extends object>(table: string, request: PageRequest, options: ScanOptions = {}): Promise<Page<T>> {
    const scan = { TableName: table, ConsistentRead: true, ...options };
    return this.readPage(request, (range) => this.document.send(new ScanCommand({ ...scan, ...range })));
  }

  private async readPage<T extends object>(
    { limit, cursor }: PageRequest,
    read: (from: Pick<QueryCommandInput, 'Limit' | 'ExclusiveStartKey'>) => Promise<QueryCommandOutput>,
  ): Promise<Page<T>> {
    const startKey = decodeCursor(cursor);
    try {
      const output = await read({ Limit: limit, ExclusiveStartKey: startKey });
      return { items: (output.Items ?? []) as T[], next: encodeCursor(output.LastEvaluatedKey) };
    } catch (error) {
      if (cursor !== undefined && error instanceof Error && error.name === 'ValidationException') {
        throw new InvalidCursor();
      }
      throw error;
    }
  }

  /**
   * Runs one write on its own. Returns the updated item (undefined after a delete or put). If the condition fails,
   * throws the error of the write's `onConditionFailed`. Contention is retried, then it is `service.unavailable`.
   */
  async write<T extends object>(write: Write): Promise<T | undefined> {
    try {
      const item = await retryDynamoContention(() => this.send<T>(write.action));
      this.runAfterCommit([write]);
      return item;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      throw write.onConditionFailed(error.Item && unmarshall(error.Item));
    }
  }

  /**
   * Deletes up to 25 items of a table in one round trip. Returns the keys that DynamoDB left unprocessed. Keys may repeat,
   * although DynamoDB refuses a whole batch in which one does.
   */
  async batchDelete(table: string, keys: readonly Item[]): Promise<Item[]> {
    const different = new Map(keys.map((key) => [itemIdentityOf(table, key), key]));
    const requests = [...different.values()].map((key) => ({ DeleteRequest: { Key: key } }));
    const { UnprocessedItems: unprocessed } = await this.document.send(
      new BatchWriteCommand({ RequestItems: { [table]: requests } }),
    );
    return (unprocessed?.[table] ?? []).map(({ DeleteRequest: request }) => (request?.Key ?? {}) as Item);
  }

  /**
   * Runs all writes or none. If several conditions fail, throws the error of the first, combined with the others
   * (`DomainError.combinedWith`). Contention is handled as in `write`.
   */
  async transact(writes: readonly Write[]): Promise<void> {
    const command = { TransactItems: writes.map(({ action }) => action) };
    await retryDynamoContention(async () => {
      try {
        await this.document.send(new TransactWriteCommand(command));
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        reportContention(error, writes);
        throw conditionErrorOf(error, writes) ?? error;
      }
    });
    this.runAfterCommit(writes);
  }

  /** The writes are committed, so a callback that throws must not make the request fail. */
  private runAfterCommit(writes: readonly Write[]): void {
    for (const { afterCommit } of writes) {
      try {
        afterCommit?.();
      } catch (error) {
        this.logger.error({ err: error }, 'After-commit callback failed');
      }
    }
  }

  private async send<T extends object>({ Update, Put, Delete }: Write['action']): Promise<T | undefined> {
    if (Put) await this.document.send(new PutCommand(Put));
    if (Delete) await this.document.send(new DeleteCommand(Delete));
    if (!Update) return undefined;
    const { Attributes: item } = await this.document.send(new UpdateCommand({ ...Update, ReturnValues: 'ALL_NEW' }));
    return item as T;
  }
}

function reportContention(
  { CancellationReasons: reasons = [] }: TransactionCanceledException,
  writes: readonly Write[],
) {
  reasons.forEach(({ Code }, index) => {
    if (isContention(Code)) writes[index]?.onContention?.();
  });
}

function conditionErrorOf({ CancellationReasons: reasons }: TransactionCanceledException, writes: readonly Write[]) {
  const errors = writes.flatMap((write, index) => {
    const reason = reasons?.[index];
    if (reason?.Code !== 'ConditionalCheckFailed') return [];
    return [write.onConditionFailed(reason.Item && unmarshall(reason.Item))];
  });
  return errors.reduce<Error | undefined>(
    (combined, next) =>
      combined instanceof DomainError && next instanceof DomainError ? combined.combinedWith(next) : (combined ?? next),
    undefined,
  );
}

function batchGetRequest(reads: readonly Read<unknown>[], consistent: boolean) {
  const byTable: Record<string, { Keys: Item[]; ConsistentRead: boolean }> = {};
  const seen = new Set<string>();
  for (const { table, key } of reads) {
    const id = itemIdentityOf(table, key);
    if (seen.has(id)) continue;
    seen.add(id);
    (byTable[table] ??= { Keys: [], ConsistentRead: consistent }).Keys.push(key);
  }
  return byTable;
}

function itemIdentityOf(table: string, key: Item): string {
  return JSON.stringify([
    table,
    ...Object.keys(key)
      .sort()
      .map((name) => key[name]),
  ]);
}

function pick(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}
