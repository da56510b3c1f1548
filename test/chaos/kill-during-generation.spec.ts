import { setTimeout as pause } from 'node:timers/promises';
import { addDays, addMinutes, type LocalDate } from '../../src/kernel/calendar';
import type { PricedLine } from '../../src/kernel/pricing';
import type { Order } from '../../src/modules/order';
import { subscriptionOrderIdOf } from '../../src/modules/order/domain/ids';
import { sliceOf, subscriptionPartitionOf } from '../../src/modules/subscription/domain/ids';
import { brokenGenerationInvariants, generationState } from '../support/invariants/generation-invariants';
import type { Reply } from '../support/http-client';
import { moneyViolations, type ReadTable } from '../support/invariants/money-invariant';
import type { Program } from '../support/program';
import { SeededRandom } from '../support/seeded-random';
import { TestDairy } from '../support/fixtures/test-dairy';
import { CrashingWorkerPool } from './crashing-worker-pool';
import { GenerationAdmin, type Outcome } from './generation-admin';
import { type CustomerRef, RandomCustomers } from './random-customers';

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const subscriptions = Number(process.env.CHAOS_SUBSCRIPTIONS ?? (process.env.CI ? 400 : 100));

const TIMEOUT_MILLISECONDS = 150_000 + 60 * subscriptions;
/** Each kill restarts the program, so a small run has fewer. */
const KILLS = subscriptions < 400 ? 2 : subscriptions < 5_000 ? 5 : 10;
/** Three ranges of each partition. */
const SHARDS = 24;
/** Messages of a killed worker return to the queue after the lease. */
const WORKER_ENVIRONMENT = {
  GENERATION_SHARDS: `${SHARDS}`,
  QUEUE_LEASE_SECONDS: '4',
  QUEUE_RETRY_SECONDS: '1',
  OUTBOX_SWEEP_AFTER_SECONDS: '3',
};
const MILK_PRICE = 30;
const TOP_UP_AMOUNT = 100;
/** Customers per group: before the cutoff, during generation, and after it. */
const GROUP_SIZE = 12;
const RACE_WINDOW_MILLISECONDS = 1_500;
const STEP_DELAY_MILLISECONDS = 300;

jest.setTimeout(2 * TIMEOUT_MILLISECONDS);

