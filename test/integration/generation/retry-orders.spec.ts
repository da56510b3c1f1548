import { outcomeTable } from '../../../src/modules/generation/generation.schema';

import { RunCoordinator } from '../../../src/modules/generation';
import { Scheduler } from '../../../src/modules/scheduler';
import { subscriptionPartitionOf } from '../../../src/modules/subscription/domain/ids';
import { Database } from '../../../src/platform/dynamo/database';
import { put } from '../../../src/platform/dynamo/write';
import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, customerWithBalance, type TestUser, walletOf } from '../../support/fixtures/order-steps';
import {
  aSubscription,
  calendarOutcomes,
  startDairy,
  type SubscriptionBody,
} from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { brokenInvariants, generationState } from './generation-invariants';
import {
  advanceTo,
  GENERATION_TIME,
  generationReport,
  orderOn,
  outcomeOf,
  RETRY_TIME,
  WEDNESDAY,
} from './generation-run';

describe('an order that the wallet does not cover', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  const people: Record<string, TestUser> = {};
  const subscriptions: Record<string, SubscriptionBody> = {};

  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy());
    await aProduct(app, { productId: 'GHEE', price: 90, stock: 1 });
    const wallet = { paymentMethod: 'WALLET' };
    const begin = async (name: string, balance: number, wanted: object = {}) => {
      people[name] = balance > 0 ? await customerWithBalance(app, balance) : app.as('CUSTOMER');
      subscriptions[name] = await aSubscription(people[name], { ...wallet, ...wanted });
    };
    await begin('empty', 0);
    await begin('topped up', 59);
    await begin('topped up, early slot', 59, { deliverySlot: '03:30' });
    await begin('topped up, sold out meanwhile', 59, { items: [{ productId: 'GHEE', qty: 1 }] });
    await begin('empty, sold out meanwhile', 0, { items: [{ productId: 'GHEE', qty: 1 }] });
    await begin('enough for one of two', 100);
    subscriptions['the other of two'] = await aSubscription(people['enough for one of two'] as TestUser, wallet);
    await advanceTo(app, clock, GENERATION_TIME);
  });
  afterAll(() => app.stop());

  const person = (name: string) => people[name] as TestUser;
  const outcome = async (name: string) => (await outcomeOf(app, subscriptions[name] as SubscriptionBody))?.outcome;

  it('is not placed, and its customer is notified until when to top up', async () => {
    expect(await outcome('empty')).toBe('SHORT_BALANCE');
    expect(await orderOn(person('empty'), subscriptions.empty as SubscriptionBody)).toBeUndefined();
    expect((await walletOf(person('topped up'))).balance).toBe(59);
    const { subscriptionId } = subscriptions.empty as SubscriptionBody;
    expect(recorder.ofType('subscription.occurrence_skipped')).toContainEqual(
      expect.objectContaining({ subscriptionId, date: WEDNESDAY, reason: 'SHORT_BALANCE', retryAt: RETRY_TIME }),
    );
    const { body } = await person('empty').get(`/subscription/${subscriptionId}/calendar`, {
      from: WEDNESDAY,
      to: WEDNESDAY,
    });
    expect(body).toMatchObject([{ outcome: 'SHORT_BALANCE', amount: 60, items: [{ productId: 'MILK', qty: 2 }] }]);
  });

  it('promises no retry after its delivery slot', async () => {
    const { subscriptionId } = subscriptions['topped up, early slot'] as SubscriptionBody;
    const skipped = recorder
      .ofType('subscription.occurrence_skipped')
      .find((one) => 'subscriptionId' in one && one.subscriptionId === subscriptionId);
    expect(skipped).toMatchObject({ date: WEDNESDAY, reason: 'SHORT_BALANCE' });
    expect(skipped).not.toHaveProperty('retryAt');
  });

  it('belongs to the newer subscription if the balance covers only one of two', async () => {
    expect(await outcome('enough for one of two')).toBe('ORDERED');
    expect(await outcome('the other of two')).toBe('SHORT_BALANCE');
    expect((await walletOf(person('enough for one of two'))).balance).toBe(40);
  });

  it('is not retried before four', async () => {
    const before = await generationState(app);
    await advanceTo(app, clock, '2026-12-01T22:29:59Z');
    expect(await generationState(app)).toEqual(before);
  });

  it('is retried at four, at the prices of the run', async () => {
    await Promise.all(
      ['topped up', 'topped up, early slot', 'topped up, sold out meanwhile'].map((name) =>
        customerWithBalance(app, 100, person(name)),
      ),
    );
    const admin = app.as('ADMIN');
    await admin.patch('/product/update', { productId: 'MILK', price: 40 }).expect(200);
    await admin.patch('/product/update', { productId: 'GHEE', stock: 0 }).expect(200);
    clock.set(RETRY_TIME);
    await app.get<Scheduler>(Scheduler).runDueTasks();
    // Several workers at the same time.
    const coordinator = app.get<RunCoordinator>(RunCoordinator);
    await Promise.all([coordinator.advance(WEDNESDAY), coordinator.advance(WEDNESDAY), coordinator.advance(WEDNESDAY)]);
    await app.settled();

    expect(await orderOn(person('topped up'), subscriptions['topped up'] as SubscriptionBody)).toMatchObject({
      status: 'CONFIRMED',
      amount: 60,
      deliverySlot: '2026-12-02T01:00:00Z',
      payment: { method: 'WALLET', status: 'SUCCESS' },
      delivery: { status: 'ASSIGNED' },
    });
    expect((await walletOf(person('topped up'))).balance).toBe(99);
    expect(
      await calendarOutcomes(person('topped up'), subscriptions['topped up'] as SubscriptionBody, WEDNESDAY),
    ).toEqual({
      [WEDNESDAY]: 'ORDERED',
    });
    expect(await outcomeOf(app, subscriptions['topped up, sold out meanwhile'] as SubscriptionBody)).toMatchObject({
      outcome: 'OUT_OF_STOCK',
      amount: 0,
      missing: [{ productId: 'GHEE', qty: 1 }],
    });
    expect(await outcome('empty')).toBe('SHORT_BALANCE');
    // The balance was the reason, and it stays the reason although the product has sold out since.
    expect(await outcome('empty, sold out meanwhile')).toBe('SHORT_BALANCE');
    const { status, counts } = await generationReport(app);
    expect({ status, counts }).toMatchObject({
      status: 'COMPLETED',
      counts: { ORDERED: 2, SHORT_BALANCE: 4, OUT_OF_STOCK: 1 },
    });
  });

  it('is not placed if its delivery slot is too soon', async () => {
    expect(await outcome('topped up, early slot')).toBe('SHORT_BALANCE');
    expect((await walletOf(person('topped up, early slot'))).balance).toBe(159);
  });

  it('publishes the events of a retried order', async () => {
    const order = await orderOn(person('topped up'), subscriptions['topped up'] as SubscriptionBody);
    expect(recorder.typesOf(order?.orderId as string).sort()).toEqual([
      'delivery.assigned',
      'order.confirmed',
      'order.placed',
      'payment.succeeded',
    ]);
  });

  it('is retried only once', async () => {
    await customerWithBalance(app, 500, person('empty'));
    await app.settled();
    const before = await generationState(app);
    await advanceTo(app, clock, '2026-12-01T23:30:00Z');
    await app.as('ADMIN').post('/admin/generation/run', { date: WEDNESDAY }).expect(202);
    await app.settled();
    expect(await generationState(app)).toEqual(before);
    expect(await brokenInvariants(app, { MILK: 100, CURD: 100, GHEE: 0 })).toEqual([]);
  });
});

