import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { LRUCache } from 'lru-cache';
import { sizeOf } from '../measure/item-size.mts';
import { type Access, accessesOf, isTransaction, type Item, queriedValue, type WireRequest } from './access.mts';
import type { PartitionBudget, PartitionKey, UnitKind } from './partition-budget.mts';
import { keysOf, type TableDescription, type TableKeys } from './table-keys.mts';

/** Sends a request to the database itself. Nothing that the meter reads is counted. */
export type AskDatabase = (operation: string, body: object) => Promise<unknown>;

type WireItem = Record<string, AttributeValue>;

/** An access with the partition keys that must have units left. */
export interface MeteredAccess extends Access {
  readonly id: string;
  readonly keys: TableKeys;
  readonly partitions: readonly PartitionKey[];
}

const WRITE_UNIT_BYTES = 1_024;
const READ_UNIT_BYTES = 4_096;
const BATCH_GET_LIMIT = 100;
const MAX_KNOWN_ITEMS = 50_000;

/**
 * Deducts what AWS charges for a request: write units of the larger of the item before and after, also when a condition
 * fails, and index entries that change. Transactions cost double. Reads cost by the sizes in the response. Pages of a
 * scan are not charged, because they spread over all partitions of a table.
 *
 * Limits: the item before is known only from earlier writes through the proxy. A changed entry of an index with whole items
 * is charged twice although its key is unchanged. A local index has a budget of its own. A query with a filter is charged
 * for what it returns, because a response has no size of what was read.
 */
export class DynamoMeter {
  private readonly budget: PartitionBudget;
  private readonly prefix: string;
  private readonly tables = new Map<string, Promise<TableKeys>>();
  /** Items as they were last written, so that most writes need no read before. */
  private readonly known = new LRUCache<string, { item?: Item }>({ max: MAX_KNOWN_ITEMS });

  /** `prefix` is left out of the partition keys. */
  constructor(budget: PartitionBudget, prefix = '') {
    this.budget = budget;
    this.prefix = prefix;
  }

  async accessesOf(request: WireRequest, ask: AskDatabase): Promise<MeteredAccess[]> {
    return Promise.all(
      accessesOf(request).map(async (access) => {
        const keys = await this.keysOf(access.table, ask);
        const id = JSON.stringify([access.table, access.item[keys.hash], keys.range && access.item[keys.range]]);
        return { ...access, keys, id, partitions: this.partitionsOf({ ...access, keys, id }) };
      }),
    );
  }

  /** The partition that a query reads. */
  async queriedPartition({ body }: WireRequest, ask: AskDatabase): Promise<PartitionKey> {
    const keys = await this.keysOf(body.TableName, ask);
    const index = keys.indexes.find(({ name }) => name === body.IndexName);
    const value = queriedValue(body, (index ?? keys).hash);
    return this.partition(body.TableName, value, index?.name);
  }

  /** Deducts what each access costs at least. Otherwise, simultaneous requests would all be admitted by the last unit. */
  chargeMinimum(request: WireRequest, accesses: readonly MeteredAccess[]): void {
    for (const access of accesses) {
      this.budget.deduct(access.kind, access.partitions[0] as string, factorOf(request, access));
    }
  }

  /** Deducts the rest of writes after their response. */
  async chargeWrites(request: WireRequest, accesses: readonly MeteredAccess[], ask: AskDatabase): Promise<void> {
    const writes = accesses.filter(({ kind }) => kind === 'write');
    const after = await this.readItems(writes, ask);
    writes.forEach((write, index) => {
      const before = this.known.get(write.id)?.item;
      const now = after[index];
      this.known.set(write.id, { item: now });
      const size = Math.max(sizeOf(before), sizeOf(now), write.isPut ? sizeOf(write.item) : 0);
      const units = factorOf(request, write) * (unitsOf(size, WRITE_UNIT_BYTES) - 1);
      this.budget.deduct('write', write.partitions[0] as string, units);
      this.chargeIndexes(write, before, now);
    });
  }

  /** Deducts the rest of reads of single items, by the items of the response. */
  chargeReads(request: WireRequest, accesses: readonly MeteredAccess[], items: ReadonlyMap<string, Item>): void {
    for (const access of accesses) {
      const units = unitsOf(sizeOf(items.get(access.id)), READ_UNIT_BYTES) - 1;
      this.budget.deduct('read', access.partitions[0] as string, factorOf(request, access) * units);
    }
  }

