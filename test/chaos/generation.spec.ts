import { setTimeout as pause } from 'node:timers/promises';
import type { Order, OrderItem } from '../../src/modules/order';
import type { Run } from '../../src/modules/subscription/generation';
import { addDays, addMinutes, Calendar, type LocalDate } from '../../src/platform/calendar';
import { readConfig } from '../../src/platform/config';
import { dailyOrderIdOf } from '../../src/platform/ids';
import { Chance } from '../support/chance';
import { dailyLawsBroken, leftBehind } from '../support/daily-laws';
import { moneyAstray, type ReadAll } from '../support/money';
import { Dairy, type Program, until } from '../support/program';
import type { Remote, Reply } from '../support/remote';
import { MortalCrew } from './mortal-crew';
import { Village } from './village';

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const subscriptions = Number(process.env.CHAOS_SUBSCRIPTIONS ?? 1_200);

const PATIENCE_MILLISECONDS = 120_000 + 60 * subscriptions;
const KILLS = 10;
/** A shard counts in one step, and takes at least one more to place its orders: about 26 in each. */
const STEPS = 64 + Math.max(64, Math.floor(subscriptions / 26));
/** For workers who die often. What they had received comes back after the lease. */
const ENVIRONMENT = { QUEUE_LEASE_SECONDS: '4', QUEUE_RETRY_SECONDS: '1', OUTBOX_SWEEP_AFTER_SECONDS: '3' };
const MILK = 30;
const TOP_UP = 100;
const RACING_MILLISECONDS = 1_500;

jest.setTimeout(2 * PATIENCE_MILLISECONDS);

type Line = Pick<OrderItem, 'productId' | 'qty' | 'price'>;

interface Outcome {
  readonly subscriptionId: string;
  readonly outcome: string;
  readonly orderId?: string;
  readonly amount: number;
  readonly missing?: readonly { readonly productId: string; readonly qty: number }[];
}

