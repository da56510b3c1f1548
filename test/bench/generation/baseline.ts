// The baseline: the transactions of generation, written by the document client alone, without reads and decisions.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';
import { newEventId, orderNumberOf } from '../../../src/kernel/ids';
import { PARTITION_COUNT, subscriptionPartitionOf } from '../../../src/modules/subscription/domain/ids';
import type { PaymentMethod } from '../../../src/modules/subscription/domain/subscription';
import { numbersOf } from './seed';
import {
  ADDRESS,
  linesOf,
  type PaymentMix,
  paymentOf,
  PRODUCTS,
  subscriptionIdOf,
  type SubscriptionSet,
  userIdOf,
} from './subscription-set';

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

interface SubscriptionRef {
  readonly number: number;
  readonly subscriptionId: string;
  readonly method: PaymentMethod;
}

/** The batches that a worker has in progress. */
const CONCURRENT_SHARDS = 4;
/** The orders per transaction, as in generation. */
const MAX_WRITES = 98;
const WRITES_PER_ORDER = { WALLET: 5, COD: 3 } as const;
const [NOW, OLD] = ['2026-11-22T15:32:00Z', 'ALL_OLD'] as const;

const [first, count, warmUp, part, parts] = process.argv.slice(2, 7).map(Number) as [
  number,
  number,
  number,
  number,
  number,
];
const [payment, date] = process.argv.slice(7) as [PaymentMix, string];
const compactDate = date.replaceAll('-', '');
const deliverySlot = `${date}T01:00:00Z`;
const document = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: process.env.DYNAMODB_ENDPOINT }));
const table = (name: string) => (process.env.TABLE_PREFIX ?? '') + name;

function orderActions({ number, subscriptionId, method }: SubscriptionRef): Action[] {
  const [userId, key] = [userIdOf(number), subscriptionId.slice(1) + compactDate];
  const [orderId, paymentId] = [`O${key}`, `PAY${key}`];
  const items = linesOf(number).map(({ product: { productId, name, price, unit }, qty }) => ({
    productId,
    name,
    qty,
    price,
    lineTotal: price * qty,
    unit,
  }));
  const amount = items.reduce((sum, { lineTotal }) => sum + lineTotal, 0);
  const markGenerated: Action = {
    Update: {
      TableName: table('Subscriptions'),
      Key: { shard: subscriptionPartitionOf(subscriptionId), subscriptionId },
      UpdateExpression: 'SET #generatedThrough = :date',
      ConditionExpression: 'version = :seen AND generatedThrough < :date',
      ExpressionAttributeNames: { '#generatedThrough': 'generatedThrough' },
      ExpressionAttributeValues: { ':date': date, ':seen': 1 },
      ReturnValuesOnConditionCheckFailure: OLD,
    },
  };
  const order: Action = {
    Put: {
      TableName: table('Orders'),
      Item: {
        orderId,
        userId,
        status: 'CONFIRMED',
        items,
        amount,
        deliverySlot,
        address: ADDRESS,
        history: [
          { status: 'CREATED', at: NOW },
          { status: 'CONFIRMED', at: NOW },
        ],
        createdAt: NOW,
        payment: { paymentId, method, status: method === 'WALLET' ? 'SUCCESS' : 'PENDING' },
        subscriptionId,
        version: 1,
        day: `${date}#${number % 8}`,
      },
      ConditionExpression: 'attribute_not_exists(orderId)',
      ReturnValuesOnConditionCheckFailure: OLD,
    },
  };
  return method === 'WALLET'
    ? [markGenerated, order, ...debitActions(userId, orderId, paymentId, amount)]
    : [markGenerated, order];
}

function debitActions(userId: string, orderId: string, paymentId: string, amount: number): Action[] {
  return [
    {
      Put: {
        TableName: table('WalletLedger'),
        Item: {
          userId,
          entryId: `PAYMENT-${paymentId}`,
          type: 'PAYMENT',
          amount: -amount,
          reason: `Order ${orderNumberOf(orderId)}`,
          sourceId: paymentId,
          at: NOW,
          moment: `${NOW}#${newEventId()}`,
        },
        ConditionExpression: 'attribute_not_exists(entryId)',
        ReturnValuesOnConditionCheckFailure: OLD,
      },
    },
    {
      Update: {
        TableName: table('Wallets'),
        Key: { userId },
        UpdateExpression: 'ADD #balance :minus, #spare :minus',
        ConditionExpression: 'balance >= :amount AND (spare >= :amount OR spare < :zero)',
        ExpressionAttributeNames: { '#balance': 'balance', '#spare': 'spare' },
        ExpressionAttributeValues: { ':minus': -amount, ':amount': amount, ':zero': 0 },
        ReturnValuesOnConditionCheckFailure: OLD,
      },
    },
  ];
}

