import { setTimeout as pause } from 'node:timers/promises';
import { addDays, addMinutes, type LocalDate } from '../../src/kernel/calendar';
import type { PricedLine } from '../../src/kernel/pricing';
import type { Order } from '../../src/modules/order';
import { subscriptionOrderIdOf } from '../../src/modules/order/domain/ids';
import { SUBSCRIPTION_SHARDS, subscriptionShardOf } from '../../src/modules/subscription/domain/ids';
import { brokenGenerationInvariants, generationState } from '../support/generation-invariants';
import type { Reply } from '../support/http-client';
import { moneyViolations, type ReadTable } from '../support/money-invariant';
import type { Program } from '../support/program';
import { SeededRandom } from '../support/seeded-random';
import { TestDairy } from '../support/test-dairy';
import { CrashingWorkerPool } from './crashing-worker-pool';
import { GenerationAdmin, type Outcome } from './generation-admin';
import { type CustomerRef, RandomCustomers } from './random-customers';

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const subscriptions = Number(process.env.CHAOS_SUBSCRIPTIONS ?? (process.env.CI ? 400 : 100));

const TIMEOUT_MILLISECONDS = 150_000 + 60 * subscriptions;
/** Each costs a start of the program, which a small run need not pay ten times. */
const KILLS = subscriptions < 400 ? 2 : subscriptions < 5_000 ? 5 : 10;
/** What the dead had received comes back after the lease. */
const WORKER_ENVIRONMENT = { QUEUE_LEASE_SECONDS: '4', QUEUE_RETRY_SECONDS: '1', OUTBOX_SWEEP_AFTER_SECONDS: '3' };
const MILK_PRICE = 30;
const TOP_UP_AMOUNT = 100;
/** So many ask before it is too late, while it happens, and after. */
const GROUP_SIZE = 12;
const RACE_WINDOW_MILLISECONDS = 1_500;
const STEP_DELAY_MILLISECONDS = 300;

jest.setTimeout(2 * TIMEOUT_MILLISECONDS);

