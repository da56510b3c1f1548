import {
  PARTITION_COUNT,
  subscriptionIdPrefixOf,
  subscriptionPartitionOf,
} from '../../../src/modules/subscription/domain/ids';
import type { Subscription } from '../../../src/modules/subscription/domain/subscription';
import { SubscriptionConflict } from '../../../src/modules/subscription/domain/subscription.errors';
import { SubscriptionRepository } from '../../../src/modules/subscription/subscription.repository';
import { Database } from '../../../src/platform/dynamo/database';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { interleave, type TransactAction } from '../../support/faults/interleave';
import type { TestUser } from '../../support/fixtures/order-steps';
import {
  aSubscription,
  getSubscription,
  startDairy,
  type SubscriptionBody,
  TUESDAY_MORNING,
} from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';

const TOMORROW = '2026-12-02';

describe('subscriptions that are changed during generation', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let asha: TestUser;
  let repository: SubscriptionRepository;
  let database: Database;
  beforeAll(async () => {
    ({ app, clock } = await startDairy());
    repository = app.get(SubscriptionRepository);
    database = app.get(Database);
  });
  beforeEach(() => {
    clock.set(TUESDAY_MORNING);
    asha = app.as('CUSTOMER');
  });
  afterAll(() => app.stop());

  const stored = async ({ subscriptionId }: SubscriptionBody) =>
    (await repository.find(subscriptionId)) as Subscription;
  const decide = (seen: Subscription, date = TOMORROW) => database.write(repository.markGenerated(seen, date));

  it('are decided once per date, with the customer’s latest change', async () => {
    const subscription = await aSubscription(asha);
    const seen = await stored(subscription);
    expect(seen.generatedThrough).toBe('2026-12-01');
    await asha.patch('/subscription/update', { ...idOf(subscription), deliverySlot: '07:00' }).expect(200);
    await expect(decide(seen)).rejects.toThrow(SubscriptionConflict);
    const again = await stored(subscription);
    await decide(again);
    await expect(decide(again)).rejects.toThrow(SubscriptionConflict);
    expect(await getSubscription(asha, subscription)).toMatchObject({ version: 2, nextDeliveryDate: '2026-12-03' });
  });

  it('refuse a concurrent change of a date that was decided meanwhile', async () => {
    const subscription = await aSubscription(asha);
    const seen = await stored(subscription);
    await decide(seen);
    const write = (from: string) => database.write(repository.update(seen, { ...seen, exceptions: [] }, from));
    await expect(write(TOMORROW)).rejects.toThrow(SubscriptionConflict);
    await write('2026-12-03');
    expect(await stored(subscription)).toMatchObject({ version: 2, generatedThrough: TOMORROW });
  });

  it('refuse a change of a decided date, even before the cutoff', async () => {
    const subscription = await aSubscription(asha);
    await decide(await stored(subscription));
    const about = idOf(subscription);
    const tooLate = { code: 'subscription.cutoff_passed', firstOpenDate: '2026-12-03' };
    const skip = await asha.post('/subscription/skip', { ...about, date: TOMORROW }).expect(409);
    expect(skip.body).toMatchObject(tooLate);
    expect((await asha.post('/subscription/pause', { ...about, from: TOMORROW }).expect(409)).body).toMatchObject(
      tooLate,
    );
    const update = await asha.patch('/subscription/update', { ...about, deliverySlot: '07:00' }).expect(200);
    expect(update.body).toMatchObject({ effectiveFrom: '2026-12-03' });
    expect((await asha.post('/subscription/cancel', about).expect(200)).body.cancelledFrom).toBe('2026-12-03');
  });

  it('compare the cutoff with the time of the request, not of the write', async () => {
    const subscription = await aSubscription(asha);
    const skip = (date: string) => asha.post('/subscription/skip', { ...idOf(subscription), date }).expect(200);
    clock.set('2026-12-01T15:29:59Z');
    const isIt = ({ Update: update }: TransactAction) => update?.Key.subscriptionId === subscription.subscriptionId;
    interleave(app, isIt, async () => {
      await skip('2026-12-09');
      clock.set('2026-12-01T15:30:00Z');
    });
    await skip(TOMORROW);
    expect((await getSubscription(asha, subscription)).exceptions).toHaveLength(2);
  });

  it('are either changed or decided first, in each of thirty races', async () => {
    const customers = Array.from({ length: 30 }, () => app.as('CUSTOMER'));
    const outcomes = await Promise.all(
      customers.map(async (customer) => {
        const subscription = await aSubscription(customer);
        const seen = await stored(subscription);
        const [skip, decided] = await Promise.all([
          customer.post('/subscription/skip', { ...idOf(subscription), date: TOMORROW }),
          decide(seen).then(
            () => true,
            () => false,
          ),
        ]);
        const { version, generatedThrough } = await stored(subscription);
        return { skipped: skip.status === 200, decided, version, isDecided: generatedThrough === TOMORROW };
      }),
    );
    for (const { skipped, decided, version, isDecided } of outcomes) {
      expect(decided).toBe(!skipped);
      expect({ version, isDecided }).toEqual(
        skipped ? { version: 2, isDecided: false } : { version: 1, isDecided: true },
      );
    }
  });

  it('keep their ETag during generation, and accept concurrent changes of different dates', async () => {
    const subscription = await aSubscription(asha);
    const { headers } = await asha.get(`/subscription/${subscription.subscriptionId}`).expect(200);
    await decide(await stored(subscription));
    const send = (deliverySlot: string) =>
      asha.patch('/subscription/update', { ...idOf(subscription), deliverySlot }).set('If-Match', headers.etag ?? '');
    const responses = await Promise.all(['07:00', '07:30', '08:00'].map(send));
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const dates = ['2026-12-05', '2026-12-06', '2026-12-07'];
    await Promise.all(
      dates.map((date) => asha.post('/subscription/skip', { ...idOf(subscription), date }).expect(200)),
    );
    expect((await getSubscription(asha, subscription)).exceptions).toHaveLength(3);
  });

  it('of one customer are all in one partition, whose pages are sorted by id', async () => {
    const mine = [];
    for (let n = 0; n < 3; n++) mine.push((await aSubscription(asha)).subscriptionId);
    const partition = subscriptionPartitionOf(subscriptionIdPrefixOf(asha.userId));
    expect(Number(partition)).toBeLessThan(PARTITION_COUNT);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await repository.ofPartition(partition, { limit: 2, cursor });
      found.push(...page.items.map(({ subscriptionId }) => subscriptionId));
      cursor = page.next;
    } while (cursor);
    expect(found).toEqual([...found].sort());
    expect(found.filter((id) => id.startsWith(subscriptionIdPrefixOf(asha.userId))).sort()).toEqual([...mine].sort());
  });
});

function idOf({ subscriptionId }: SubscriptionBody) {
  return { subscriptionId };
}