function shardAction(shard: number, version: number, ordered: number): Action {
  const left = Object.fromEntries(PRODUCTS.map(({ productId }) => [productId, 1_000]));
  const none = { PAUSED: 0, SKIPPED: 0, SHORT_BALANCE: 0, OUT_OF_STOCK: 0, PRODUCT_WITHDRAWN: 0, MISSED: 0 };
  return {
    Put: {
      TableName: table('GenerationShards'),
      Item: {
        dateShard: `${date}#${shard}`,
        round: 1,
        version: version + 1,
        isDone: false,
        left,
        counts: { ORDERED: ordered, ...none },
        faults: 0,
        expiresAt: 1_800_000_000,
      },
      ...(version > 0 && {
        ConditionExpression: '#version = :version AND #round = :round',
        ExpressionAttributeNames: { '#version': 'version', '#round': 'round' },
        ExpressionAttributeValues: { ':version': version, ':round': 1 },
        ReturnValuesOnConditionCheckFailure: OLD,
      }),
    },
  };
}

function outboxAction(batch: readonly SubscriptionRef[]): Action {
  const eventId = newEventId();
  const orderIds = batch.map(({ subscriptionId }) => `O${subscriptionId.slice(1)}${compactDate}`);
  const event = { type: 'subscription.orders_generated', date, orderIds, eventId, occurredAt: NOW, requestId: eventId };
  return {
    Put: {
      TableName: table('Outbox'),
      Item: { shard: String(batch.length % 8), outboxId: eventId, events: [event], attempts: 1, nextAttemptAt: 1 },
    },
  };
}

function batchesOf(subscriptions: readonly SubscriptionRef[]): SubscriptionRef[][] {
  const batches: SubscriptionRef[][] = [];
  let room = 0;
  for (const subscription of subscriptions) {
    const writes = WRITES_PER_ORDER[subscription.method];
    if (writes > room) {
      batches.push([]);
      room = MAX_WRITES;
    }
    batches.at(-1)?.push(subscription);
    room -= writes;
  }
  return batches;
}

async function placeShard(shard: number, batches: readonly SubscriptionRef[][]): Promise<void> {
  let ordered = 0;
  for (const [version, batch] of batches.entries()) {
    ordered += batch.length;
    const actions = [shardAction(shard, version, ordered), ...batch.flatMap(orderActions), outboxAction(batch)];
    await document.send(new TransactWriteCommand({ TransactItems: actions }));
  }
}

/** This process's share of the subscriptions, by shard, in batches. */
function workloadOf(orders: Pick<SubscriptionSet, 'first' | 'count'>): [shard: number, batches: SubscriptionRef[][]][] {
  const shards = Array.from({ length: PARTITION_COUNT }, (): SubscriptionRef[] => []);
  for (const number of numbersOf(orders)) {
    const subscriptionId = subscriptionIdOf(number);
    const shard = shards[Number(subscriptionPartitionOf(subscriptionId))];
    shard?.push({ number, subscriptionId, method: paymentOf(number, payment) });
  }
  const sortedShards = shards.map((shard) => shard.sort((a, b) => (a.subscriptionId < b.subscriptionId ? -1 : 1)));
  return sortedShards
    .map((shard, index): [number, SubscriptionRef[][]] => [index, batchesOf(shard)])
    .filter(([index]) => index % parts === part);
}

async function placeShards(shards: readonly [shard: number, batches: SubscriptionRef[][]][]): Promise<void> {
  await pLimit(CONCURRENT_SHARDS).map(shards, ([shard, batches]) => placeShard(shard, batches));
}

async function main(): Promise<void> {
  const beginSignal = new Promise<void>((resolve) => {
    process.on('message', (message) => message === 'begin' && resolve());
  });
  await placeShards(workloadOf({ first: first + count, count: warmUp }));
  const shards = workloadOf({ first, count });
  process.send?.('ready');
  await beginSignal;
  await placeShards(shards);
  process.send?.('done');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
