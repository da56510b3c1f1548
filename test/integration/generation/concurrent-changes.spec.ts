// Standalone spec: it is slow, so that it can run in parallel.
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { addDays, weekdayOf } from '../../../src/kernel/calendar';
import { GenerationQueue } from '../../../src/modules/generation/generation-queue';

import { RunCoordinator } from '../../../src/modules/generation';
import { Scheduler } from '../../../src/modules/scheduler';
import { SUBSCRIPTION_PARTITIONS, subscriptionPartitionOf } from '../../../src/modules/subscription/domain/ids';
import { subscriptionTable } from '../../../src/modules/subscription/subscription.schema';
import { Database } from '../../../src/platform/dynamo/database';
import { put } from '../../../src/platform/dynamo/write';
import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { interleave, type TransactAction } from '../../support/faults/interleave';
import {
  aProduct,
  customerWithBalance,
  orderRequest,
  type TestUser,
  walletOf,
} from '../../support/fixtures/order-steps';
import { aSubscription, startDairy, type SubscriptionBody } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { allStored, brokenInvariants } from './generation-invariants';
import { advanceTo, generationReport, orderOn, outcomeOf, stockOf } from './generation-run';

interface LoggedEvent {
  readonly eventId: string;
  readonly event: { readonly eventType: string; readonly orderId?: string };
}

/** Runs an action right before the order or record of a subscription is written. */
function beforeDecisionOf(app: TestApp, { subscriptionId }: SubscriptionBody, action: () => Promise<unknown>): void {
  const matches = ({ Put: put }: TransactAction) => put?.Item.subscriptionId === subscriptionId && 'userId' in put.Item;
  interleave(app, matches, action);
}

const keyOf = ({ subscriptionId }: SubscriptionBody) => ({
  shard: subscriptionPartitionOf(subscriptionId),
  subscriptionId,
});

/** The part of a stored subscription that is corrupted here. */
interface StoredSubscription {
  readonly terms: readonly { readonly items: readonly object[] }[];
}

/** Corrupts a stored subscription. Returns a function that repairs it. */
async function corrupt(
  app: TestApp,
  subscription: SubscriptionBody,
  change: object | ((original: StoredSubscription) => object),
): Promise<() => Promise<unknown>> {
  const original = (await app.stored('Subscriptions', keyOf(subscription))) as unknown as StoredSubscription;
  const corrupted = typeof change === 'function' ? change(original) : change;
  const database = app.get<Database>(Database);
  const store = (item: object) => database.write(put(database.tableName(subscriptionTable), item));
  await store({ ...original, ...corrupted });
  return () => store(original);
}

function withQuantity(terms: StoredSubscription['terms'], qty: unknown) {
  return { terms: terms.map((one) => ({ ...one, items: one.items.map((item) => ({ ...item, qty })) })) };
}

/** Records the number of writes of each transaction from now on, or only of those that put an item into a table. */
function recordTransactionSizes(app: TestApp, table = ''): number[] {
  const sizes: number[] = [];
  app.get<DynamoDB>(DynamoDB).middlewareStack.add(
    (next) => async (args) => {
      const { TransactItems: actions } = args.input as { TransactItems?: readonly { Put?: { TableName: string } }[] };
      const puts = actions?.filter(({ Put: put }) => put?.TableName.endsWith(table)) ?? [];
      if (actions && (table === '' || puts.length > 0)) sizes.push(actions.length);
      return next(args);
    },
    { step: 'initialize', name: 'sizes' },
  );
  return sizes;
}

