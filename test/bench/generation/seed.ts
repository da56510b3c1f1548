import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { subscriptionShardOf } from '../../../src/modules/subscription/domain/ids';
import {
  paymentOf,
  PRODUCTS,
  type StandingOrders,
  subscriptionIdOf,
  subscriptionOf,
  walletOf,
} from './standing-orders';

interface Row {
  readonly table: string;
  readonly request: { PutRequest: { Item: object } } | { DeleteRequest: { Key: Record<string, string> } };
}

const ROWS_AT_ONCE = 25;
const BATCHES_AT_ONCE = 8;

/** Puts standing orders, the wallets that pay for them and what they want into the tables, past the program. */
export async function seed(document: DynamoDBDocumentClient, prefix: string, orders: StandingOrders): Promise<void> {
  await write(document, prefix, seeded(orders));
}

/** Takes standing orders out of the table again. */
export async function clear(document: DynamoDBDocumentClient, prefix: string, orders: StandingOrders): Promise<void> {
  await write(document, prefix, cleared(orders));
}

function* seeded(orders: StandingOrders): Generator<Row> {
  for (const product of PRODUCTS) yield putting('Products', product);
  for (const number of numbersOf(orders)) {
    yield putting('Subscriptions', subscriptionOf(number, orders));
    if (paymentOf(number, orders.payment) === 'WALLET') yield putting('Wallets', walletOf(number));
  }
}

function* cleared(orders: StandingOrders): Generator<Row> {
  for (const number of numbersOf(orders)) {
    const subscriptionId = subscriptionIdOf(number);
    const key = { shard: subscriptionShardOf(subscriptionId), subscriptionId };
    yield { table: 'Subscriptions', request: { DeleteRequest: { Key: key } } };
  }
}

function putting(table: string, item: object): Row {
  return { table, request: { PutRequest: { Item: item } } };
}

export function* numbersOf({ first, count }: Pick<StandingOrders, 'first' | 'count'>): Generator<number> {
  for (let number = first; number < first + count; number++) yield number;
}

/** Several writers draw from the same rows: none is made before it is written. */
async function write(document: DynamoDBDocumentClient, prefix: string, rows: Generator<Row>): Promise<void> {
  const batches = inBatches(rows);
  await Promise.all(
    Array.from({ length: BATCHES_AT_ONCE }, async () => {
      for (const batch of batches) {
        const requests: Record<string, Row['request'][]> = {};
        for (const { table, request } of batch) (requests[prefix + table] ??= []).push(request);
        const { UnprocessedItems: left } = await document.send(new BatchWriteCommand({ RequestItems: requests }));
        if (left && Object.keys(left).length > 0) throw new Error('DynamoDB Local has left rows unwritten');
      }
    }),
  );
}

function* inBatches(rows: Iterable<Row>): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
