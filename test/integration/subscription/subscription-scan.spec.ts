import { sliceOf, SubscriptionScan } from '../../../src/modules/subscription';
import { subscribe } from '../../../src/modules/subscription/domain/lifecycle';
import { SubscriptionRepository } from '../../../src/modules/subscription/subscription.repository';
import { subscriptionTable } from '../../../src/modules/subscription/subscription.schema';
import { collectAll, iteratePages } from '../../../src/platform/dynamo/cursor';
import { Database } from '../../../src/platform/dynamo/database';
import { put, remove } from '../../../src/platform/dynamo/write';
import { JobProgress } from '../../../src/platform/jobs/job-progress';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { startDairy, TUESDAY_MORNING } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';

const SUBSCRIPTIONS = 60;
const DAILY = { frequency: 'DAILY', deliverySlot: '06:30', paymentMethod: 'COD', address: '12 Dairy Lane' } as const;
const DAYS = { today: '2026-12-01', firstOpenDate: '2026-12-02' };

describe('reading all subscriptions', () => {
  let app: TestApp;
  /** Turns of the event loop, in which other requests can be served. */
  let turns = 0;
  let counter: NodeJS.Immediate;
  beforeAll(async () => {
    ({ app } = await startDairy());
    const { userId } = app.as('CUSTOMER');
    // Those of one customer are in one page.
    for (let count = 0; count < SUBSCRIPTIONS; count++) {
      const terms = { ...DAILY, userId, items: [{ productId: 'MILK', qty: 1 }], startDate: '2026-12-02' };
      const subscription = subscribe(terms, DAYS, TUESDAY_MORNING);
      await app
        .get<Transaction>(Transaction)
        .commit([app.get<SubscriptionRepository>(SubscriptionRepository).create(subscription)]);
    }
    const count = () => {
      turns++;
      counter = setImmediate(count);
    };
    count();
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    clearImmediate(counter);
    await app.stop();
  });

  it('lets other requests in after every 25', async () => {
    const visits: { size: number; turn: number }[] = [];
    await app
      .get<SubscriptionScan>(SubscriptionScan)
      .forEachPage(({ length: size }) => visits.push({ size, turn: turns }), new JobProgress());
    expect(visits.map(({ size }) => size)).toEqual([25, 25, 10]);
    expect(new Set(visits.map(({ turn }) => turn)).size).toBe(3);
  });

  it('lets other requests in between reading a page and the work on it', async () => {
    const repository = app.get<SubscriptionRepository>(SubscriptionRepository);
    const ofPartition = repository.ofPartition.bind(repository);
    let readAt = 0;
    jest.spyOn(repository, 'ofPartition').mockImplementation(async (...query) => {
      const page = await ofPartition(...query);
      if (page.items.length > 0) readAt = turns;
      return page;
    });
    let workedAt = 0;
    await app.get<SubscriptionScan>(SubscriptionScan).forEachPartition(async (pages) => {
      for await (const page of pages) if (page.length > 0) workedAt = turns;
    }, new JobProgress());
    expect(workedAt).toBeGreaterThan(readAt);
  });

  it('finds each in exactly one slice, on small pages, and malformed ids too', async () => {
    const database = app.get<Database>(Database);
    const table = database.tableName(subscriptionTable);
    const hashes = ['0000000000', '5554FFFFFF', '5555000000', '5555000001', 'AAA9FFFFFF', 'AAAA000000', 'FFFFFFFFFF'];
    const ids = hashes.map((hash) => `S06${hash}01KBB6J7WXYZ0123456789ABCD`);
    ids.push('S06', 'S0', 'S06555', 's065555', '~', '!');
    for (const subscriptionId of ids) await database.write(put(table, { shard: '6', subscriptionId }));
    const scan = app.get<SubscriptionScan>(SubscriptionScan);
    const all = await collectAll(100, (page) => scan.pageOfPartition('6', page));
    for (const count of [8, 16, 24, 128]) {
      const found: string[] = [];
      for (let index = 0; index < count; index++) {
        const slice = sliceOf(index, count);
        if (slice.partition !== '6') continue;
        for await (const page of iteratePages(2, (request) => scan.pageOfSlice(slice, request))) {
          found.push(...page.map(({ subscriptionId }) => subscriptionId));
        }
      }
      expect(found).toEqual(all.map(({ subscriptionId }) => subscriptionId));
    }
    for (const subscriptionId of ids) await database.write(remove(table, { shard: '6', subscriptionId }));
  });
});
