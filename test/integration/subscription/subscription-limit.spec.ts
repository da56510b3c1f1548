import { Database } from '../../../src/platform/dynamo/database';
import { remove } from '../../../src/platform/dynamo/write';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import type { TestUser } from '../../support/fixtures/order-steps';
import {
  aSubscription,
  DAILY_SUBSCRIPTION,
  getSubscription,
  startDairy,
  type SubscriptionBody,
  TUESDAY_MORNING,
} from '../../support/fixtures/subscriptions';
import { roundTripsOf } from '../../support/measure/round-trips';
import type { TestApp } from '../../support/test-app';

const MAX = 20;
const ONE_MILK = { items: [{ productId: 'MILK', qty: 1 }], paymentMethod: 'WALLET' };

describe('the limit of subscriptions', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let asha: TestUser;
  beforeAll(async () => {
    ({ app, clock } = await startDairy());
  });
  beforeEach(() => {
    clock.set(TUESDAY_MORNING);
    asha = app.as('CUSTOMER');
  });
  afterAll(() => app.stop());

  const subscribe = (changes: Record<string, unknown> = {}) =>
    asha.post('/order/subscribe', { ...DAILY_SUBSCRIPTION, ...ONE_MILK, ...changes });
  const subscriptions = async (count: number, changes: Record<string, unknown> = {}) => {
    const created: SubscriptionBody[] = [];
    while (created.length < count) created.push(await aSubscription(asha, { ...ONE_MILK, ...changes }));
    return created;
  };
  const change = (verb: string, { subscriptionId }: SubscriptionBody, body: Record<string, unknown> = {}) =>
    asha.post(`/subscription/${verb}`, { subscriptionId, ...body }).expect(200);
  const expectFull = async (changes: Record<string, unknown> = {}) => {
    const { body } = await subscribe(changes).expect(409);
    expect(body).toMatchObject({ code: 'subscription.too_many', atMost: MAX });
    expect((body as { detail: string }).detail).toMatch(/POST \/subscription\/cancel/);
  };

  it('refuses one more than twenty, until one is cancelled', async () => {
    const [first] = await subscriptions(MAX);
    await expectFull();
    await change('cancel', first as SubscriptionBody);
    await subscribe().expect(201);
    await expectFull();
  });

  it('does not count a subscription whose end date has passed', async () => {
    await subscriptions(MAX - 1);
    await subscriptions(1, { endDate: '2026-12-03' });
    const later = { startDate: '2026-12-06' };
    clock.set('2026-12-03T18:00:00Z');
    await expectFull(later);
    clock.set('2026-12-03T18:31:00Z');
    await subscribe(later).expect(201);
    await expectFull(later);
  });

  it('counts paused subscriptions, and lets them resume', async () => {
    const [first] = await subscriptions(MAX);
    await change('pause', first as SubscriptionBody, { from: '2026-12-02' });
    await expectFull();
    await change('resume', first as SubscriptionBody);
    expect(await getSubscription(asha, first as SubscriptionBody)).toMatchObject({ status: 'ACTIVE' });
  });

  it('gives the last place to one of twenty simultaneous requests', async () => {
    await subscriptions(MAX - 1);
    const answers = await Promise.all(Array.from({ length: MAX }, () => subscribe()));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(MAX - 1);
    const { body } = await asha.get('/subscription/list', { limit: 100 }).expect(200);
    expect(body).toHaveLength(MAX);
  });

  it('accepts simultaneous first subscriptions, and counts each of them', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => subscribe()));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    await subscriptions(MAX - 5);
    await expectFull();
  });

  it('gives one place when a place becomes free while many ask for it', async () => {
    const [first] = await subscriptions(MAX);
    await change('cancel', first as SubscriptionBody);
    const answers = await Promise.all(Array.from({ length: 8 }, () => subscribe()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('counts the subscriptions of a customer who has no list yet', async () => {
    const [first] = await subscriptions(MAX);
    await app
      .get<Database>(Database)
      .write(remove(`${app.config.tablePrefix}OpenSubscriptions`, { userId: asha.userId }));
    await expectFull();
    await change('cancel', first as SubscriptionBody);
    await subscribe().expect(201);
    await expectFull();
  });

  it('returns the first response to a repeated request, even when the customer has no place left', async () => {
    await subscriptions(MAX - 1);
    const first = await subscribe().set('Idempotency-Key', 'last place').expect(201);
    const again = await subscribe().set('Idempotency-Key', 'last place').expect(201);
    expect(again.body).toEqual(first.body);
  });

  it('reads no list below the limit', async () => {
    await subscriptions(1);
    // The first request reads the catalogue.
    await app.http.get('/product/list').expect(200);
    const calls = await roundTripsOf(app, () => subscribe().expect(201));
    expect(calls).toEqual(['TransactWriteItemsCommand']);
  });
});