describe(`generation of daily orders (CHAOS_SEED=${seed} CHAOS_SUBSCRIPTIONS=${subscriptions})`, () => {
  const random = new SeededRandom(seed);
  let dairy: TestDairy;
  let api: Program;
  let workers: CrashingWorkerPool;
  let generation: GenerationAdmin;
  let customers: RandomCustomers;
  let stock: Record<string, number>;
  let pausingCustomers: CustomerRef[];
  let walletCustomers: CustomerRef[];
  let date: LocalDate;

  beforeAll(async () => {
    dairy = await TestDairy.open();
    date = await GenerationAdmin.firstUngeneratedDate(dairy);
    customers = new RandomCustomers(random, date, subscriptions);
    pausingCustomers = Array.from({ length: 3 * GROUP_SIZE }, () => customers.addCustomer(0, 'COD'));
    walletCustomers = Array.from({ length: 4 * GROUP_SIZE }, () => customers.addCustomer(MILK_PRICE, 'WALLET'));
    stock = customers.stock;
    for (const [table, items] of Object.entries(customers.tables)) await dairy.putItems(table, items);
    api = await dairy.start({ ...WORKER_ENVIRONMENT, APP_ROLES: 'api' });
    workers = await CrashingWorkerPool.start(dairy, random, WORKER_ENVIRONMENT);
    generation = new GenerationAdmin(dairy, api, TIMEOUT_MILLISECONDS);
  });
  afterAll(async () => {
    await dairy.close();
    await workers.stop();
  });

  const all: ReadTable = (table) => dairy.allStored(table);

  async function expectInvariants(): Promise<void> {
    expect(await brokenGenerationInvariants(all, stock)).toEqual([]);
    expect(await moneyViolations(all)).toEqual([]);
    expect(await generation.reconcile()).toMatchObject({ balanced: true, violations: [] });
  }

  describe('while workers are killed', () => {
    /**
     * A lower bound of the steps: one per shard to count, and at least one to place orders, about 32 per step. Hardly any
     * shard is empty, and the deferred subscriptions take two steps more.
     */
    function minimumSteps(): number {
      const due = [...customers.model.outcomesOn(date)].filter(
        ([, { outcome }]) => outcome !== 'NOT_DUE' && outcome !== 'ENDED',
      );
      const byShard = Map.groupBy(due, ([{ id = '' }]) => shardOf(id));
      const placing = [...byShard.values()].map(({ length }) => Math.max(1, Math.floor(length / 32)));
      const placed = placing.reduce((sum, count) => sum + count, 0);
      return SHARDS + Math.max(SHARDS, placed);
    }

    it('completes in the first round without an admin', async () => {
      customers.model.generate(date);
      workers.scheduleKills(KILLS, minimumSteps());
      await generation.moveClock(addMinutes(generation.cutoffOf(date), 3));
      expect(await generation.waitForCompletion(date)).toMatchObject({ status: 'COMPLETED', round: 1, faults: 0 });
      await generation.settled();
      const expectedRun = { date, status: 'RUNNING', round: 1 };
      expect(workers.runsAtKill).toMatchObject(Array.from({ length: KILLS }, () => expectedRun));
      expect(new Set(workers.runsAtKill.map(({ stage }) => stage))).toEqual(new Set(['COUNT', 'PLACE']));
    });

    it('places exactly the orders of the reference model, each once', async () => {
      const outcomes = await generation.outcomesOf(date);
      const modelOutcomes = [...customers.model.outcomesOn(date)];
      expect(outcomes.size).toBe(modelOutcomes.length);
      const differences = modelOutcomes.flatMap(([{ id = '' }, { outcome, amount, missing }]) => {
        const orderId = outcome === 'ORDERED' ? subscriptionOrderIdOf(id, date) : undefined;
        const actual = describeOutcome(outcomes.get(id));
        const expected = describeOutcome({ outcome, amount, missing, orderId });
        return actual === expected ? [] : [{ id, actual, expected }];
      });
      expect(differences).toEqual([]);

      const orders = (await dairy.allStored<Order>('Orders')).map(
        ({ orderId, items }) => `${orderId} ${linesOf(items)}`,
      );
      const ordered = modelOutcomes.filter(([, { outcome }]) => outcome === 'ORDERED');
      const expectedOrders = ordered.map(
        ([{ id = '' }, { items }]) => `${subscriptionOrderIdOf(id, date)} ${linesOf(items, 100)}`,
      );
      expect(orders.sort()).toEqual(expectedOrders.sort());
    });

    it('keeps all invariants', () => expectInvariants());

    it('changes nothing when the run is repeated', async () => {
      const before = await generationState(all);
      expect((await generation.startRun(api, date)).status).toBe(202);
      expect(await generation.waitForCompletion(date)).toMatchObject({ round: 2 });
      await generation.settled();
      expect(await generationState(all)).toEqual(before);
    });
  });

  describe('started by two workers at once, while customers pause and top up', () => {
    let nextDate: LocalDate;
    let startReplies: Reply[];
    let pauseReplies: Reply[];
    let outcomes: Map<string, Outcome>;

    const pauseOf = ({ userId, subscriptionId }: CustomerRef) =>
      dairy.as('CUSTOMER', api, userId).post('/subscription/pause', { subscriptionId, from: nextDate, to: nextDate });

    const topUpOf = async (ref: CustomerRef): Promise<void> => {
      const topUp = { amount: TOP_UP_AMOUNT, paymentMethod: 'UPI' };
      const customer = dairy.as('CUSTOMER', api, ref.userId);
      const { status, body } = await customer.post('/wallet/topup', topUp);
      if (status !== 201) throw new Error(`A top-up got status ${status}`);
      // On a busy machine the gateway may time out and leave the payment pending; its webhook settles it. If the charge
      // never reached the gateway, the payment fails, and the customer tries again.
      for (let payment = body; payment.status !== 'SUCCESS'; await pause(100)) {
        if (payment.status === 'FAILED') return topUpOf(ref);
        payment = (await customer.get(`/payment/${body.paymentId}`)).body;
      }
    };

    const atRandomMoments = <T>(group: readonly CustomerRef[], send: (customer: CustomerRef) => Promise<T>) =>
      Promise.all(
        group.map(async (customer) => {
          await pause(random.between(0, RACE_WINDOW_MILLISECONDS));
          return send(customer);
        }),
      );

    /** The workers get the new time first and start. The api reads it within a second, so its requests race with the run. */
    beforeAll(async () => {
      nextDate = addDays(date, 1);
      await workers.waitUntilReady();
      await generation.moveClock(addMinutes(generation.cutoffOf(nextDate), -60));
      await generation.settled();
      const earlyReplies = await Promise.all(pausingCustomers.slice(0, GROUP_SIZE).map(pauseOf));
      await Promise.all(walletCustomers.slice(0, GROUP_SIZE).map(topUpOf));

      workers.maxDelayMilliseconds = STEP_DELAY_MILLISECONDS;
      const racingPauses = atRandomMoments(pausingCustomers.slice(GROUP_SIZE, 2 * GROUP_SIZE), pauseOf);
      const racingTopUps = atRandomMoments(walletCustomers.slice(GROUP_SIZE, 2 * GROUP_SIZE), topUpOf);
      await generation.moveClockAt(workers.programs, generation.cutoffOf(nextDate));
      startReplies = await Promise.all(workers.programs.map((program) => generation.startRun(program, nextDate)));
      await racingTopUps;
      const racingReplies = await racingPauses;
      await generation.waitForCompletion(nextDate);
      const lateReplies = await Promise.all(pausingCustomers.slice(2 * GROUP_SIZE).map(pauseOf));
      pauseReplies = [...earlyReplies, ...racingReplies, ...lateReplies];
      workers.maxDelayMilliseconds = 0;

      await generation.moveClock(addMinutes(generation.cutoffOf(nextDate), 3));
      await generation.settled();
      const topUpsAtRetry = atRandomMoments(walletCustomers.slice(2 * GROUP_SIZE, 3 * GROUP_SIZE), topUpOf);
      await generation.moveClock(generation.retryTimeOf(nextDate));
      await topUpsAtRetry;
      await generation.settled();
      outcomes = await generation.outcomesOf(nextDate);
    });

    it('is a single run', async () => {
      expect(startReplies.map(({ status, body }) => [status, body.date as string])).toEqual([
        [202, nextDate],
        [202, nextDate],
      ]);
      expect(await generation.runsOf(nextDate)).toMatchObject([{ status: 'COMPLETED', faults: 0 }]);
    });

    it('honours every accepted pause, and refuses the others with the first open date', () => {
      const results = pausingCustomers.map(({ subscriptionId }, index) => {
        const { status, body } = pauseReplies[index] as Reply;
        const answer = status === 200 ? 'accepted' : `${body.code}, ${body.firstOpenDate > nextDate}`;
        return `${answer}: ${outcomes.get(subscriptionId)?.outcome}`;
      });
      expect(new Set(results)).toEqual(new Set(['accepted: PAUSED', 'subscription.cutoff_passed, true: ORDERED']));
    });

    it('places orders only for wallets that can pay, and debits exactly the price', async () => {
      const wallets = await dairy.allStored<{ userId: string; balance: number }>('Wallets');
      const balances = new Map(wallets.map(({ userId, balance }) => [userId, balance / 100]));
      const results = walletCustomers.map(({ userId, subscriptionId }, index) => {
        const outcome = outcomes.get(subscriptionId)?.outcome;
        const balance = (index < 3 * GROUP_SIZE ? TOP_UP_AMOUNT : 0) - (outcome === 'ORDERED' ? MILK_PRICE : 0);
        return balances.get(userId) === balance ? outcome : `${outcome}, but the balance is ${balances.get(userId)}`;
      });
      expect(new Set(results.slice(0, 2 * GROUP_SIZE))).toEqual(new Set(['ORDERED']));
      expect(['ORDERED', 'SHORT_BALANCE']).toEqual(
        expect.arrayContaining(results.slice(2 * GROUP_SIZE, 3 * GROUP_SIZE)),
      );
      expect(new Set(results.slice(3 * GROUP_SIZE))).toEqual(new Set(['SHORT_BALANCE']));
    });

    it('keeps all invariants', () => expectInvariants());
  });
});

function shardOf(subscriptionId: string): number {
  return Array.from({ length: SHARDS }, (_, shard) => shard).findIndex((shard) => {
    const { partition, from = '', to = '~' } = sliceOf(shard, SHARDS);
    return partition === subscriptionPartitionOf(subscriptionId) && subscriptionId >= from && subscriptionId < to;
  });
}

function describeOutcome({ outcome, amount, missing = [], orderId }: Partial<Outcome> = {}): string {
  return [outcome, amount, orderId, ...missing.map(({ productId, qty }) => `${productId} ${qty}`).sort()].join();
}

/** The model has prices in whole rupees. */
function linesOf(items: readonly Pick<PricedLine, 'productId' | 'qty' | 'price'>[], minorUnits = 1): string {
  const lines = items.map(({ productId, qty, price }) => `${productId} ${qty} ${price * minorUnits}`);
  return lines.sort().join();
}