describe('an unpaid order that cannot be read', () => {
  it('does not keep others from being retried', async () => {
    const { app, clock } = await startDairy();
    const wallet = { paymentMethod: 'WALLET' };
    const [spoilt, other] = [await customerWithBalance(app, 59), await customerWithBalance(app, 59)];
    const subscriptions = await aSubscription(spoilt, wallet);
    const others = await aSubscription(other, wallet);
    await advanceTo(app, clock, GENERATION_TIME);
    const { subscriptionId } = subscriptions;
    const key = { dateShard: `${WEDNESDAY}#${subscriptionPartitionOf(subscriptionId)}`, subscriptionId };
    const record = await app.stored('Occurrences', key);
    const database = app.get<Database>(Database);
    await database.write(put(database.tableName(outcomeTable), { ...record, items: 7 }));
    await Promise.all([spoilt, other].map((person) => customerWithBalance(app, 100, person)));

    await advanceTo(app, clock, RETRY_TIME);
    expect(await orderOn(other, others)).toMatchObject({ status: 'CONFIRMED' });
    expect(await outcomeOf(app, subscriptions)).toMatchObject({ outcome: 'SHORT_BALANCE' });
    expect(await generationReport(app)).toMatchObject({
      status: 'COMPLETED',
      counts: { ORDERED: 1, SHORT_BALANCE: 1 },
    });
    await app.stop();
  });
});
