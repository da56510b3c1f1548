// Standalone spec: it starts the program several times.
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { addDays } from '../../../src/kernel/calendar';
import { RunCoordinator } from '../../../src/modules/generation';
import { type Run, shardsOf, type ShardWork } from '../../../src/modules/generation/domain/run';
import { runTable } from '../../../src/modules/generation/generation.schema';
import { type GenerationMessage, GenerationQueue } from '../../../src/modules/generation/generation-queue';
import { GENERATION_QUEUE } from '../../../src/modules/generation/generation.settings';
import { subscriptionOrderIdOf } from '../../../src/modules/order/domain/ids';
import { Scheduler } from '../../../src/modules/scheduler';
import { subscribe } from '../../../src/modules/subscription/domain/lifecycle';
import { SubscriptionRepository } from '../../../src/modules/subscription/subscription.repository';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { WalletMovements } from '../../../src/modules/wallet';
import { Database } from '../../../src/platform/dynamo/database';
import { update } from '../../../src/platform/dynamo/write';
import { OutboxSweep } from '../../../src/platform/events/outbox-sweep';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct } from '../../support/fixtures/order-steps';
import { TUESDAY_MORNING } from '../../support/fixtures/subscriptions';
import { TestApp } from '../../support/test-app';
import { allStored, brokenInvariants } from './generation-invariants';
import { advanceTo, generationReport } from './generation-run';

const STOCK = 10_000;
const CUSTOMERS = 14;
/** Customers whose wallet is empty. */
const POOR = 3;
const TERMS = { frequency: 'DAILY', deliverySlot: '06:30', address: '12 Dairy Lane, Pune' } as const;
const DAYS = { today: '2026-12-01', firstOpenDate: '2026-12-02' };

