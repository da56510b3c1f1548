import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { subscriptionPartitionOf } from '../../../src/modules/subscription/domain/ids';
import {
  paymentOf,
  PRODUCTS,
  subscriptionIdOf,
  subscriptionOf,
  type SubscriptionSet,
  walletOf,
} from './subscription-set';

interface Row {
  readonly table: string;
  readonly request: { PutRequest: { Item: object } } | { DeleteRequest: { Key: Record<string, string> } };
}

const BATCH_SIZE = 25;
const CONCURRENT_BATCHES = 8;

/** Writes subscriptions, their wallets and products directly to the tables. */
export async function seed(document: DynamoDBDocumentClient, prefix: string, orders: SubscriptionSet): Promise<void> {
  await writeRows(document, prefix, seedRows(orders));
}

/** Deletes the subscriptions. */
export async function clear(document: DynamoDBDocumentClient, prefix: string, orders: SubscriptionSet): Promise<void> {
  await writeRows(document, prefix, clearRows(orders));
}

function* seedRows(orders: SubscriptionSet): Generator<Row> {
  for (const product of PRODUCTS) yield putRow('Products', product);
  for (const number of numbersOf(orders)) {
    yield putRow('Subscriptions', subscriptionOf(number, orders));
    if (paymentOf(number, orders.payment) === 'WALLET') yield putRow('Wallets', walletOf(number));
  }
}

function* clearRows(orders: SubscriptionSet): Generator<Row> {
  for (const number of numbersOf(orders)) {
    const subscriptionId = subscriptionIdOf(number);
    const key = { shard: subscriptionPartitionOf(subscriptionId), subscriptionId };
    yield { table: 'Subscriptions', request: { DeleteRequest: { Key: key } } };
  }
}

function putRow(table: string, item: object): Row {
  return { table, request: { PutRequest: { Item: item } } };
}

export function* numbersOf({ first, count }: Pick<SubscriptionSet, 'first' | 'count'>): Generator<number> {
  for (let number = first; number < first + count; number++) yield number;
}

/** Several writers share one lazy sequence of rows. */
async function writeRows(document: DynamoDBDocumentClient, prefix: string, rows: Generator<Row>): Promise<void> {
  const batches = batchesOf(rows);
  await Promise.all(
    Array.from({ length: CONCURRENT_BATCHES }, async () => {
      for (const batch of batches) {
        const requests: Record<string, Row['request'][]> = {};
        for (const { table, request } of batch) (requests[prefix + table] ??= []).push(request);
        const { UnprocessedItems: unprocessed } = await document.send(
          new BatchWriteCommand({ RequestItems: requests }),
        );
        if (unprocessed && Object.keys(unprocessed).length > 0)
          throw new Error('DynamoDB Local did not write all rows');
      }
    }),
  );
}

function* batchesOf(rows: Iterable<Row>): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH_SIZE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