describe('a run with concurrent changes', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  let asha: TestUser;
  let date = '2026-12-01';
  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy({ SUBSCRIPTIONS_MAX: '100', COD_LIMIT_FIRST: '100000' }));
    await aProduct(app, { productId: 'GHEE', price: 90, stock: 1_000 });
  });
  afterAll(() => app.stop());
  /** Every test has its own date, and starts on the morning before. */
  beforeEach(() => {
    date = addDays(date, 1);
    clock.set(`${addDays(date, -1)}T04:30:00Z`);
    asha = app.as('CUSTOMER');
  });

  const evening = () => `${addDays(date, -1)}T15:32:00Z`;
  const once = (request: Record<string, unknown> = {}) => ({ startDate: date, endDate: date, ...request });
  /** A request that was sent before the cutoff but is written only now. */
  const onTheWay = async <T>(send: () => Promise<T>): Promise<T> => {
    clock.set(`${addDays(date, -1)}T15:29:59Z`);
    try {
      return await send();
    } finally {
      clock.set(evening());
    }
  };
  const pause = ({ subscriptionId }: SubscriptionBody) =>
    asha.post('/subscription/pause', { subscriptionId, from: date, to: date });

  it('applies a change that wins the race against generation', async () => {
    const subscription = await aSubscription(asha, once());
    beforeDecisionOf(app, subscription, () => onTheWay(() => pause(subscription).expect(200)));
    await advanceTo(app, clock, evening());
    expect(await orderOn(asha, subscription, date)).toBeUndefined();
    expect((await outcomeOf(app, subscription, date))?.outcome).toBe('PAUSED');
  });

  it('rejects a change that loses the race against generation', async () => {
    const subscription = await aSubscription(asha, once({ endDate: addDays(date, 9) }));
    await advanceTo(app, clock, evening());
    const { body } = await onTheWay(() => pause(subscription).expect(409));
    expect(body).toMatchObject({ code: 'subscription.cutoff_passed', firstOpenDate: addDays(date, 1) });
    expect(await orderOn(asha, subscription, date)).toMatchObject({ status: 'CONFIRMED' });
    await asha.post('/subscription/cancel', { subscriptionId: subscription.subscriptionId }).expect(200);
  });

  it('applies a change sent before the cutoff when the run was started by hand before it was written', async () => {
    const subscription = await aSubscription(
      asha,
      once({ frequency: { weekdays: { SUN: 1 } }, endDate: addDays(date, 9) }),
    );
    clock.set(`${addDays(date, -1)}T15:30:00Z`);
    await app.as('ADMIN').post('/admin/generation/run', { date }).expect(202);
    await app.settled();
    const { subscriptionId } = subscription;
    const items = [{ productId: 'CURD', qty: 1 }];
    await onTheWay(() => asha.post('/subscription/override', { subscriptionId, date, items }).expect(200));
    await advanceTo(app, clock, evening());
    expect(await orderOn(asha, subscription, date)).toMatchObject({ amount: 20 });
    await asha.post('/subscription/cancel', { subscriptionId }).expect(200);
  });

  it('never spends a balance twice', async () => {
    const birbal = await customerWithBalance(app, 60);
    const subscription = await aSubscription(birbal, once({ paymentMethod: 'WALLET' }));
    beforeDecisionOf(app, subscription, async () => {
      const { body } = await birbal.post('/order/create', orderRequest(app, 'CURD')).expect(201);
      const { orderId, amount } = body as { orderId: string; amount: number };
      await birbal.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' }).expect(201);
    });
    await advanceTo(app, clock, evening());
    expect((await outcomeOf(app, subscription, date))?.outcome).toBe('SHORT_BALANCE');
    expect((await walletOf(birbal)).balance).toBe(40);
  });

  it('takes a concurrent top-up into account', async () => {
    const birbal = await customerWithBalance(app, 120);
    const subscription = await aSubscription(birbal, once({ paymentMethod: 'WALLET' }));
    // Without the top-up, the debit would take the balance below the threshold of 100.
    beforeDecisionOf(app, subscription, () => customerWithBalance(app, 200, birbal));
    await advanceTo(app, clock, evening());
    expect((await outcomeOf(app, subscription, date))?.outcome).toBe('ORDERED');
    expect((await walletOf(birbal)).balance).toBe(260);
    const low = recorder
      .ofType('wallet.balance_low')
      .filter((event) => 'userId' in event && event.userId === birbal.userId);
    expect(low).toEqual([]);
  });

  it('places every order exactly once when runs, messages and events are repeated', async () => {
    const person = await customerWithBalance(app, 1_000);
    const subscriptions = [];
    for (let count = 0; count < 30; count++) subscriptions.push(await aSubscription(app.as('CUSTOMER'), once()));
    for (let count = 0; count < 5; count++)
      subscriptions.push(await aSubscription(person, once({ paymentMethod: 'WALLET' })));
    const milk = await stockOf(app, 'MILK');
    clock.set(evening());
    const run = () => app.as('ADMIN').post('/admin/generation/run', { date }).expect(202);
    const scheduler = app.get<Scheduler>(Scheduler);
    await Promise.all([run(), run(), scheduler.runDueTasks(), run()]);
    const tasks = SUBSCRIPTION_PARTITIONS.slice(0, 32).flatMap((shard) => [
      { date, round: 1, stage: 'COUNT', shard } as const,
      { date, round: 1, stage: 'PLACE', shard } as const,
    ]);
    const messages = tasks.map((task) => ({ task: 'SHARD', ...task }) as const);
    const coordinator = app.get<RunCoordinator>(RunCoordinator);
    await Promise.all([
      app.get<GenerationQueue>(GenerationQueue).send(...messages),
      ...tasks.flatMap((task) => [coordinator.runShard(task), coordinator.runShard(task)]),
    ]);
    await app.settled();
    await run();
    await app.settled();

    expect((await generationReport(app, date)).counts.ORDERED).toBe(35);
    expect(await stockOf(app, 'MILK')).toBe(milk - 70);
    expect((await walletOf(person)).balance).toBe(700);
    const order = await orderOn(person, subscriptions.at(-1) as SubscriptionBody, date);
    const { orderId } = order as { orderId: string };
    const log = () => allStored<LoggedEvent>(app, 'AnalyticsEvents');
    const placed = ({ event }: LoggedEvent) => event.orderId === orderId && event.eventType === 'ORDER_PLACED';
    const { eventId = '' } = (await log()).find(placed) ?? {};
    const made = { type: 'subscription.orders_generated', date, orderIds: [orderId] } as const;
    const event = { ...made, eventId, occurredAt: evening(), requestId: 'again' };
    const again = { task: 'TELL', requestId: 'again', event } as const;
    await app.get<GenerationQueue>(GenerationQueue).send(again, again);
    await app.settled();
    const events = (await log()).filter(({ event }) => event.orderId === orderId);
    expect(events.map(({ event }) => event.eventType).sort()).toEqual([
      'DELIVERY_ASSIGNED',
      'ORDER_CONFIRMED',
      'ORDER_PLACED',
      'PAYMENT_SUCCEEDED',
    ]);
    expect((await walletOf(person)).balance).toBe(700);
    expect(
      (await allStored<{ orderId: string }>(app, 'Payments')).filter((one) => one.orderId === orderId),
    ).toHaveLength(1);
  }, 90_000);

  it.each([
    ['has terms that cannot be read', { terms: 'spoilt' }, 'TypeError'],
    ['has no items', ({ terms }: StoredSubscription) => ({ terms: [{ ...terms[0], items: undefined }] }), 'TypeError'],
    ['has items without a quantity', ({ terms }: StoredSubscription) => withQuantity(terms, undefined), 'are invalid'],
    ['has a quantity that is a text', ({ terms }: StoredSubscription) => withQuantity(terms, '2'), 'are invalid'],
    ['conflicts in every attempt', { generatedThrough: undefined }, 'Still conflicting'],
  ])(
    'skips only a subscription that %s, reports it, and orders for it once it is repaired',
    async (_, corruption, fault) => {
      const ghee = once({ items: [{ productId: 'GHEE', qty: 1 }] });
      const subscription = await aSubscription(asha, ghee);
      const other = await aSubscription(asha, ghee);
      const { shard, subscriptionId } = keyOf(subscription);
      const repair = await corrupt(app, subscription, corruption);
      await advanceTo(app, clock, evening());

      expect(await orderOn(asha, other, date)).toMatchObject({ status: 'CONFIRMED' });
      expect(await app.as('ADMIN').get(`/admin/generation/${date}`)).toMatchObject({ body: { status: 'FAILED' } });
      expect(await app.stored('Occurrences', { dateShard: `${date}#${shard}`, subscriptionId })).toMatchObject({
        outcome: 'MISSED',
        fault: expect.stringContaining(fault),
      });

      await repair();
      await app.as('ADMIN').post('/admin/generation/run', { date }).expect(202);
      await app.settled();
      expect(await orderOn(asha, subscription, date)).toMatchObject({ status: 'CONFIRMED' });
      expect(await outcomeOf(app, subscription, date)).toMatchObject({ outcome: 'ORDERED' });
      expect((await generationReport(app, date)).status).toBe('COMPLETED');
    },
  );

  it('orders by itself for a subscription that becomes readable within five minutes', async () => {
    const subscription = await aSubscription(asha, once({ items: [{ productId: 'GHEE', qty: 1 }] }));
    const repair = await corrupt(app, subscription, { terms: 'spoilt' });
    await advanceTo(app, clock, evening());
    expect((await generationReport(app, date)).status).toBe('FAILED');

    await repair();
    await advanceTo(app, clock, `${addDays(date, -1)}T15:36:59Z`);
    expect((await generationReport(app, date)).status).toBe('FAILED');
    await advanceTo(app, clock, `${addDays(date, -1)}T15:37:00Z`);
    expect(await orderOn(asha, subscription, date)).toMatchObject({ status: 'CONFIRMED' });
    expect((await generationReport(app, date)).status).toBe('COMPLETED');
  });

  it('still reports and warns about other subscriptions if one cannot be read', async () => {
    await customerWithBalance(app, 230, asha);
    const request = { startDate: date, paymentMethod: 'WALLET', items: [{ productId: 'MILK', qty: 3 }] };
    const later = { weekdays: { [weekdayOf(addDays(date, 3))]: 1 } };
    const subscription = await aSubscription(asha, { ...request, frequency: later });
    const other = await aSubscription(asha, request);
    const repair = await corrupt(app, subscription, { terms: 'spoilt', generatedThrough: date });
    await advanceTo(app, clock, evening());

    expect(await outcomeOf(app, other, date)).toMatchObject({ outcome: 'ORDERED' });
    expect(await outcomeOf(app, subscription, date)).toMatchObject({
      outcome: 'MISSED',
      fault: expect.stringContaining('TypeError'),
    });
    const warned = { userId: asha.userId, shortOn: addDays(date, 2) };
    expect(recorder.ofType('wallet.balance_low')).toContainEqual(expect.objectContaining(warned));
    await repair();
    await asha.post('/subscription/cancel', { subscriptionId: other.subscriptionId }).expect(200);
    await asha.post('/subscription/cancel', { subscriptionId: subscription.subscriptionId }).expect(200);
  });

  it('skips only a subscription whose order the database rejects', async () => {
    const [before, subscription, after] = [
      await aSubscription(asha, once()),
      await aSubscription(asha, once()),
      await aSubscription(asha, once()),
    ];
    const { terms } = (await app.stored('Subscriptions', keyOf(subscription))) as { terms: object[] };
    // The address just fits into the subscription, but not into the order.
    const repair = await corrupt(app, subscription, { terms: [{ ...terms[0], address: 'x'.repeat(409_150) }] });
    await advanceTo(app, clock, evening());

    expect(await orderOn(asha, before, date)).toMatchObject({ status: 'CONFIRMED' });
    expect(await orderOn(asha, after, date)).toMatchObject({ status: 'CONFIRMED' });
    expect(await outcomeOf(app, subscription, date)).toMatchObject({
      outcome: 'MISSED',
      fault: expect.stringContaining('Exception'),
    });
    const { body } = await app.as('ADMIN').get(`/admin/generation/${date}`).expect(200);
    expect(body).toMatchObject({ status: 'FAILED', counts: { ORDERED: 2, MISSED: 0 } });
    await repair();
  });

  it('splits a batch that the database rejects, and isolates the bad subscription in a few steps', async () => {
    const request = once({ items: [{ productId: 'GHEE', qty: 1 }] });
    const others = [];
    for (let count = 0; count < 8; count++) others.push(await aSubscription(asha, request));
    const bad = await aSubscription(asha, request);
    for (let count = 0; count < 7; count++) others.push(await aSubscription(asha, request));
    const { terms } = (await app.stored('Subscriptions', keyOf(bad))) as { terms: object[] };
    const repair = await corrupt(app, bad, { terms: [{ ...terms[0], address: 'x'.repeat(409_150) }] });
    const sizes = recordTransactionSizes(app, 'Orders');
    await advanceTo(app, clock, evening());
    app.get<DynamoDB>(DynamoDB).middlewareStack.remove('sizes');

    // All sixteen, then two halves on each of four levels. One by one it would be seventeen transactions.
    expect(sizes).toHaveLength(9);
    const { body } = await app.as('ADMIN').get(`/admin/generation/${date}`).expect(200);
    expect(body).toMatchObject({ status: 'FAILED', counts: { ORDERED: others.length } });
    await repair();
  });

  it('keeps transactions within the size limit if a subscription is undecidable', async () => {
    const request = once({ items: [{ productId: 'GHEE', qty: 1 }] });
    const first = await aSubscription(asha, request);
    const others = [];
    for (let count = 0; count < 90; count++) others.push(await aSubscription(asha, request));
    const repair = await corrupt(app, first, { terms: 'spoilt' });
    const sizes = recordTransactionSizes(app);
    await advanceTo(app, clock, evening());
    app.get<DynamoDB>(DynamoDB).middlewareStack.remove('sizes');

    expect(Math.max(...sizes)).toBeGreaterThan(90);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    const { body } = await app.as('ADMIN').get(`/admin/generation/${date}`).expect(200);
    expect(body).toMatchObject({ status: 'FAILED', counts: { ORDERED: others.length } });
    await repair();
  });

  it('loses and duplicates nothing', async () => {
    const broken = await brokenInvariants(app, { MILK: 100, CURD: 100, GHEE: 1_000 });
    expect(broken).toEqual([]);
  });
});
