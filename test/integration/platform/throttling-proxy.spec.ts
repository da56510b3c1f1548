import type { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { CreateTableCommand, DynamoDB } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { randomBytes } from 'node:crypto';
import { PartitionBudget } from '../../support/throttling/partition-budget.mts';
import { ThrottlingProxy } from '../../support/throttling/throttling-proxy.mts';

const TABLE = `throttled-${randomBytes(5).toString('hex')}`;
const LOCAL_DYNAMODB = process.env.DYNAMODB_ENDPOINT as string;

describe('the throttling proxy', () => {
  let time = 0;
  let proxy: ThrottlingProxy;
  const clients: DynamoDB[] = [];

  const clientOf = (endpoint: string) => {
    const client = new DynamoDB({ endpoint, region: 'ap-south-1', maxAttempts: 1 });
    clients.push(client);
    return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  };
  const start = async (transactionMilliseconds = 0) => {
    proxy = await ThrottlingProxy.start(LOCAL_DYNAMODB, { now: () => time, transactionMilliseconds });
    return clientOf(proxy.url);
  };
  const put = (id: string, text = '', day?: string) => new PutCommand({ TableName: TABLE, Item: { id, text, day } });
  const touch = (id: string) => ({
    Update: {
      TableName: TABLE,
      Key: { id },
      UpdateExpression: 'ADD #count :one',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':one': 1 },
    },
  });
  const transaction = (...ids: string[]) => new TransactWriteCommand({ TransactItems: ids.map(touch) });
  const units = (kind: 'read' | 'write') => Object.fromEntries(proxy.hottest(kind).map(([key, count]) => [key, count]));
  const partition = (id: string) => `${TABLE} ${id}`;

  beforeAll(async () => {
    const client = new DynamoDB({ endpoint: LOCAL_DYNAMODB, region: 'ap-south-1' });
    clients.push(client);
    await client.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'id', AttributeType: 'S' },
          { AttributeName: 'day', AttributeType: 'S' },
        ],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byDay',
            KeySchema: [{ AttributeName: 'day', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      }),
    );
  });
  afterAll(() => clients.forEach((client) => client.destroy()));
  beforeEach(() => (time = 0));
  afterEach(() => proxy.stop());

  it('charges writes by size, index entries and transactions', async () => {
    const client = await start();
    await client.send(put('A', 'x'.repeat(1_500), 'monday'));
    expect(units('write')).toEqual({ [partition('A')]: 2, [`${TABLE}/byDay monday`]: 1 });
    await client.send(transaction('A', 'B'));
    expect(units('write')).toMatchObject({ [partition('A')]: 6, [partition('B')]: 2, [`${TABLE}/byDay monday`]: 1 });
    await client.send(put('A', '', 'tuesday'));
    expect(units('write')).toMatchObject({
      [partition('A')]: 8,
      [`${TABLE}/byDay monday`]: 2,
      [`${TABLE}/byDay tuesday`]: 1,
    });
  });

  it('charges a write whose condition fails', async () => {
    const client = await start();
    const impossible = new UpdateCommand({
      ...touch('C').Update,
      ConditionExpression: 'attribute_exists(id)',
    });
    await expect(client.send(impossible)).rejects.toThrow('The conditional request failed');
    expect(units('write')).toEqual({ [partition('C')]: 1 });
  });

  it('charges reads by size and consistency', async () => {
    const client = await start();
    await client.send(put('D', 'x'.repeat(5_000), 'friday'));
    const key = { TableName: TABLE, Key: { id: 'D' } };
    await client.send(new GetCommand(key));
    expect(units('read')).toEqual({ [partition('D')]: 1 });
    await client.send(new GetCommand({ ...key, ConsistentRead: true }));
    await client.send(new BatchGetCommand({ RequestItems: { [TABLE]: { Keys: [{ id: 'D' }, { id: 'E' }] } } }));
    await client.send(
      new QueryCommand({
        TableName: TABLE,
        IndexName: 'byDay',
        KeyConditionExpression: '#day = :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': 'friday' },
      }),
    );
    expect(units('read')).toEqual({
      [partition('D')]: 4,
      [partition('E')]: 0.5,
      [`${TABLE}/byDay friday`]: 0.5,
    });
  });

  it('refuses a key beyond 1,000 write units a second, and no other key', async () => {
    const client = await start();
    const write = () => client.send(put('HOT', 'x'.repeat(100_000)));
    for (let written = 0; written < 1_000; written += 98) await write();
    await expect(write()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(client.send(transaction('COLD', 'HOT'))).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'ThrottlingError' }],
    });
    await client.send(put('COLD'));
    expect(proxy.refusals.throttled).toEqual(new Map([[partition('HOT'), 2]]));

    time += 1_000;
    await write();
  });

  it('refuses a transaction with an item of another one, as DynamoDB Local does not', async () => {
    const codesOf = async (client: DynamoDBDocumentClient) => {
      const results = await Promise.allSettled(Array.from({ length: 20 }, () => client.send(transaction('F', 'G'))));
      return results.flatMap((result) =>
        result.status === 'rejected'
          ? ((result.reason as TransactionCanceledException).CancellationReasons ?? []).map(({ Code }) => Code)
          : [],
      );
    };
    const throughProxy = await codesOf(await start());
    expect(throughProxy).toContain('TransactionConflict');
    expect(proxy.refusals.conflicts.size).toBe(2);
    expect(await codesOf(clientOf(LOCAL_DYNAMODB))).toEqual([]);
  });
});

describe('a partition budget', () => {
  it('holds one second of units, which come back with time', () => {
    let time = 0;
    const budget = new PartitionBudget({ read: 3_000, write: 1_000 }, () => time);
    budget.deduct('write', 'P1', 999);
    expect(budget.admits('write', 'P1')).toBe(true);
    budget.deduct('write', 'P1', 501);
    expect(budget.admits('write', 'P1')).toBe(false);
    expect(budget.admits('write', 'P2')).toBe(true);
    expect(budget.admits('read', 'P1')).toBe(true);
    time += 500;
    expect(budget.admits('write', 'P1')).toBe(false);
    time += 1;
    expect(budget.admits('write', 'P1')).toBe(true);
    time += 60_000;
    budget.deduct('write', 'P1', 1_000);
    expect(budget.admits('write', 'P1')).toBe(false);
  });
});
