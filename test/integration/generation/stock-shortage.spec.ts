import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, type TestUser } from '../../support/fixtures/order-steps';
import { aSubscription, startDairy, type SubscriptionBody } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { brokenInvariants } from './generation-invariants';
import { advanceTo, GENERATION_TIME, generationReport, orderOn, stockOf, WEDNESDAY } from './generation-run';

const oneOfEach = (...productIds: string[]) => productIds.map((productId) => ({ productId, qty: 1 }));

describe('a run that is short of stock', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  const people: Record<string, TestUser> = {};
  const subscriptions: Record<string, SubscriptionBody> = {};

  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy());
    await aProduct(app, { productId: 'GHEE', price: 90, stock: 3 });
    await aProduct(app, { productId: 'PANEER', price: 70 });
    await aProduct(app, { productId: 'BUTTER', price: 50 });
    // Their shards are random; they are sorted by age.
    const households: [string, object][] = [
      ['first', { items: oneOfEach('GHEE') }],
      ['second', { items: oneOfEach('MILK', 'GHEE') }],
      ['two at once', { items: [{ productId: 'GHEE', qty: 2 }] }],
      ['third', { items: oneOfEach('GHEE', 'CURD') }],
      ['fourth', { items: oneOfEach('GHEE', 'MILK') }],
      ['fifth', { items: oneOfEach('GHEE') }],
      ['no ghee', { items: oneOfEach('MILK') }],
      ['withdrawn', { items: oneOfEach('PANEER') }],
      ['partly withdrawn', { items: oneOfEach('PANEER', 'MILK') }],
      ['withdrawn or sold out', { items: oneOfEach('PANEER', 'GHEE') }],
      ['dearer', { items: oneOfEach('BUTTER') }],
    ];
    for (const [index, [name, wanted]] of households.entries()) {
      clock.set(`2026-12-01T05:${String(index).padStart(2, '0')}:00Z`);
      const person = (people[name] = app.as('CUSTOMER'));
      subscriptions[name] = await aSubscription(person, wanted as Record<string, unknown>);
    }
    const admin = app.as('ADMIN');
    await admin.patch('/product/update', { productId: 'PANEER', active: false }).expect(200);
    await admin.patch('/product/update', { productId: 'BUTTER', price: 55 }).expect(200);
    await advanceTo(app, clock, GENERATION_TIME);
  });
  afterAll(() => app.stop());

  const order = (name: string) => orderOn(people[name] as TestUser, subscriptions[name] as SubscriptionBody);
  const skipped = (name: string) =>
    recorder
      .ofType('subscription.occurrence_skipped')
      .filter((event) => 'subscriptionId' in event && event.subscriptionId === subscriptions[name]?.subscriptionId);

  it('serves older subscriptions first, across all shards', async () => {
    const { outcomes } = await generationReport(app);
    const named = Object.entries(subscriptions).map(([name, { subscriptionId }]) => [
      name,
      outcomes.find((outcome) => outcome.subscriptionId === subscriptionId)?.outcome,
    ]);
    expect(Object.fromEntries(named)).toEqual({
      first: 'ORDERED',
      second: 'ORDERED',
      'two at once': 'OUT_OF_STOCK',
      third: 'ORDERED',
      fourth: 'ORDERED',
      fifth: 'OUT_OF_STOCK',
      'no ghee': 'ORDERED',
      withdrawn: 'PRODUCT_WITHDRAWN',
      'partly withdrawn': 'ORDERED',
      'withdrawn or sold out': 'OUT_OF_STOCK',
      dearer: 'ORDERED',
    });
  });

  it('orders the other items when one is short, and reports what is missing', async () => {
    expect(await order('third')).toMatchObject({ amount: 110 });
    expect(await order('third')).not.toHaveProperty('missing');
    expect(await order('fourth')).toMatchObject({
      amount: 30,
      items: [{ productId: 'MILK' }],
      missing: oneOfEach('GHEE'),
    });
    expect(await order('partly withdrawn')).toMatchObject({ amount: 30, missing: oneOfEach('PANEER') });
    const { body } = await (people.fifth as TestUser).get(
      `/subscription/${subscriptions.fifth?.subscriptionId}/calendar`,
      {
        from: WEDNESDAY,
        to: WEDNESDAY,
      },
    );
    expect(body).toMatchObject([{ outcome: 'OUT_OF_STOCK', items: [], amount: 0, missing: oneOfEach('GHEE') }]);
  });

  it('uses current prices', async () => {
    expect(await order('dearer')).toMatchObject({ amount: 55 });
  });

  it('notifies customers who get nothing once, with the reason', () => {
    const facts = { date: WEDNESDAY, userId: people.fifth?.userId };
    expect(skipped('fifth')).toEqual([expect.objectContaining({ ...facts, reason: 'OUT_OF_STOCK' })]);
    expect(skipped('withdrawn')).toEqual([expect.objectContaining({ reason: 'PRODUCT_WITHDRAWN' })]);
    expect(skipped('fourth')).toEqual([]);
  });

  it('loses and duplicates nothing', async () => {
    expect(await stockOf(app, 'GHEE')).toBe(0);
    expect(await brokenInvariants(app, { MILK: 100, CURD: 100, GHEE: 3, PANEER: 100, BUTTER: 100 })).toEqual([]);
  });
});