describe('the shards of a run', () => {
  let clock: FixedBusinessClock;
  let tables: { readonly TABLE_PREFIX: string };
  let queueUrl: string;
  let date = '2026-12-01';
  const subscriptionIds: string[] = [];
  const running: TestApp[] = [];
  const others: GenerationMessage[] = [];

  const start = async (shards: number, environment: Record<string, string> = {}) => {
    // The emulator delivers a message to the last poll of a program that has ended. It returns after the lease.
    const queues = { QUEUE_RETRY_SECONDS: '0', QUEUE_LEASE_SECONDS: '4' };
    const settings = { GENERATION_SHARDS: `${shards}`, ...queues, ...environment };
    const app = await TestApp.start(settings, { clock });
    running.push(app);
    return app;
  };
  const startNext = (shards: number) => start(shards, tables);
  /** A program without workers. Only the test receives its messages. */
  const startIdle = (shards: number) =>
    start(shards, { ...tables, APP_ROLES: 'api', GENERATION_QUEUE_URL: `${queueUrl}-of-${date}` });
  const stop = async () => {
    for (const app of running.splice(0)) await app.stop();
  };

  /** Each customer has two subscriptions. */
  beforeAll(async () => {
    clock = new FixedBusinessClock(TUESDAY_MORNING);
    const app = await start(8);
    tables = { TABLE_PREFIX: app.config.tablePrefix };
    queueUrl = app.configuration.get(GENERATION_QUEUE).url;
    for (const productId of ['MILK', 'CURD']) await aProduct(app, { productId, price: 30, stock: STOCK });
    await aProduct(app, { productId: 'GHEE', price: 90, stock: 2 });
    for (let number = 0; number < CUSTOMERS; number++) {
      const userId = newUserId();
      const topUp = { type: 'TOP_UP', amount: 500_000, reason: 'Topped up by UPI', sourceId: userId } as const;
      const other = number % 4 === 0 ? 'GHEE' : 'CURD';
      const subscriptions = [
        { productId: 'MILK', paymentMethod: 'WALLET' } as const,
        { productId: other, paymentMethod: 'COD' } as const,
      ].map(({ productId, paymentMethod }) => {
        const items = [{ productId, qty: 1 }];
        const request = { ...TERMS, userId, items, paymentMethod, startDate: DAYS.firstOpenDate };
        return subscribe(request, DAYS, TUESDAY_MORNING);
      });
      subscriptionIds.push(...subscriptions.map(({ subscriptionId }) => subscriptionId));
      const wallet = number < POOR ? [] : app.get<WalletMovements>(WalletMovements).postingOf(userId, [topUp]).writes;
      const repository = app.get<SubscriptionRepository>(SubscriptionRepository);
      const writes = [...subscriptions.map((one) => repository.create(one)), ...wallet];
      await app.get<Transaction>(Transaction).commit(writes);
    }
  });
  beforeEach(() => {
    date = addDays(date, 1);
  });
  /** The retry of the date is over before the next run. */
  afterEach(async () => {
    const app = running.at(-1);
    if (app) await advanceTo(app, clock, `${date}T04:30:00Z`);
    await stop();
  });
  afterAll(stop);

  const evening = () => `${addDays(date, -1)}T15:32:00Z`;
  const runOf = async (app: TestApp) =>
    (await app.stored('GenerationRuns', { calendar: 'daily', date })) as unknown as Run;
  const shardsWithProgress = async (app: TestApp) => {
    const rows = await allStored<{ dateShard: string }>(app, 'GenerationShards');
    const shards = rows.map(({ dateShard }) => dateShard.split('#')).filter(([day]) => day === date);
    return shards.flatMap(([, shard]) => (shard === 'last' ? [] : [Number(shard)])).sort((one, other) => one - other);
  };
  const numbersBelow = (count: number) => Array.from({ length: count }, (_, number) => number);

  /** Every subscription has exactly one order or record of the date, and the counts of the run say the same. */
  const expectDecidedOnce = async (app: TestApp) => {
    const ofDate = new Set(subscriptionIds.map((id) => subscriptionOrderIdOf(id, date)));
    const orders = (await allStored<{ orderId: string }>(app, 'Orders')).filter(({ orderId }) => ofDate.has(orderId));
    const records = (await allStored<{ date: string }>(app, 'Occurrences')).filter((record) => record.date === date);
    expect(orders.length + records.length).toBe(subscriptionIds.length);
    const { status, counts } = await generationReport(app, date);
    expect({ status, ordered: counts.ORDERED, unpaid: counts.SHORT_BALANCE }).toEqual({
      status: 'COMPLETED',
      ordered: orders.length,
      unpaid: POOR,
    });
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(subscriptionIds.length);
    expect(await brokenInvariants(app, { MILK: STOCK, CURD: STOCK })).toEqual([]);
  };

  /** Takes the messages of the shards, as if they were lost. The others are for the next program. */
  const takeMessages = async (app: TestApp): Promise<ShardWork[]> => {
    await app.get<OutboxSweep>(OutboxSweep).drain();
    const sqs = app.get<SQSClient>(SQSClient);
    const { url: QueueUrl } = app.configuration.get(GENERATION_QUEUE);
    const taken: ShardWork[] = [];
    for (;;) {
      const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      if (!received.Messages?.length) return taken;
      for (const { Body: body = '', ReceiptHandle } of received.Messages) {
        const message = JSON.parse(body) as GenerationMessage;
        if (message.task === 'SHARD') taken.push(message);
        else others.push(message);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
  };

  /** Starts the run of the date and works on it up to the middle of a stage. */
  const crashIn = async (stage: 'COUNT' | 'PLACE', app: TestApp) => {
    clock.set(evening());
    await app.get<Scheduler>(Scheduler).runDueTasks();
    const coordinator = app.get<RunCoordinator>(RunCoordinator);
    const half = (messages: readonly ShardWork[]) => messages.slice(0, messages.length / 2);
    const counting = await takeMessages(app);
    for (const work of stage === 'COUNT' ? half(counting) : counting) await coordinator.runShard(work);
    if (stage === 'PLACE') for (const work of half(await takeMessages(app))) await coordinator.runShard(work);
    await takeMessages(app);
    expect(await runOf(app)).toMatchObject({ status: 'RUNNING', stage });
    return counting;
  };
  const resume = async (app: TestApp) => {
    await app.get<GenerationQueue>(GenerationQueue).send(...others.splice(0));
    await app.as('ADMIN').post('/admin/generation/run', { date }).expect(202);
    await app.settled();
  };

  it.each([8, 24])('can be %i for the same subscriptions, each decided once', async (shards) => {
    const app = await startNext(shards);
    const preview = (await app.as('ADMIN').get('/admin/generation/preview', { date }).expect(200)).body;
    await advanceTo(app, clock, evening());
    await expectDecidedOnce(app);
    expect((preview as { counts: object }).counts).toEqual((await generationReport(app, date)).counts);
    expect(await runOf(app)).toMatchObject({ shards, round: 1, remaining: 0 });
    expect(await shardsWithProgress(app)).toEqual(numbersBelow(shards));
  });

  it.each([
    ['COUNT', 24, 8],
    ['PLACE', 24, 8],
    ['COUNT', 8, 24],
    ['PLACE', 8, 24],
  ] as const)(
    'stay the same if the run stops in the stage %s with %i, and is resumed by a program set to %i',
    async (stage, before, after) => {
      const crashed = await startIdle(before);
      const messages = await crashIn(stage, crashed);
      expect(messages.map(({ shards }) => shards)).toEqual(messages.map(() => before));
      await stop();

      const app = await startNext(after);
      await resume(app);
      await expectDecidedOnce(app);
      expect(await runOf(app)).toMatchObject({ shards: before, round: 1 });
      expect(await shardsWithProgress(app)).toEqual(numbersBelow(before));

      // Another pass has the number that is set now, and changes nothing.
      await resume(app);
      await expectDecidedOnce(app);
      expect(await runOf(app)).toMatchObject({ shards: after, round: 2, remaining: 0 });
      expect(await shardsWithProgress(app)).toEqual(numbersBelow(Math.max(before, after)));
    },
  );

  it.each(['COUNT', 'PLACE'] as const)(
    'are 8 if an earlier version began the run and stopped in the stage %s, even if the program is set to 24',
    async (stage) => {
      const crashed = await startIdle(8);
      clock.set(evening());
      await crashed.get<Scheduler>(Scheduler).runDueTasks();
      // Earlier versions store the number neither in the run nor in a message.
      const key = { calendar: 'daily', date };
      const table = crashed.config.tablePrefix + runTable.name;
      await crashed.get<Database>(Database).write(update(table, key, { remove: ['shards'] }));
      const [first, second, ...others] = (await takeMessages(crashed)).map(({ shards: _, ...work }) => work);
      const coordinator = crashed.get<RunCoordinator>(RunCoordinator);
      for (const work of [first, second, ...(stage === 'PLACE' ? others : [])]) {
        await coordinator.runShard(work as ShardWork);
      }
      expect(await runOf(crashed)).toMatchObject({ stage });
      const placing = await takeMessages(crashed);
      expect(placing.filter(({ shards }) => shards !== undefined)).toEqual([]);
      await stop();

      const app = await startNext(24);
      await resume(app);
      await expectDecidedOnce(app);
      expect(await shardsWithProgress(app)).toEqual(numbersBelow(8));
      expect(shardsOf(await runOf(app))).toHaveLength(8);
    },
  );

  it.each(['COUNT', 'PLACE'] as const)(
    'get no work that was cut into another number of shards, in the stage %s',
    async (stage) => {
      const app = await startIdle(24);
      await crashIn(stage, app);
      const before = await runOf(app);
      const progress = await allStored(app, 'GenerationShards');
      for (const shards of [undefined, 8, 16, 128]) {
        for (const shard of shardsOf({ shards })) {
          const work = { date, round: 1, stage, shard, shards };
          await app.get<RunCoordinator>(RunCoordinator).runShard(work);
        }
      }
      expect(await runOf(app)).toEqual(before);
      expect(await allStored(app, 'GenerationShards')).toEqual(progress);
      await stop();
      const next = await startNext(24);
      await resume(next);
      await expectDecidedOnce(next);
    },
  );
});
