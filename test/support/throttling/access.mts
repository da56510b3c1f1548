import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { UnitKind } from './partition-budget.mts';

export type Item = Record<string, unknown>;
type WireItem = Record<string, AttributeValue>;

/** One item that a request reads or writes, or the partition that a query reads. */
export interface Access {
  readonly kind: UnitKind;
  readonly table: string;
  /** The key of the item, or the item itself if the request contains it. */
  readonly item: Item;
  readonly isPut: boolean;
  readonly isConsistent: boolean;
}

/** A request as DynamoDB reads it: the operation and its parameters. */
export interface WireRequest {
  readonly operation: string;
  readonly body: WireBody;
}

export interface WireBody {
  readonly TableName: string;
  readonly Key?: WireItem;
  readonly Item?: WireItem;
  readonly ConsistentRead?: boolean;
  readonly TransactItems?: readonly Record<string, { TableName: string; Key?: WireItem; Item?: WireItem }>[];
  readonly RequestItems?: Record<string, BatchedGets | BatchedWrites>;
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: WireItem;
}

interface BatchedGets {
  readonly Keys: readonly WireItem[];
  readonly ConsistentRead?: boolean;
}

type BatchedWrites = readonly { PutRequest?: { Item: WireItem }; DeleteRequest?: { Key: WireItem } }[];

export function isTransaction({ operation }: WireRequest): boolean {
  return operation === 'TransactWriteItems' || operation === 'TransactGetItems';
}

/** The items that a request names, in the order of its actions. Scans and queries name none. */
export function accessesOf({ operation, body }: WireRequest): Access[] {
  const { TableName: table, Key: key, Item: item, ConsistentRead: isConsistent = false } = body;
  switch (operation) {
    case 'GetItem':
      return [read(table, key, isConsistent)];
    case 'BatchGetItem':
      return Object.entries(body.RequestItems ?? {}).flatMap(([name, gets]) => {
        const { Keys: keys, ConsistentRead: consistent = false } = gets as BatchedGets;
        return keys.map((each) => read(name, each, consistent));
      });
    case 'BatchWriteItem':
      return Object.entries(body.RequestItems ?? {}).flatMap(([name, writes]) =>
        (writes as BatchedWrites).map(({ PutRequest, DeleteRequest }) =>
          write(name, PutRequest?.Item ?? DeleteRequest?.Key, PutRequest !== undefined),
        ),
      );
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return (body.TransactItems ?? []).map((action) => {
        const [[name, target]] = Object.entries(action) as [
          [string, { TableName: string; Key: WireItem; Item: WireItem }],
        ];
        return name === 'Get'
          ? read(target.TableName, target.Key, true)
          : write(target.TableName, target.Item ?? target.Key, name === 'Put');
      });
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [write(table, item ?? key, operation === 'PutItem')];
    default:
      return [];
  }
}

/** The value that the key condition of a query requires of an attribute. */
export function queriedValue(body: WireBody, attribute: string): unknown {
  for (const [, name = '', value = ''] of body.KeyConditionExpression?.matchAll(/(#?\w+)\s*=\s*(:\w+)/g) ?? []) {
    if ((body.ExpressionAttributeNames?.[name] ?? name) !== attribute) continue;
    return unmarshall({ value: body.ExpressionAttributeValues?.[value] as AttributeValue }).value;
  }
  return undefined;
}

function read(table: string, key: WireItem | undefined, isConsistent: boolean): Access {
  return { kind: 'read', table, item: unmarshall(key ?? {}), isPut: false, isConsistent };
}

function write(table: string, item: WireItem | undefined, isPut: boolean): Access {
  return { kind: 'write', table, item: unmarshall(item ?? {}), isPut, isConsistent: true };
}