describe(`daily orders (CHAOS_SEED=${seed} CHAOS_SUBSCRIPTIONS=${subscriptions})`, () => {
  const chance = new Chance(seed);
  const { zone, cutoffTime } = readConfig();
  const calendar = new Calendar(zone);
  let dairy: Dairy;
  let api: Program;
  let crew: MortalCrew;
  let admin: Remote;
  let village: Village;
  let stock: Record<string, number>;
  let pausers: ReturnType<Village['household']>[];
  let savers: ReturnType<Village['household']>[];
  let date: LocalDate;

  beforeAll(async () => {
    dairy = await Dairy.open();
    const runs = await dairy.stored<Run>('GenerationRuns');
    date = addDays(
      runs
        .map((run) => run.date)
        .sort()
        .at(-1) as LocalDate,
      1,
    );
    village = new Village(chance, date, subscriptions);
    pausers = Array.from({ length: 60 }, () => village.household(0, 'COD'));
    savers = Array.from({ length: 60 }, () => village.household(MILK, 'WALLET'));
    stock = village.stock;
    for (const [table, items] of Object.entries(village.tables)) await dairy.storeAll(table, items);
    api = await dairy.start({ ...ENVIRONMENT, APP_ROLES: 'api' });
    crew = await MortalCrew.hire(dairy, chance, ENVIRONMENT);
    admin = dairy.as('ADMIN', api);
  });
  afterAll(async () => {
    await dairy.close();
    await crew.stop();
  });

  const all: ReadAll = (table) => dairy.stored(table);
  const settled = () => dairy.settled(api, PATIENCE_MILLISECONDS);
  const run = (program: Program, of: LocalDate) => admin.at(program).post('/admin/generation/run', { date: of });
  const cutoffOf = (of: LocalDate) => calendar.at(addDays(of, -1), cutoffTime);
  const put = async (now: string) => expect((await admin.put('/admin/clock', { now })).status).toBe(200);

  async function runOf(of: LocalDate): Promise<Run | undefined> {
    return (await dairy.stored<Run>('GenerationRuns')).find((one) => one.date === of);
  }

  const completed = (of: LocalDate) =>
    until(
      `the run of ${of} to complete`,
      async () => {
        const seen = await runOf(of);
        return seen && seen.status !== 'RUNNING' && seen;
      },
      PATIENCE_MILLISECONDS,
    );

  async function outcomesOf(of: LocalDate): Promise<Map<string, Outcome>> {
    const outcomes: Outcome[] = [];
    for (let path: string | undefined = `/admin/generation/${of}?limit=100`; path !== undefined;) {
      const { body, headers }: Reply = await admin.get(path);
      outcomes.push(...(body as { outcomes: Outcome[] }).outcomes);
      path = /<(.*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    return new Map(outcomes.map((outcome) => [outcome.subscriptionId, outcome]));
  }

  async function expectLaws(): Promise<void> {
    expect(await dailyLawsBroken(all, stock)).toEqual([]);
    expect(await moneyAstray(all)).toEqual([]);
    expect((await admin.get('/admin/books')).body).toMatchObject({ balanced: true, violations: [] });
  }

  describe('while workers are killed', () => {
    it('are made all the same, and nobody need do anything', async () => {
      crew.expectDeaths(KILLS, STEPS);
      await put(addMinutes(cutoffOf(date), 3));
      expect(await completed(date)).toMatchObject({ status: 'COMPLETED', round: 1, faults: 0 });
      expect(crew.deaths.map((death) => [death.date, death.status])).toEqual(
        Array.from({ length: KILLS }, () => [date, 'RUNNING']),
      );
      expect(new Set(crew.deaths.map(({ stage }) => stage))).toEqual(new Set(['COUNT', 'PLACE']));
      await settled();
    });

    it('are what somebody with a pencil makes them, each once', async () => {
      village.paper.evening(date);
      const became = [...village.paper.on(date)].map(([{ id = '' }, { outcome, amount, missing }]) => {
        const orderId = outcome === 'ORDERED' ? dailyOrderIdOf(id, date) : undefined;
        return [id, told({ outcome, amount, missing, orderId })] as const;
      });
      const outcomes = await outcomesOf(date);
      expect(outcomes.size).toBe(became.length);
      const wrong = became.filter(([id, expected]) => told(outcomes.get(id)) !== expected);
      expect(wrong.map(([id, expected]) => ({ id, expected, is: told(outcomes.get(id)) }))).toEqual([]);

      const items = new Map((await dairy.stored<Order>('Orders')).map((order) => [order.orderId, linesOf(order)]));
      const ordered = [...village.paper.on(date)].filter(([, { outcome }]) => outcome === 'ORDERED');
      expect(items.size).toBe(ordered.length);
      const other = ordered.filter(
        ([{ id = '' }, order]) => items.get(dailyOrderIdOf(id, date)) !== linesOf(order, 100),
      );
      expect(other).toEqual([]);
    });

    it('leave goods, money and facts as they should be', () => expectLaws());

    it('stay as they are when they are run again', async () => {
      const before = await leftBehind(all);
      expect((await run(api, date)).status).toBe(202);
      expect(await completed(date)).toMatchObject({ round: 2 });
      await settled();
      expect(await leftBehind(all)).toEqual(before);
    });
  });

  describe('that two begin at once, while customers pause and top up', () => {
    let next: LocalDate;
    let begun: Reply[];
    let paused: Reply[];
    let outcomes: Map<string, Outcome>;
    const inTime = 15;

    const pauseOf = ({ userId, subscriptionId }: (typeof pausers)[number]) =>
      dairy.as('CUSTOMER', api, userId).post('/subscription/pause', { subscriptionId, from: next, to: next });
    const topUpOf = ({ userId }: (typeof savers)[number]) =>
      dairy.as('CUSTOMER', api, userId).post('/wallet/topup', { amount: TOP_UP, paymentMethod: 'UPI' });
    const sooner = <T>(people: readonly T[], ask: (person: T) => Promise<Reply>) =>
      Promise.all(
        people.map(async (person) => {
          await pause(chance.between(0, RACING_MILLISECONDS));
          return ask(person);
        }),
      );

    /** Those who know that it is nine begin; those who ask the api, which hears of it within a second, race with them. */
    beforeAll(async () => {
      next = addDays(date, 1);
      await put(addMinutes(cutoffOf(next), -1));
      await settled();
      const early = await Promise.all(pausers.slice(0, inTime).map(pauseOf));
      const rich = await Promise.all(savers.slice(0, inTime).map(topUpOf));

      crew.delayMilliseconds = 300;
      const racing = sooner(pausers.slice(inTime, -inTime), pauseOf);
      const saving = sooner(savers.slice(inTime, 2 * inTime), topUpOf);
      await Promise.all(crew.programs.map((it) => admin.at(it).put('/admin/clock', { now: cutoffOf(next) })));
      begun = await Promise.all(crew.programs.map((program) => run(program, next)));
      rich.push(...(await saving));
      const raced = await racing;
      await completed(next);
      const late = await Promise.all(pausers.slice(-inTime).map(pauseOf));
      paused = [...early, ...raced, ...late];
      crew.delayMilliseconds = 0;

      await put(addMinutes(cutoffOf(next), 3));
      await settled();
      const [, ...lastMinute] = await Promise.all([
        put(calendar.at(next, '04:00')),
        sooner(savers.slice(2 * inTime, 3 * inTime), topUpOf),
      ]);
      rich.push(...lastMinute.flat());
      expect(rich.map(({ status, body }) => [status, body.status])).toEqual(rich.map(() => [201, 'SUCCESS']));
      await settled();
      outcomes = await outcomesOf(next);
    });

    it('are one run', async () => {
      expect(begun.map(({ status, body }) => [status, body.date])).toEqual(crew.programs.map(() => [202, next]));
      const runs = (await dairy.stored<Run>('GenerationRuns')).filter((one) => one.date === next);
      expect(runs).toMatchObject([{ status: 'COMPLETED', faults: 0 }]);
    });

    it('honour every pause that was accepted, and the others were told', () => {
      const stories = pausers.map(({ subscriptionId }, index) => {
        const { status, body } = paused[index] as Reply;
        const answer = status === 200 ? 'accepted' : `${body.code} ${body.firstOpenDate > next}`;
        return `${answer}: ${outcomes.get(subscriptionId)?.outcome}`;
      });
      const fair = ['accepted: PAUSED', 'subscription.cutoff_passed true: ORDERED'];
      expect([...new Set(stories)].sort()).toEqual(fair);
    });

    it('are of those who can pay, to the rupee', async () => {
      const wallets = new Map(
        (await dairy.stored<{ userId: string; balance: number }>('Wallets')).map((one) => [one.userId, one.balance]),
      );
      const stories = savers.map(({ userId, subscriptionId }, index) => {
        const outcome = outcomes.get(subscriptionId)?.outcome;
        const isExact =
          wallets.get(userId) === 100 * ((index < 3 * inTime ? TOP_UP : 0) - (outcome === 'ORDERED' ? MILK : 0));
        return `${outcome} ${isExact}`;
      });
      expect(new Set(stories.slice(0, 2 * inTime))).toEqual(new Set(['ORDERED true']));
      for (const story of stories.slice(2 * inTime, 3 * inTime))
        expect(['ORDERED true', 'SHORT_BALANCE true']).toContain(story);
      expect(new Set(stories.slice(3 * inTime))).toEqual(new Set(['SHORT_BALANCE true']));
    });

    it('leave goods, money and facts as they should be', () => expectLaws());
  });
});

function told({ outcome, amount, missing = [], orderId }: Partial<Outcome> = {}): string {
  return [outcome, amount, orderId, ...missing.map(({ productId, qty }) => `${productId} ${qty}`).sort()].join();
}

function linesOf({ items }: { readonly items: readonly Line[] }, factor = 1): string {
  return items
    .map(({ productId, qty, price }) => `${productId} ${qty} ${price * factor}`)
    .sort()
    .join();
}