  /** Deducts a query by the items of its page, which are rounded up together. */
  chargeQuery({ body }: WireRequest, partition: PartitionKey, items: readonly WireItem[]): void {
    const size = items.reduce((sum, item) => sum + sizeOf(unmarshall(item)), 0);
    this.budget.deduct('read', partition, (body.ConsistentRead ? 1 : 0.5) * unitsOf(size, READ_UNIT_BYTES));
  }

  admits(kind: UnitKind, partitions: readonly PartitionKey[]): boolean {
    return partitions.every((key) => this.budget.admits(kind, key));
  }

  /** The index entries that change: the old one is removed, and the new one is added. */
  private chargeIndexes({ keys, table }: MeteredAccess, before: Item | undefined, now: Item | undefined): void {
    for (const index of keys.indexes) {
      const entryOf = (item: Item | undefined) =>
        item && isIndexed(item, index)
          ? JSON.stringify(index.holdsItems ? item : [item[index.hash], index.range && item[index.range]])
          : undefined;
      if (entryOf(before) === entryOf(now)) continue;
      for (const item of [before, now]) {
        if (!item || !isIndexed(item, index)) continue;
        const units = index.holdsItems ? unitsOf(sizeOf(item), WRITE_UNIT_BYTES) : 1;
        this.budget.deduct('write', this.partition(table, item[index.hash], index.name), units);
      }
    }
  }

  /** The partition of the item, and those of its index entries as far as they are known before the write. */
  private partitionsOf({ kind, table, item, keys, id, isPut }: Omit<MeteredAccess, 'partitions'>): PartitionKey[] {
    const own = this.partition(table, item[keys.hash]);
    if (kind === 'read') return [own];
    const versions = [this.known.get(id)?.item, isPut ? item : undefined];
    const entries = keys.indexes.flatMap((index) =>
      versions.flatMap((version) =>
        version && isIndexed(version, index) ? [this.partition(table, version[index.hash], index.name)] : [],
      ),
    );
    return [own, ...new Set(entries)];
  }

  private partition(table: string, value: unknown, index?: string): PartitionKey {
    const name = table.startsWith(this.prefix) ? table.slice(this.prefix.length) : table;
    return `${name}${index ? `/${index}` : ''} ${String(value)}`;
  }

  private keysOf(table: string, ask: AskDatabase): Promise<TableKeys> {
    const known = this.tables.get(table) ?? ask('DescribeTable', { TableName: table }).then(describedKeys);
    this.tables.set(table, known);
    known.catch(() => this.tables.delete(table));
    return known;
  }

  private async readItems(writes: readonly MeteredAccess[], ask: AskDatabase): Promise<(Item | undefined)[]> {
    const found = new Map<string, Item>();
    const unique = [...new Map(writes.map((write) => [write.id, write])).values()];
    for (let start = 0; start < unique.length; start += BATCH_GET_LIMIT) {
      const page = unique.slice(start, start + BATCH_GET_LIMIT);
      const requests: Record<string, { Keys: WireItem[]; ConsistentRead: true }> = {};
      for (const { table, item, keys } of page) {
        const key = Object.fromEntries([keys.hash, keys.range].flatMap((name) => (name ? [[name, item[name]]] : [])));
        (requests[table] ??= { Keys: [], ConsistentRead: true }).Keys.push(marshall(key));
      }
      const response = await ask('BatchGetItem', { RequestItems: requests });
      for (const [id, item] of this.itemsById(response, page)) found.set(id, item);
    }
    return writes.map(({ id }) => found.get(id));
  }

  /** The items of a response to a BatchGetItem, by the id of their access. */
  itemsById(response: unknown, accesses: readonly MeteredAccess[]): Map<string, Item> {
    const { Responses: byTable = {} } = response as { Responses?: Record<string, WireItem[]> };
    const keysByTable = new Map(accesses.map(({ table, keys }) => [table, keys]));
    return new Map(
      Object.entries(byTable).flatMap(([table, items]) => {
        const keys = keysByTable.get(table);
        return items.map((wire) => {
          const item = unmarshall(wire);
          return [JSON.stringify([table, keys && item[keys.hash], keys?.range && item[keys.range]]), item] as const;
        });
      }),
    );
  }
}

function factorOf(request: WireRequest, { kind, isConsistent }: Access): number {
  if (isTransaction(request)) return 2;
  return kind === 'read' && !isConsistent ? 0.5 : 1;
}

function describedKeys(response: unknown): TableKeys {
  return keysOf((response as { Table: TableDescription }).Table);
}

function isIndexed(item: Item, { hash, range }: { hash: string; range?: string }): boolean {
  return item[hash] !== undefined && (range === undefined || item[range] !== undefined);
}

function unitsOf(bytes: number, unit: number): number {
  return Math.max(1, Math.ceil(bytes / unit));
}
