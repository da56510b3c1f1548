import { subscribe } from '../../../src/modules/subscription/domain/lifecycle';
import { SubscriptionRepository } from '../../../src/modules/subscription/subscription.repository';
import { JobRunner } from '../../../src/platform/jobs/job-runner';
import { Transaction } from '../../../src/platform/transaction/transaction';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, customerWithBalance, type TestUser } from '../../support/fixtures/order-steps';
import {
  aSubscription,
  DAILY_SUBSCRIPTION,
  startDairy,
  type SubscriptionBody,
  TUESDAY_MORNING,
} from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { allStored, generationState } from './generation-invariants';
import { advanceTo, GENERATION_TIME, generationReport, WEDNESDAY } from './generation-run';

const ZERO_COUNTS = {
  PAUSED: 0,
  SKIPPED: 0,
  SHORT_BALANCE: 0,
  OUT_OF_STOCK: 0,
  PRODUCT_WITHDRAWN: 0,
  MISSED: 0,
  BLOCKED: 0,
};
const lineOf = (productId: string, qty = 1) => ({ productId, qty });

describe('the preview of a run', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let asha: TestUser;
  let birbal: TestUser;
  let chitra: TestUser;

  beforeAll(async () => {
    ({ app, clock } = await startDairy());
    await aProduct(app, { productId: 'GHEE', price: 90, stock: 2 });
    await aProduct(app, { productId: 'PANEER', price: 70 });
    asha = app.as('CUSTOMER');
    const at = (minute: number) => clock.set(`2026-12-01T05:${String(minute).padStart(2, '0')}:00Z`);
    const change = (path: string, { subscriptionId }: SubscriptionBody, body: object) =>
      asha.post(`/subscription/${path}`, { subscriptionId, ...body }).expect(200);

    await aSubscription(asha, { items: [lineOf('MILK', 2), lineOf('CURD'), lineOf('PANEER')] });
    await aSubscription(asha, { items: [lineOf('PANEER')] });
    await change('pause', await aSubscription(asha), { from: WEDNESDAY, to: WEDNESDAY });
    await change('skip', await aSubscription(asha), { date: WEDNESDAY });
    await change('override', await aSubscription(asha), { date: WEDNESDAY, items: [lineOf('CURD', 3)] });
    await aSubscription(asha, { frequency: { weekdays: { FRI: 1 } } });
    // The wallet covers only the first.
    const account = { name: 'Birbal', email: 'birbal@example.com', password: 'test1234' };
    const { body } = await app.http.post('/user/register', account).expect(201);
    birbal = await customerWithBalance(app, 100, app.as('CUSTOMER', (body as { userId: string }).userId));
    await aSubscription(birbal, { paymentMethod: 'WALLET' });
    await aSubscription(birbal, { paymentMethod: 'WALLET' });
    // Two GHEE are in stock. The oldest cannot pay for them after an order that is not deferred. The youngest wants two, but
    // only one is left.
    chitra = await customerWithBalance(app, 300);
    at(3);
    await aSubscription(app.as('CUSTOMER'), { items: [lineOf('GHEE'), lineOf('MILK')] });
    at(4);
    await aSubscription(app.as('CUSTOMER'), { items: [lineOf('GHEE', 2)] });
    at(2);
    await aSubscription(chitra, { paymentMethod: 'WALLET', items: [lineOf('GHEE', 2), lineOf('MILK')] });
    await aSubscription(chitra, { paymentMethod: 'WALLET', items: [lineOf('MILK', 3), lineOf('CURD')] });
    await app.as('ADMIN').patch('/product/update', { productId: 'PANEER', active: false }).expect(200);
    await app.settled();
  });
  afterAll(() => app.stop());

  const preview = (date: string) => app.as('ADMIN').get('/admin/generation/preview', { date });
  let foreseen: Record<string, unknown>;

  it('shows outcomes and units, and writes nothing', async () => {
    const before = await generationState(app);
    const { body } = await preview(WEDNESDAY).expect(200);
    foreseen = body as typeof foreseen;
    expect(foreseen).toEqual({
      date: WEDNESDAY,
      asOf: '2026-12-01T05:02:00Z',
      counts: {
        ...ZERO_COUNTS,
        ORDERED: 5,
        PAUSED: 1,
        SKIPPED: 1,
        SHORT_BALANCE: 2,
        OUT_OF_STOCK: 1,
        PRODUCT_WITHDRAWN: 1,
      },
      faults: 0,
      units: [
        { productId: 'CURD', name: 'Product CURD', units: 5 },
        { productId: 'GHEE', name: 'Product GHEE', units: 1 },
        { productId: 'MILK', name: 'Product MILK', units: 8 },
      ],
      short: [
        { subscriptionId: expect.any(String), userId: birbal.userId, name: 'Birbal', amount: 60 },
        { subscriptionId: expect.any(String), userId: chitra.userId, amount: 210 },
      ],
      usual: { runs: 0 },
    });
    expect(await generationState(app)).toEqual(before);
    for (const table of ['GenerationShards', 'GenerationAllotments', 'GenerationWaiting']) {
      expect(await allStored(app, table)).toEqual([]);
    }
  });

  it('includes a change immediately', async () => {
    const date = '2026-12-04';
    const { body: before } = await preview(date).expect(200);
    await aSubscription(app.as('CUSTOMER'), { startDate: date, items: [lineOf('MILK', 9)], endDate: date });
    const { body: after } = await preview(date).expect(200);
    expect(after.counts.ORDERED).toBe((before.counts as { ORDERED: number }).ORDERED + 1);
  });

  it('agrees with the run that follows', async () => {
    await advanceTo(app, clock, GENERATION_TIME);
    const { counts } = await generationReport(app);
    expect(counts).toEqual(foreseen.counts);
    const short = { outcome: 'SHORT_BALANCE' };
    const { body } = await app.as('ADMIN').get(`/admin/generation/${WEDNESDAY}`, short).expect(200);
    const foreseenShort = (foreseen.short as object[]).map((one) => ({ ...one, ...short }));
    for (const one of foreseenShort) expect(body.outcomes).toContainEqual(expect.objectContaining(one));
    expect(body.outcomes).toHaveLength(foreseenShort.length);
    const orders = await allStored<{ items: { productId: string; qty: number }[] }>(app, 'Orders');
    const units: Record<string, number> = {};
    for (const { productId, qty } of orders.flatMap(({ items }) => items))
      units[productId] = (units[productId] ?? 0) + qty;
    expect(Object.entries(units).sort()).toEqual(
      (foreseen.units as { productId: string; units: number }[]).map((one) => [one.productId, one.units]),
    );
  });

  it('compares the same weekday of the next week with that run', async () => {
    const { body } = await preview('2026-12-09').expect(200);
    const { usual, difference, counts } = body as Record<string, Record<string, number>>;
    expect(usual).toEqual({ runs: 1, mean: foreseen.counts });
    const usually = foreseen.counts as Record<string, number>;
    for (const [outcome, count] of Object.entries(counts ?? {})) {
      expect(difference?.[outcome]).toBe(count - (usually[outcome] ?? 0));
    }
    expect((await preview('2026-12-10').expect(200)).body).not.toHaveProperty('difference');
  });

  it('is refused for dates that have a run, can no longer get one, or are too far ahead', async () => {
    const refused = async (date: unknown, status: number) =>
      (await app.as('ADMIN').get('/admin/generation/preview', { date }).expect(status)).body as Record<string, string>;
    expect(await refused(WEDNESDAY, 409)).toMatchObject({
      code: 'generation.begun',
      detail: expect.stringContaining(`GET /admin/generation/${WEDNESDAY}`),
    });
    expect(await refused('2026-11-30', 409)).toMatchObject({ code: 'generation.too_late', first: '2026-12-01' });
    expect((await refused('2027-12-03', 400)).detail).toContain('2027-12-02');
    await preview('2027-12-02').expect(200);
    for (const wrong of ['2026-02-30', 'tomorrow', undefined]) {
      expect(await refused(wrong, 400)).toMatchObject({ code: 'request.invalid', errors: [{ field: 'date' }] });
    }
    for (const path of ['/admin/generation/preview', '/admin/demand']) {
      await asha.get(path, { date: WEDNESDAY }).expect(403);
      await app.http.get(path, { date: WEDNESDAY }).expect(401);
    }
  });

  it('spends a wallet once across all pages, and skips only a subscription that cannot be read', async () => {
    const date = '2027-01-04';
    const person = await customerWithBalance(app, 900);
    await aProduct(app, { productId: 'EGG', price: 3, stock: 10_000 });
    const draft = {
      ...DAILY_SUBSCRIPTION,
      userId: person.userId,
      items: [lineOf('EGG')],
      frequency: 'DAILY',
      paymentMethod: 'WALLET',
    };
    const days = { today: '2026-12-01', firstOpenDate: date };
    const egg = () => subscribe({ ...draft, startDate: date, endDate: date } as never, days, TUESDAY_MORNING);
    const repository = app.get<SubscriptionRepository>(SubscriptionRepository);
    for (let batch = 0; batch < 6; batch++) {
      const writes = Array.from({ length: 90 }, () => repository.create(egg()));
      await app.get<Transaction>(Transaction).commit(writes);
    }
    await app.get<Transaction>(Transaction).commit([repository.create({ ...egg(), terms: [] })]);
    const [{ body: many }, { body: before }] = [
      await preview(date).expect(200),
      await preview('2027-01-11').expect(200),
    ];
    expect(many.counts).toMatchObject({
      ORDERED: (before.counts as { ORDERED: number }).ORDERED + 300,
      SHORT_BALANCE: (before.counts as { SHORT_BALANCE: number }).SHORT_BALANCE + 240,
    });
    expect(many.faults).toBe(1);
  });

  it('answers 202 while it runs, and 200 with its result afterwards', async () => {
    const date = '2027-01-06';
    const jobs = app.get<JobRunner>(JobRunner);
    const { waitMilliseconds } = jobs;
    Object.assign(jobs, { waitMilliseconds: 0 });
    const requestedAt = clock.now();
    const { headers, body } = await preview(date).expect(202);
    expect(headers).toMatchObject({ 'retry-after': '5', location: `/admin/job/${String(body.jobId)}` });
    expect(body).toMatchObject({ status: 'RUNNING', message: expect.stringContaining('in 5 seconds') });
    Object.assign(jobs, { waitMilliseconds });
    clock.set('2026-12-01T15:40:00Z');
    expect((await preview(date).expect(200)).body).toMatchObject({ date, asOf: requestedAt });
    expect((await preview('2027-01-07').expect(200)).body).toMatchObject({ asOf: '2026-12-01T15:40:00Z' });
  });
});
