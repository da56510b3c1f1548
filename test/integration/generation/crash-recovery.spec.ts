// Standalone spec: it is slow, so that it can run in parallel.
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { addDays } from '../../../src/kernel/calendar';
import { Scheduler } from '../../../src/modules/scheduler';
import { EventRecorder } from '../../support/measure/event-recorder';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, customerWithBalance, type TestUser } from '../../support/fixtures/order-steps';
import { aSubscription, type SubscriptionBody, TUESDAY_MORNING } from '../../support/fixtures/subscriptions';
import { TestApp } from '../../support/test-app';
import { allStored } from './generation-invariants';
import { advanceTo, generationReport, orderOn, stockOf } from './generation-run';

interface Action {
  readonly Put?: { readonly TableName: string; readonly Item: Record<string, never> };
  readonly Update?: { readonly TableName: string };
}

type ActionMatcher = (actions: readonly Action[]) => boolean;

const puts = (actions: readonly Action[], table: string) =>
  actions.flatMap(({ Put }) => (Put?.TableName.endsWith(`-${table}`) ? [Put.Item] : []));
const updates = (actions: readonly Action[], table: string) =>
  actions.some(({ Update }) => Update?.TableName.endsWith(`-${table}`));
const isLastShard = ({ dateShard }: Record<string, string>) => dateShard?.endsWith('#last') ?? false;
const shardPuts = (actions: readonly Action[]) =>
  puts(actions, 'GenerationShards').filter((item) => !isLastShard(item));

/** The transactions of a run, by what they do. */
const TRANSACTION_STEPS: Record<string, ActionMatcher> = {
  'starts the run': (actions) => puts(actions, 'GenerationRuns').length > 0,
  'counts a shard': (actions) => shardPuts(actions).some(({ isDone }) => !isDone) && updates(actions, 'GenerationRuns'),
  'reserves stock': (actions) => puts(actions, 'GenerationAllotments').length > 0,
  'starts placing': (actions) => actions.length === 1 && updates(actions, 'GenerationRuns'),
  'places the orders of a batch': (actions) => shardPuts(actions).length > 0 && puts(actions, 'Orders').length > 0,
  'returns the unused stock of a shard': (actions) =>
    shardPuts(actions).some(({ isDone, version }) => isDone && (version ?? 0) > 1) &&
    updates(actions, 'GenerationRuns'),
  'places the orders of deferred subscriptions': (actions) =>
    puts(actions, 'GenerationShards').some(isLastShard) && puts(actions, 'Orders').length > 0,
  'completes the run': (actions) =>
    puts(actions, 'GenerationShards').some(({ isDone, ...item }) => isDone && isLastShard(item)),
  'creates a payment': (actions) => puts(actions, 'Payments').length > 0,
  'assigns a delivery': (actions) => puts(actions, 'Deliveries').length > 0,
};

/**
 * To the database, a process that has crashed is one that no longer responds. Any other error would count as a rejected
 * write, and a subscription that is alone in its batch would be recorded as undecidable.
 */
class Crashed extends Error {
  override readonly name = 'TimeoutError';

  constructor() {
    super('The worker has crashed');
  }
}

/** Crashes the worker once, before or after a certain transaction. */
class TransactionCrash {
  private pending?: { readonly matches: ActionMatcher; readonly isDone: boolean };

  constructor(app: TestApp) {
    app.get<DynamoDB>(DynamoDB).middlewareStack.add(
      (next) => async (args) => {
        const { TransactItems: actions } = args.input as { TransactItems?: readonly Action[] };
        if (!actions || !this.pending?.matches(actions)) return next(args);
        const { isDone } = this.pending;
        this.pending = undefined;
        if (isDone) await next(args);
        throw new Crashed();
      },
      { step: 'initialize', name: 'death' },
    );
  }

  arm(matches: ActionMatcher, isDone: boolean): void {
    this.pending = { matches, isDone };
  }

  get hasFired(): boolean {
    return this.pending === undefined;
  }
}

