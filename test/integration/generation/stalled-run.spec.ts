import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { newRun } from '../../../src/modules/generation/domain/run';
import { newShardProgress, type ShardProgress } from '../../../src/modules/generation/domain/shard-progress';
import { runTable, shardProgressTable } from '../../../src/modules/generation/generation.schema';
import { GENERATION_QUEUE } from '../../../src/modules/generation/generation.settings';
import { RunRepository } from '../../../src/modules/generation/run.repository';
import { Scheduler } from '../../../src/modules/scheduler';
import { SUBSCRIPTION_PARTITIONS } from '../../../src/modules/subscription/domain/ids';
import { Database } from '../../../src/platform/dynamo/database';
import { put } from '../../../src/platform/dynamo/write';
import { startDairy } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { GENERATION_TIME, WEDNESDAY } from './generation-run';

const MINUTE = 60_000;

describe('a run that has not moved for a minute', () => {
  let app: TestApp;
  beforeAll(async () => {
    // No worker takes the messages.
    const dairy = await startDairy({ APP_ROLES: 'api' });
    dairy.clock.set(GENERATION_TIME);
    app = dairy.app;
  });
  afterAll(() => app.stop());

  it('is resumed, except for shards that have a worker', async () => {
    const now = app.clock.realNow();
    const database = app.get<Database>(Database);
    const run = {
      ...newRun(WEDNESDAY, SUBSCRIPTION_PARTITIONS.length, GENERATION_TIME, now - MINUTE),
      stage: 'PLACE',
      remaining: 2,
    };
    await database.write(put(database.tableName(runTable), { calendar: 'daily', ...run }));
    const progress = async (shard: string, how: Partial<ShardProgress>) => {
      const item = { ...newShardProgress({ date: WEDNESDAY, round: 1 }), dateShard: `${WEDNESDAY}#${shard}`, ...how };
      await database.write(put(database.tableName(shardProgressTable), item));
    };
    for (const shard of SUBSCRIPTION_PARTITIONS.slice(2))
      await progress(shard, { isDone: true, movedAt: now - MINUTE });
    await progress('0', { movedAt: now - MINUTE });
    await progress('1', { movedAt: now - MINUTE / 2 });

    await app.get<Scheduler>(Scheduler).runDueTasks();
    expect(await drainQueue(app)).toEqual([expect.objectContaining({ task: 'SHARD', shard: '0' })]);
  });

  it('is not resumed while a worker places the orders of deferred subscriptions', async () => {
    const database = app.get<Database>(Database);
    const run = { ...newRun(WEDNESDAY, 0, GENERATION_TIME, app.clock.realNow() - MINUTE), stage: 'PLACE' } as const;
    const look = async () => {
      await app.get<Scheduler>(Scheduler).runDueTasks();
      return (await drainQueue(app)).length;
    };
    await database.write(put(database.tableName(runTable), { calendar: 'daily', ...run }));
    await database.write(app.get<RunRepository>(RunRepository).heartbeat(run));
    expect(await look()).toBe(0);
    await database.write(put(database.tableName(runTable), { calendar: 'daily', ...run }));
    expect(await look()).toBe(1);
  });
});

/** Takes all messages from the queue. */
async function drainQueue(app: TestApp): Promise<unknown[]> {
  const observed: unknown[] = [];
  for (;;) {
    const { Messages: messages = [] } = await app
      .get<SQSClient>(SQSClient)
      .send(
        new ReceiveMessageCommand({ QueueUrl: app.configuration.get(GENERATION_QUEUE).url, MaxNumberOfMessages: 10 }),
      );
    if (messages.length === 0) return observed;
    observed.push(...messages.map(({ Body: body }) => JSON.parse(body ?? '') as unknown));
  }
}
