import { setTimeout as pause } from 'node:timers/promises';
import { addDays, addMinutes, type LocalDate } from '../../src/kernel/calendar';
import { subscriptionOrderIdOf } from '../../src/kernel/ids';
import type { Order, OrderItem } from '../../src/modules/order';
import { SUBSCRIPTION_SHARDS, subscriptionShardOf } from '../../src/modules/subscription/domain/ids';
import { Chance } from '../support/chance';
import { dailyLawsBroken, leftBehind } from '../support/daily-laws';
import { moneyAstray, type ReadAll } from '../support/money';
import { Dairy, type Program } from '../support/program';
import type { Reply } from '../support/remote';
import { Evenings, type Outcome } from './evenings';
import { MortalCrew } from './mortal-crew';
import { type Neighbour, Village } from './village';

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const subscriptions = Number(process.env.CHAOS_SUBSCRIPTIONS ?? (process.env.CI ? 400 : 100));

const PATIENCE_MILLISECONDS = 150_000 + 60 * subscriptions;
/** Each costs a start of the program, which a small run need not pay ten times. */
const KILLS = subscriptions < 400 ? 2 : subscriptions < 5_000 ? 5 : 10;
/** What the dead had received comes back after the lease. */
const ENVIRONMENT = { QUEUE_LEASE_SECONDS: '4', QUEUE_RETRY_SECONDS: '1', OUTBOX_SWEEP_AFTER_SECONDS: '3' };
const MILK = 30;
const TOP_UP = 100;
/** So many ask before it is too late, while it happens, and after. */
const EACH = 12;
const RACING_MILLISECONDS = 1_500;
const STEP_MILLISECONDS = 300;

jest.setTimeout(2 * PATIENCE_MILLISECONDS);