describe('a worker that crashes', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let crash: TransactionCrash;
  let people: Record<'asha' | 'birbal' | 'chitra' | 'devi', TestUser>;
  let subscriptions: Record<
    'atTheDoor' | 'byWallet' | 'second' | 'eldest' | 'younger' | 'youngest' | 'away',
    SubscriptionBody
  >;
  let date = '2026-12-01';

  beforeAll(async () => {
    clock = new FixedBusinessClock(TUESDAY_MORNING);
    app = await TestApp.start(
      { QUEUE_RETRY_SECONDS: '0', OUTBOX_SWEEP_AFTER_SECONDS: '1' },
      { clock, providers: [EventRecorder] },
    );
    crash = new TransactionCrash(app);
    await aProduct(app, { productId: 'MILK', price: 30, stock: 10_000 });
    await aProduct(app, { productId: 'CURD', price: 20, stock: 10_000 });
    await aProduct(app, { productId: 'GHEE', price: 90, stock: 0 });
    const [asha, chitra, devi] = [app.as('CUSTOMER'), app.as('CUSTOMER'), app.as('CUSTOMER')];
    const birbal = await customerWithBalance(app, 50_000);
    people = { asha, birbal, chitra, devi };
    const ghee = [{ productId: 'GHEE', qty: 1 }];
    const milkAndGhee = [{ productId: 'MILK', qty: 1 }, ...ghee];
    const at = (minute: number) => clock.set(`2026-12-01T05:${String(minute).padStart(2, '0')}:00Z`);
    subscriptions = {
      atTheDoor: await aSubscription(asha),
      byWallet: await aSubscription(birbal, { paymentMethod: 'WALLET' }),
      second: await aSubscription(birbal, { paymentMethod: 'WALLET', items: [{ productId: 'CURD', qty: 1 }] }),
      eldest: (at(1), await aSubscription(chitra, { items: ghee })),
      younger: (at(2), await aSubscription(devi, { items: milkAndGhee, paymentMethod: 'COD' })),
      youngest: (at(3), await aSubscription(asha, { items: ghee })),
      away: await aSubscription(chitra),
    };
    await chitra
      .post('/subscription/pause', { subscriptionId: subscriptions.away.subscriptionId, from: '2026-12-02' })
      .expect(200);
    await app.settled();
  });
  afterAll(() => app.stop());

  const finish = async () => {
    await app.settled();
    const run = await app.as('ADMIN').get(`/admin/generation/${date}`);
    if (run.status === 200 && run.body.status !== 'RUNNING') return;
    await app.as('ADMIN').post('/admin/generation/run', { date }).expect(202);
    await app.settled();
  };

  const crashPoints = Object.entries(TRANSACTION_STEPS).flatMap(([what, matches]) => [
    { what, when: 'before', matches, isDone: false },
    { what, when: 'right after', matches, isDone: true },
  ]);

  it.each(crashPoints)(
    'loses and duplicates nothing when it crashes $when the transaction that $what',
    async ({ matches, isDone }) => {
      // The retry of the previous date is not what crashes.
      await advanceTo(app, clock, `${date}T04:30:00Z`);
      date = addDays(date, 1);
      await app.as('ADMIN').patch('/product/update', { productId: 'GHEE', stock: 1 }).expect(200);
      await app.settled();
      const [milk, curd] = [await stockOf(app, 'MILK'), await stockOf(app, 'CURD')];
      const balance = (await people.birbal.get('/wallet/view')).body.balance as number;

      crash.arm(matches, isDone);
      clock.set(`${addDays(date, -1)}T15:32:00Z`);
      await app.get<Scheduler>(Scheduler).runDueTasks();
      await finish();
      expect(crash.hasFired).toBe(true);

      const { counts, status, outcomes } = await generationReport(app, date);
      expect({ status, counts }).toEqual({
        status: 'COMPLETED',
        counts: {
          ORDERED: 5,
          PAUSED: 1,
          SKIPPED: 0,
          SHORT_BALANCE: 0,
          OUT_OF_STOCK: 1,
          PRODUCT_WITHDRAWN: 0,
          MISSED: 0,
          BLOCKED: 0,
        },
      });
      const named = Object.entries(subscriptions).map(([name, { subscriptionId }]) => {
        const found = outcomes.find((one) => one.subscriptionId === subscriptionId);
        return [name, found?.outcome, found?.amount];
      });
      expect(named).toEqual([
        ['atTheDoor', 'ORDERED', 60],
        ['byWallet', 'ORDERED', 60],
        ['second', 'ORDERED', 20],
        ['eldest', 'ORDERED', 90],
        ['younger', 'ORDERED', 30],
        ['youngest', 'OUT_OF_STOCK', 0],
        ['away', 'PAUSED', 0],
      ]);
      expect((await orderOn(people.devi, subscriptions.younger, date))?.missing).toEqual([
        { productId: 'GHEE', name: 'Product GHEE', qty: 1 },
      ]);
      expect([await stockOf(app, 'MILK'), await stockOf(app, 'CURD'), await stockOf(app, 'GHEE')]).toEqual([
        milk - 5,
        curd - 1,
        0,
      ]);
      expect((await people.birbal.get('/wallet/view')).body.balance).toBe(balance - 80);

      for (const { orderId } of outcomes.filter(({ outcome }) => outcome === 'ORDERED')) {
        const ofOrder = ({ orderId: eventOrderId }: { orderId?: string }) => eventOrderId === orderId;
        expect((await allStored<{ orderId: string }>(app, 'Payments')).filter(ofOrder)).toHaveLength(1);
        expect((await allStored<{ orderId: string }>(app, 'Deliveries')).filter(ofOrder)).toHaveLength(1);
        const log = await allStored<{ event: { eventType: string; orderId?: string } }>(app, 'AnalyticsEvents');
        const eventTypes = log
          .map(({ event }) => event)
          .filter(ofOrder)
          .map(({ eventType }) => eventType)
          .sort();
        expect(eventTypes.filter((type) => type !== 'PAYMENT_SUCCEEDED')).toEqual([
          'DELIVERY_ASSIGNED',
          'ORDER_CONFIRMED',
          'ORDER_PLACED',
        ]);
      }
      expect(await allStored(app, 'Outbox')).toEqual([]);
    },
    60_000,
  );
});
