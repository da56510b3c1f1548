// The baseline: the DynamoDB calls of a purchase, made by the document client alone.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { runLoad } from './load.mts';

const prefix = process.env.TABLE_PREFIX ?? '';
const [callers, seconds] = process.argv.slice(2).map(Number) as [number, number];
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: process.env.DYNAMODB_ENDPOINT }));
const table = (name: string) => prefix + name;
const now = '2026-11-22T10:00:00Z';
const id = () => randomUUID().replaceAll('-', '').slice(0, 26);

async function prepareCart(index: number): Promise<string> {
  const userId = `UBARE${index}`;
  await client.send(
    new PutCommand({
      TableName: table('Carts'),
      Item: { userId, cartId: `C${userId}`, items: {}, unsent: {}, totalAmount: 0, version: 1 },
    }),
  );
  return userId;
}

const event = (type: string, fields: object) => ({ type, ...fields, eventId: id(), occurredAt: now, requestId: id() });

async function purchase(userId: string, productId: string): Promise<void> {
  const [orderId, paymentId, first, second] = [`O${id()}`, `PAY${id()}`, id(), id()];
  await client.send(
    new UpdateCommand({
      TableName: table('Carts'),
      Key: { userId },
      UpdateExpression: 'SET #items.#p = if_not_exists(#items.#p, :none) + :qty ADD totalAmount :worth, version :one',
      ConditionExpression: 'attribute_exists(userId)',
      ExpressionAttributeNames: { '#items': 'items', '#p': productId },
      ExpressionAttributeValues: { ':none': 0, ':qty': 2, ':worth': 6500, ':one': 1 },
      ReturnValues: 'ALL_NEW',
    }),
  );
  const orderFields = { orderId, userId, amount: 6500 };
  const outbox = (outboxId: string, events: object[]) => ({
    Put: { TableName: table('Outbox'), Item: { shard: '0', outboxId, attempts: 0, nextAttemptAt: 1, events } },
  });
  await client.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName: table('Orders'),
            Item: {
              ...orderFields,
              status: 'CREATED',
              items: [{ productId, name: 'Full cream milk', qty: 2, price: 3250, lineTotal: 6500, unit: '500 ml' }],
              deliverySlot: now,
              address: '12 Dairy Lane, Pune',
              history: [{ status: 'CREATED', at: now }],
              createdAt: now,
              payBy: now,
              day: '2026-11-22#0',
              unpaid: '0',
              version: 1,
            },
            ConditionExpression: 'attribute_not_exists(orderId)',
          },
        },
        {
          Update: {
            TableName: table('Products'),
            Key: { productId },
            UpdateExpression: 'ADD stock :minus',
            ConditionExpression: 'stock >= :qty AND price = :price AND active = :yes',
            ExpressionAttributeValues: { ':minus': -2, ':qty': 2, ':price': 3250, ':yes': true },
          },
        },
        {
          Update: {
            TableName: table('Carts'),
            Key: { userId },
            UpdateExpression: 'SET #items = :empty, totalAmount = :none ADD version :one',
            ExpressionAttributeNames: { '#items': 'items' },
            ExpressionAttributeValues: { ':empty': {}, ':none': 0, ':one': 1 },
          },
        },
        outbox(first, [event('order.placed', orderFields)]),
      ],
    }),
  );
  const payment = { paymentId, method: 'CARD', status: 'PENDING' };
  await client.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName: table('Payments'),
            Item: { ...orderFields, ...payment, createdAt: now, pending: '0', version: 1 },
            ConditionExpression: 'attribute_not_exists(paymentId)',
          },
        },
        {
          Update: {
            TableName: table('Orders'),
            Key: { orderId },
            UpdateExpression: 'SET payment = :payment ADD version :one',
            ConditionExpression: '#status = :created AND amount = :amount',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':payment': payment, ':one': 1, ':created': 'CREATED', ':amount': 6500 },
          },
        },
      ],
    }),
  );
  await client.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Update: {
            TableName: table('Payments'),
            Key: { paymentId },
            UpdateExpression: 'SET #status = :success ADD version :one REMOVE pending',
            ConditionExpression: '#status = :pending',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':success': 'SUCCESS', ':pending': 'PENDING', ':one': 1 },
          },
        },
        {
          Update: {
            TableName: table('Orders'),
            Key: { orderId },
            UpdateExpression:
              'SET #status = :confirmed, payment = :payment, history = list_append(history, :entry) ADD version :one REMOVE unpaid, payBy',
            ConditionExpression: '#status = :created',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':confirmed': 'CONFIRMED',
              ':created': 'CREATED',
              ':payment': { ...payment, status: 'SUCCESS' },
              ':entry': [{ status: 'CONFIRMED', at: now }],
              ':one': 1,
            },
          },
        },
        outbox(second, [
          event('payment.succeeded', { ...orderFields, paymentId }),
          event('order.confirmed', orderFields),
        ]),
      ],
    }),
  );
  for (const outboxId of [first, second]) {
    await client.send(new DeleteCommand({ TableName: table('Outbox'), Key: { shard: '0', outboxId } }));
  }
}

const products = Array.from({ length: callers }, (_, index) => `PBARE${index}`);
for (const productId of products) {
  await client.send(
    new PutCommand({
      TableName: table('Products'),
      Item: { productId, stock: 1_000_000_000, price: 3250, active: true },
    }),
  );
}
const users = await Promise.all(products.map((_, index) => prepareCart(index)));
const workers = users.map((userId, index) => () => purchase(userId, products[index] as string));
await runLoad(workers, { seconds: 6 });
const cpuBefore = process.cpuUsage();
const result = await runLoad(workers, { seconds });
const { user, system } = process.cpuUsage(cpuBefore);
process.send?.({ ...result, cpuMs: (user + system) / 1_000 / result.done });