describe(`daily orders (CHAOS_SEED=${seed} CHAOS_SUBSCRIPTIONS=${subscriptions})`, () => {
  const chance = new Chance(seed);
  let dairy: Dairy;
  let api: Program;
  let crew: MortalCrew;
  let evenings: Evenings;
  let village: Village;
  let stock: Record<string, number>;
  let pausers: Neighbour[];
  let savers: Neighbour[];
  let date: LocalDate;

  beforeAll(async () => {
    dairy = await Dairy.open();
    date = await Evenings.firstOf(dairy);
    village = new Village(chance, date, subscriptions);
    pausers = Array.from({ length: 3 * EACH }, () => village.neighbour(0, 'COD'));
    savers = Array.from({ length: 4 * EACH }, () => village.neighbour(MILK, 'WALLET'));
    stock = village.stock;
    for (const [table, items] of Object.entries(village.tables)) await dairy.storeAll(table, items);
    api = await dairy.start({ ...ENVIRONMENT, APP_ROLES: 'api' });
    crew = await MortalCrew.hire(dairy, chance, ENVIRONMENT);
    evenings = new Evenings(dairy, api, PATIENCE_MILLISECONDS);
  });
  afterAll(async () => {
    await dairy.close();
    await crew.stop();
  });

  const all: ReadAll = (table) => dairy.stored(table);

  async function expectLaws(): Promise<void> {
    expect(await dailyLawsBroken(all, stock)).toEqual([]);
    expect(await moneyAstray(all)).toEqual([]);
    expect(await evenings.books()).toMatchObject({ balanced: true, violations: [] });
  }

  describe('while workers are killed', () => {
    /** Every shard counts in one step, and places its orders in one more at least, by 32 or so. */
    function steps(): number {
      const due = [...village.paper.on(date)].filter(([, { outcome }]) => outcome !== 'NOT_DUE' && outcome !== 'ENDED');
      const byShard = Map.groupBy(due, ([{ id = '' }]) => subscriptionShardOf(id));
      const placing = [...byShard.values()].map(({ length }) => Math.max(1, Math.floor(length / 32)));
      return SUBSCRIPTION_SHARDS + placing.reduce((sum, count) => sum + count, 0);
    }

    it('are made all the same, and nobody need do anything', async () => {
      village.paper.evening(date);
      crew.expectDeaths(KILLS, steps());
      await evenings.itBecomes(addMinutes(evenings.cutoffOf(date), 3));
      expect(await evenings.completed(date)).toMatchObject({ status: 'COMPLETED', round: 1, faults: 0 });
      await evenings.settled();
      const always = { date, status: 'RUNNING', round: 1 };
      expect(crew.deaths).toMatchObject(Array.from({ length: KILLS }, () => always));
      expect(new Set(crew.deaths.map(({ stage }) => stage))).toEqual(new Set(['COUNT', 'PLACE']));
    });

    it('are what somebody with a pencil makes them, each once', async () => {
      const outcomes = await evenings.outcomesOf(date);
      const paper = [...village.paper.on(date)];
      expect(outcomes.size).toBe(paper.length);
      const wrong = paper.flatMap(([{ id = '' }, { outcome, amount, missing }]) => {
        const orderId = outcome === 'ORDERED' ? subscriptionOrderIdOf(id, date) : undefined;
        const [is, should] = [told(outcomes.get(id)), told({ outcome, amount, missing, orderId })];
        return is === should ? [] : [{ id, is, should }];
      });
      expect(wrong).toEqual([]);

      const orders = (await dairy.stored<Order>('Orders')).map(({ orderId, items }) => `${orderId} ${linesOf(items)}`);
      const ordered = paper.filter(([, { outcome }]) => outcome === 'ORDERED');
      const onPaper = ordered.map(
        ([{ id = '' }, { items }]) => `${subscriptionOrderIdOf(id, date)} ${linesOf(items, 100)}`,
      );
      expect(orders.sort()).toEqual(onPaper.sort());
    });

    it('leave goods, money and facts as they should be', () => expectLaws());

    it('stay as they are when they are run again', async () => {
      const before = await leftBehind(all);
      expect((await evenings.run(api, date)).status).toBe(202);
      expect(await evenings.completed(date)).toMatchObject({ round: 2 });
      await evenings.settled();
      expect(await leftBehind(all)).toEqual(before);
    });
  });

  describe('that two begin at once, while customers pause and top up', () => {
    let next: LocalDate;
    let begun: Reply[];
    let paused: Reply[];
    let outcomes: Map<string, Outcome>;

    const pauseOf = ({ userId, subscriptionId }: Neighbour) =>
      dairy.as('CUSTOMER', api, userId).post('/subscription/pause', { subscriptionId, from: next, to: next });

    const topUpOf = async ({ userId }: Neighbour) => {
      const topUp = { amount: TOP_UP, paymentMethod: 'UPI' };
      const { status, body } = await dairy.as('CUSTOMER', api, userId).post('/wallet/topup', topUp);
      if (status !== 201 || body.status !== 'SUCCESS') throw new Error(`A top-up was answered ${status}`);
    };

    const sooner = <T>(people: readonly Neighbour[], ask: (person: Neighbour) => Promise<T>) =>
      Promise.all(
        people.map(async (person) => {
          await pause(chance.between(0, RACING_MILLISECONDS));
          return ask(person);
        }),
      );

    /** Those who know that it is nine begin; those who ask the api, which hears of it within a second, race with them. */
    beforeAll(async () => {
      next = addDays(date, 1);
      await crew.untilReady();
      await evenings.itBecomes(addMinutes(evenings.cutoffOf(next), -60));
      await evenings.settled();
      const early = await Promise.all(pausers.slice(0, EACH).map(pauseOf));
      await Promise.all(savers.slice(0, EACH).map(topUpOf));

      crew.delayMilliseconds = STEP_MILLISECONDS;
      const racing = sooner(pausers.slice(EACH, 2 * EACH), pauseOf);
      const saving = sooner(savers.slice(EACH, 2 * EACH), topUpOf);
      await evenings.itBecomesAt(crew.programs, evenings.cutoffOf(next));
      begun = await Promise.all(crew.programs.map((program) => evenings.run(program, next)));
      await saving;
      const raced = await racing;
      await evenings.completed(next);
      const late = await Promise.all(pausers.slice(2 * EACH).map(pauseOf));
      paused = [...early, ...raced, ...late];
      crew.delayMilliseconds = 0;

      await evenings.itBecomes(addMinutes(evenings.cutoffOf(next), 3));
      await evenings.settled();
      const atFour = sooner(savers.slice(2 * EACH, 3 * EACH), topUpOf);
      await evenings.itBecomes(evenings.fourOf(next));
      await atFour;
      await evenings.settled();
      outcomes = await evenings.outcomesOf(next);
    });

    it('are one run', async () => {
      expect(begun.map(({ status, body }) => [status, body.date as string])).toEqual([
        [202, next],
        [202, next],
      ]);
      expect(await evenings.runsOf(next)).toMatchObject([{ status: 'COMPLETED', faults: 0 }]);
    });

    it('honour every pause that was accepted, and the others were told', () => {
      const stories = pausers.map(({ subscriptionId }, index) => {
        const { status, body } = paused[index] as Reply;
        const answer = status === 200 ? 'accepted' : `${body.code}, ${body.firstOpenDate > next}`;
        return `${answer}: ${outcomes.get(subscriptionId)?.outcome}`;
      });
      expect(new Set(stories)).toEqual(new Set(['accepted: PAUSED', 'subscription.cutoff_passed, true: ORDERED']));
    });

    it('are of those who can pay, to the rupee', async () => {
      const wallets = await dairy.stored<{ userId: string; balance: number }>('Wallets');
      const balances = new Map(wallets.map(({ userId, balance }) => [userId, balance / 100]));
      const stories = savers.map(({ userId, subscriptionId }, index) => {
        const outcome = outcomes.get(subscriptionId)?.outcome;
        const balance = (index < 3 * EACH ? TOP_UP : 0) - (outcome === 'ORDERED' ? MILK : 0);
        return balances.get(userId) === balance ? outcome : `${outcome}, and has ${balances.get(userId)}`;
      });
      expect(new Set(stories.slice(0, 2 * EACH))).toEqual(new Set(['ORDERED']));
      expect(['ORDERED', 'SHORT_BALANCE']).toEqual(expect.arrayContaining(stories.slice(2 * EACH, 3 * EACH)));
      expect(new Set(stories.slice(3 * EACH))).toEqual(new Set(['SHORT_BALANCE']));
    });

    it('leave goods, money and facts as they should be', () => expectLaws());
  });
});

function told({ outcome, amount, missing = [], orderId }: Partial<Outcome> = {}): string {
  return [outcome, amount, orderId, ...missing.map(({ productId, qty }) => `${productId} ${qty}`).sort()].join();
}

/** Prices are whole rupees on paper. */
function linesOf(items: readonly Pick<OrderItem, 'productId' | 'qty' | 'price'>[], coins = 1): string {
  const lines = items.map(({ productId, qty, price }) => `${productId} ${qty} ${price * coins}`);
  return lines.sort().join();
}