describe(`daily orders (CHAOS_SEED=${seed} CHAOS_SUBSCRIPTIONS=${subscriptions})`, () => {
  const chance = new SeededRandom(seed);
  let dairy: TestDairy;
  let api: Program;
  let workers: CrashingWorkerPool;
  let generation: GenerationAdmin;
  let customers: RandomCustomers;
  let stock: Record<string, number>;
  let pausers: CustomerRef[];
  let savers: CustomerRef[];
  let date: LocalDate;

  beforeAll(async () => {
    dairy = await TestDairy.open();
    date = await GenerationAdmin.firstUngeneratedDate(dairy);
    customers = new RandomCustomers(chance, date, subscriptions);
    pausers = Array.from({ length: 3 * GROUP_SIZE }, () => customers.addCustomer(0, 'COD'));
    savers = Array.from({ length: 4 * GROUP_SIZE }, () => customers.addCustomer(MILK_PRICE, 'WALLET'));
    stock = customers.stock;
    for (const [table, items] of Object.entries(customers.tables)) await dairy.putItems(table, items);
    api = await dairy.start({ ...WORKER_ENVIRONMENT, APP_ROLES: 'api' });
    workers = await CrashingWorkerPool.start(dairy, chance, WORKER_ENVIRONMENT);
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
    /** Every shard counts in one step, and places its orders in one more at least, by 32 or so. */
    function steps(): number {
      const due = [...customers.model.outcomesOn(date)].filter(
        ([, { outcome }]) => outcome !== 'NOT_DUE' && outcome !== 'ENDED',
      );
      const byShard = Map.groupBy(due, ([{ id = '' }]) => subscriptionShardOf(id));
      const placing = [...byShard.values()].map(({ length }) => Math.max(1, Math.floor(length / 32)));
      return SUBSCRIPTION_SHARDS + placing.reduce((sum, count) => sum + count, 0);
    }

    it('are made all the same, and nobody need do anything', async () => {
      customers.model.generate(date);
      workers.scheduleKills(KILLS, steps());
      await generation.moveClock(addMinutes(generation.cutoffOf(date), 3));
      expect(await generation.waitForCompletion(date)).toMatchObject({ status: 'COMPLETED', round: 1, faults: 0 });
      await generation.settled();
      const always = { date, status: 'RUNNING', round: 1 };
      expect(workers.runsAtKill).toMatchObject(Array.from({ length: KILLS }, () => always));
      expect(new Set(workers.runsAtKill.map(({ stage }) => stage))).toEqual(new Set(['COUNT', 'PLACE']));
    });

    it('are what somebody with a pencil makes them, each once', async () => {
      const outcomes = await generation.outcomesOf(date);
      const modelOutcomes = [...customers.model.outcomesOn(date)];
      expect(outcomes.size).toBe(modelOutcomes.length);
      const wrong = modelOutcomes.flatMap(([{ id = '' }, { outcome, amount, missing }]) => {
        const orderId = outcome === 'ORDERED' ? subscriptionOrderIdOf(id, date) : undefined;
        const [is, should] = [
          describeOutcome(outcomes.get(id)),
          describeOutcome({ outcome, amount, missing, orderId }),
        ];
        return is === should ? [] : [{ id, is, should }];
      });
      expect(wrong).toEqual([]);

      const orders = (await dairy.allStored<Order>('Orders')).map(
        ({ orderId, items }) => `${orderId} ${linesOf(items)}`,
      );
      const ordered = modelOutcomes.filter(([, { outcome }]) => outcome === 'ORDERED');
      const expectedOrders = ordered.map(
        ([{ id = '' }, { items }]) => `${subscriptionOrderIdOf(id, date)} ${linesOf(items, 100)}`,
      );
      expect(orders.sort()).toEqual(expectedOrders.sort());
    });

    it('leave goods, money and facts as they should be', () => expectInvariants());

    it('stay as they are when they are run again', async () => {
      const before = await generationState(all);
      expect((await generation.startRun(api, date)).status).toBe(202);
      expect(await generation.waitForCompletion(date)).toMatchObject({ round: 2 });
      await generation.settled();
      expect(await generationState(all)).toEqual(before);
    });
  });

  describe('that two begin at once, while customers pause and top up', () => {
    let next: LocalDate;
    let begun: Reply[];
    let paused: Reply[];
    let outcomes: Map<string, Outcome>;

    const pauseOf = ({ userId, subscriptionId }: CustomerRef) =>
      dairy.as('CUSTOMER', api, userId).post('/subscription/pause', { subscriptionId, from: next, to: next });

    const topUpOf = async ({ userId }: CustomerRef) => {
      const topUp = { amount: TOP_UP_AMOUNT, paymentMethod: 'UPI' };
      const customer = dairy.as('CUSTOMER', api, userId);
      const { status, body } = await customer.post('/wallet/topup', topUp);
      if (status !== 201) throw new Error(`A top-up was answered ${status}`);
      // A gateway that is slow on a busy machine leaves the payment pending; its webhook settles it.
      for (let payment = body; payment.status !== 'SUCCESS'; await pause(100)) {
        if (payment.status !== 'PENDING') throw new Error(`A top-up is ${payment.status}`);
        payment = (await customer.get(`/payment/${body.paymentId}`)).body;
      }
    };

    const sooner = <T>(people: readonly CustomerRef[], ask: (person: CustomerRef) => Promise<T>) =>
      Promise.all(
        people.map(async (person) => {
          await pause(chance.between(0, RACE_WINDOW_MILLISECONDS));
          return ask(person);
        }),
      );

    /** Those who know that it is nine begin; those who ask the api, which hears of it within a second, race with them. */
    beforeAll(async () => {
      next = addDays(date, 1);
      await workers.waitUntilReady();
      await generation.moveClock(addMinutes(generation.cutoffOf(next), -60));
      await generation.settled();
      const early = await Promise.all(pausers.slice(0, GROUP_SIZE).map(pauseOf));
      await Promise.all(savers.slice(0, GROUP_SIZE).map(topUpOf));

      workers.maxDelayMilliseconds = STEP_DELAY_MILLISECONDS;
      const racing = sooner(pausers.slice(GROUP_SIZE, 2 * GROUP_SIZE), pauseOf);
      const saving = sooner(savers.slice(GROUP_SIZE, 2 * GROUP_SIZE), topUpOf);
      await generation.moveClockAt(workers.programs, generation.cutoffOf(next));
      begun = await Promise.all(workers.programs.map((program) => generation.startRun(program, next)));
      await saving;
      const raced = await racing;
      await generation.waitForCompletion(next);
      const late = await Promise.all(pausers.slice(2 * GROUP_SIZE).map(pauseOf));
      paused = [...early, ...raced, ...late];
      workers.maxDelayMilliseconds = 0;

      await generation.moveClock(addMinutes(generation.cutoffOf(next), 3));
      await generation.settled();
      const atFour = sooner(savers.slice(2 * GROUP_SIZE, 3 * GROUP_SIZE), topUpOf);
      await generation.moveClock(generation.retryTimeOf(next));
      await atFour;
      await generation.settled();
      outcomes = await generation.outcomesOf(next);
    });

    it('are one run', async () => {
      expect(begun.map(({ status, body }) => [status, body.date as string])).toEqual([
        [202, next],
        [202, next],
      ]);
      expect(await generation.runsOf(next)).toMatchObject([{ status: 'COMPLETED', faults: 0 }]);
    });

    it('honour every pause that was accepted, and the others were told', () => {
      const results = pausers.map(({ subscriptionId }, index) => {
        const { status, body } = paused[index] as Reply;
        const answer = status === 200 ? 'accepted' : `${body.code}, ${body.firstOpenDate > next}`;
        return `${answer}: ${outcomes.get(subscriptionId)?.outcome}`;
      });
      expect(new Set(results)).toEqual(new Set(['accepted: PAUSED', 'subscription.cutoff_passed, true: ORDERED']));
    });

    it('are of those who can pay, to the rupee', async () => {
      const wallets = await dairy.allStored<{ userId: string; balance: number }>('Wallets');
      const balances = new Map(wallets.map(({ userId, balance }) => [userId, balance / 100]));
      const results = savers.map(({ userId, subscriptionId }, index) => {
        const outcome = outcomes.get(subscriptionId)?.outcome;
        const balance = (index < 3 * GROUP_SIZE ? TOP_UP_AMOUNT : 0) - (outcome === 'ORDERED' ? MILK_PRICE : 0);
        return balances.get(userId) === balance ? outcome : `${outcome}, and has ${balances.get(userId)}`;
      });
      expect(new Set(results.slice(0, 2 * GROUP_SIZE))).toEqual(new Set(['ORDERED']));
      expect(['ORDERED', 'SHORT_BALANCE']).toEqual(
        expect.arrayContaining(results.slice(2 * GROUP_SIZE, 3 * GROUP_SIZE)),
      );
      expect(new Set(results.slice(3 * GROUP_SIZE))).toEqual(new Set(['SHORT_BALANCE']));
    });

    it('leave goods, money and facts as they should be', () => expectInvariants());
  });
});

function describeOutcome({ outcome, amount, missing = [], orderId }: Partial<Outcome> = {}): string {
  return [outcome, amount, orderId, ...missing.map(({ productId, qty }) => `${productId} ${qty}`).sort()].join();
}

/** Prices are whole rupees on paper. */
function linesOf(items: readonly Pick<PricedLine, 'productId' | 'qty' | 'price'>[], minorUnits = 1): string {
  const lines = items.map(({ productId, qty, price }) => `${productId} ${qty} ${price * minorUnits}`);
  return lines.sort().join();
}
