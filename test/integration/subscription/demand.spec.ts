import { JobRunner } from '../../../src/platform/jobs/job-runner';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct } from '../../support/fixtures/order-steps';
import { aSubscription, startDairy, type SubscriptionBody } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { advanceTo, GENERATION_TIME } from '../generation/generation-run';

interface Row {
  readonly date: string;
  readonly productId: string;
  readonly units: number;
}

describe('the demand forecast', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;

  beforeAll(async () => {
    ({ app, clock } = await startDairy());
    await aProduct(app, { productId: 'PANEER', price: 70, stock: 0 });
    const asha = app.as('CUSTOMER');
    const change = (path: string, { subscriptionId }: SubscriptionBody, body: object) =>
      asha.post(`/subscription/${path}`, { subscriptionId, ...body }).expect(200);
    const daily = await aSubscription(asha);
    await change('skip', daily, { date: '2026-12-03' });
    await change('override', daily, { date: '2026-12-05', items: [{ productId: 'CURD', qty: 4 }] });
    await change('pause', daily, { from: '2026-12-07', to: '2026-12-08' });
    await aSubscription(app.as('CUSTOMER'), { frequency: { weekdays: { WED: 1, SAT: 3 } }, paymentMethod: 'WALLET' });
    await aSubscription(app.as('CUSTOMER'), { items: [{ productId: 'PANEER', qty: 1 }], endDate: '2026-12-02' });
    await app.as('ADMIN').patch('/product/update', { productId: 'PANEER', active: false }).expect(200);
  });
  afterAll(() => app.stop());

  const demand = (range: object = {}) => app.as('ADMIN').get('/admin/demand', { ...range });
  const shortly = (rows: unknown) => (rows as Row[]).map(({ date, productId, units }) => [date, productId, units]);

  const WEEK = [
    ['2026-12-02', 'MILK', 4],
    ['2026-12-02', 'PANEER', 1],
    ['2026-12-04', 'MILK', 2],
    ['2026-12-05', 'CURD', 4],
    ['2026-12-05', 'MILK', 6],
    ['2026-12-06', 'MILK', 2],
  ];

  it('is everything due except pauses and skips, regardless of stock and wallets', async () => {
    const { body } = await demand({ from: '2026-12-02', to: '2026-12-08' }).expect(200);
    expect(shortly(body)).toEqual(WEEK);
    expect((body as Row[]).slice(0, 2)).toEqual([
      { date: '2026-12-02', productId: 'MILK', name: 'Product MILK', units: 4, available: true },
      { date: '2026-12-02', productId: 'PANEER', name: 'Product PANEER', units: 1, available: false },
    ]);
  });

  it('covers a week from tomorrow by default', async () => {
    expect(shortly((await demand().expect(200)).body)).toEqual(WEEK);
    expect(shortly((await demand({ from: '2026-12-30' }).expect(200)).body).at(-1)).toEqual(['2027-01-05', 'MILK', 2]);
    expect(shortly((await demand({ to: '2026-12-02' }).expect(200)).body)).toEqual(WEEK.slice(0, 2));
    expect((await demand({ to: '2026-12-01' }).expect(200)).body).toEqual([]);
  });

  it('is a file for a spreadsheet too', async () => {
    const { text, headers } = await demand({ from: '2026-12-02', to: '2026-12-02', format: 'csv' }).expect(200);
    expect(headers['content-disposition']).toContain('demand-2026-12-02-2026-12-02.csv');
    expect(text).toBe(
      '\uFEFFdate,productId,name,units,available\n' +
        '2026-12-02,MILK,Product MILK,4,true\n2026-12-02,PANEER,Product PANEER,1,false\n',
    );
  });

  it('stays the same after generation', async () => {
    await advanceTo(app, clock, GENERATION_TIME);
    expect(shortly((await demand({ to: '2026-12-08' }).expect(200)).body)).toEqual(WEEK);
  });

  it.each([
    [{ from: '2026-11-30' }, 'from', '2026-12-01'],
    [{ from: '2026-12-05', to: '2026-12-04' }, 'to', 'before from'],
    [{ from: '2026-12-01', to: '2027-01-01' }, 'to', 'the range may have at most 31 days, not 32'],
    [{ from: '2027-12-01', to: '2027-12-31' }, 'to', '2027-12-02'],
    [{ from: '2026-02-30' }, 'from', 'a date'],
    [{ to: 'later' }, 'to', 'a date'],
    [{ days: 3 }, 'days', ''],
  ])('refuses %p', async (range, field, hint) => {
    const { body } = await demand(range).expect(400);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ field }] });
    expect(body.detail).toContain(hint);
  });

  it('answers 202 when it takes too long', async () => {
    const jobs = app.get<JobRunner>(JobRunner);
    const { waitMilliseconds } = jobs;
    Object.assign(jobs, { waitMilliseconds: 0 });
    const { headers } = await demand({ from: '2026-12-02' }).expect(202);
    expect(headers).toMatchObject({ 'retry-after': '5' });
    Object.assign(jobs, { waitMilliseconds });
    expect(shortly((await demand({ from: '2026-12-02' }).expect(200)).body)).toEqual(WEEK);
  });
});
