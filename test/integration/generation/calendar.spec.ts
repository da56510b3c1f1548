import { Cutoff } from '../../../src/modules/subscription/domain/cutoff';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, type TestUser } from '../../support/fixtures/order-steps';
import { countRoundTrips } from '../../support/measure/round-trips';
import {
  aSubscription,
  startDairy,
  type SubscriptionBody,
  TUESDAY_MORNING,
} from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';

describe('the calendar of a subscription', () => {
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

  const calendar = ({ subscriptionId }: SubscriptionBody, range: { from?: string; to?: string } = {}) =>
    asha.get(`/subscription/${subscriptionId}/calendar`, range);
  const days = async (subscription: SubscriptionBody, from: string, to: string) =>
    (await calendar(subscription, { from, to }).expect(200)).body as Record<string, unknown>[];

  it('shows the delivery and its price for each date, or why there is none', async () => {
    const subscription = await aSubscription(asha, {
      items: [
        { productId: 'MILK', qty: 2 },
        { productId: 'CURD', qty: 1 },
      ],
      frequency: { weekdays: { WED: 1, THU: 1, FRI: 1, SAT: 2, MON: 1 } },
      endDate: '2026-12-08',
    });
    const { subscriptionId } = subscription;
    await asha.post('/subscription/pause', { subscriptionId, from: '2026-12-03', to: '2026-12-03' }).expect(200);
    await asha.post('/subscription/skip', { subscriptionId, date: '2026-12-04' }).expect(200);
    const items = [{ productId: 'CURD', qty: 4 }];
    await asha.post('/subscription/override', { subscriptionId, date: '2026-12-06', items }).expect(200);

    const line = (productId: string, qty: number, price: number) => ({
      productId,
      name: `Product ${productId}`,
      qty,
      price,
      lineTotal: qty * price,
    });
    const nothing = { items: [], amount: 0 };
    expect(await days(subscription, '2026-12-01', '2026-12-09')).toEqual([
      { date: '2026-12-01', outcome: 'NOT_DUE', ...nothing },
      { date: '2026-12-02', outcome: 'DUE', items: [line('MILK', 2, 30), line('CURD', 1, 20)], amount: 80 },
      { date: '2026-12-03', outcome: 'PAUSED', ...nothing },
      { date: '2026-12-04', outcome: 'SKIPPED', ...nothing },
      { date: '2026-12-05', outcome: 'DUE', items: [line('MILK', 4, 30), line('CURD', 2, 20)], amount: 160 },
      { date: '2026-12-06', outcome: 'DUE', items: [line('CURD', 4, 20)], amount: 80 },
      { date: '2026-12-07', outcome: 'DUE', items: [line('MILK', 2, 30), line('CURD', 1, 20)], amount: 80 },
      { date: '2026-12-08', outcome: 'NOT_DUE', ...nothing },
      { date: '2026-12-09', outcome: 'ENDED', ...nothing },
    ]);
  });

  it('uses today’s prices and leaves out withdrawn products', async () => {
    await aProduct(app, { productId: 'GHEE', price: 500 });
    await aProduct(app, { productId: 'PANEER', price: 80.5 });
    const both = ['GHEE', 'PANEER'].map((productId) => ({ productId, qty: 1 }));
    const subscription = await aSubscription(asha, { items: both });
    const change = (changes: object) =>
      app
        .as('ADMIN')
        .patch('/product/update', { ...changes })
        .expect(200);

    await change({ productId: 'PANEER', price: 90.5 });
    expect(await days(subscription, '2026-12-02', '2026-12-02')).toMatchObject([{ amount: 590.5 }]);
    await change({ productId: 'GHEE', active: false });
    const [day] = await days(subscription, '2026-12-02', '2026-12-02');
    expect(day).toMatchObject({ outcome: 'DUE', amount: 90.5, missing: [{ productId: 'GHEE', qty: 1 }] });
    await change({ productId: 'PANEER', active: false });
    expect(await days(subscription, '2026-12-02', '2026-12-02')).toEqual([
      { date: '2026-12-02', outcome: 'PRODUCT_WITHDRAWN', items: [], amount: 0, missing: both },
    ]);
  });

  it('covers 31 days from today by default, and at most 92', async () => {
    const subscription = await aSubscription(asha);
    const { body } = await calendar(subscription).expect(200);
    expect(body).toHaveLength(31);
    expect(body[0]).toMatchObject({ date: '2026-12-01', outcome: 'NOT_DUE' });
    expect((await calendar(subscription, { from: '2027-02-01' }).expect(200)).body).toHaveLength(31);
    expect((await calendar(subscription, { to: '2026-12-02' }).expect(200)).body).toHaveLength(2);
    expect((await calendar(subscription, { to: '2026-11-20' }).expect(200)).body).toHaveLength(1);
    expect(await days(subscription, '2026-12-01', '2027-03-02')).toHaveLength(92);

    for (const [from, to] of [
      ['2026-12-01', '2027-03-03'],
      ['2026-12-01', '8999-12-31'],
      ['2026-12-02', '2026-12-01'],
      ['2026-12-32', '2026-12-33'],
    ]) {
      expect((await calendar(subscription, { from, to }).expect(400)).body.code).toBe('request.invalid');
    }
  });

  it('takes one database round trip, and a second one for closed dates', async () => {
    const subscription = await aSubscription(asha);
    const { firstOpenDate } = app.get<Cutoff>(Cutoff).changeWindowAt(app.clock.now());
    expect(await countRoundTrips(app, () => calendar(subscription, { from: firstOpenDate }).expect(200))).toBe(1);
    expect(await countRoundTrips(app, () => calendar(subscription).expect(200))).toBe(2);
  });
});
