import { addDays } from '../../../src/kernel/calendar';
import { newRun } from '../../../src/modules/generation/domain/run';
import { runTable } from '../../../src/modules/generation/generation.schema';
import { Scheduler } from '../../../src/modules/scheduler';
import { SUBSCRIPTION_PARTITIONS } from '../../../src/modules/subscription/domain/ids';
import { Database } from '../../../src/platform/dynamo/database';
import { put } from '../../../src/platform/dynamo/write';
import { IdleMonitor } from '../../../src/platform/idle-monitor';
import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import type { TestUser } from '../../support/fixtures/order-steps';
import {
  aSubscription,
  calendarOutcomes,
  startDairy,
  type SubscriptionBody,
} from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';
import { advanceTo, GENERATION_TIME, generationReport, orderOn, WEDNESDAY } from './generation-run';

describe('the schedule of the daily orders', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  let asha: TestUser;
  let morning: SubscriptionBody;
  let evening: SubscriptionBody;
  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy());
    asha = app.as('CUSTOMER');
    morning = await aSubscription(asha);
    evening = await aSubscription(asha, { deliverySlot: '20:00' });
  });
  afterAll(() => app.stop());

  const run = (date: string) => app.as('ADMIN').post('/admin/generation/run', { date });

  it.each([
    ['before the cutoff', '2026-12-02', 409, 'generation.too_early'],
    ['for a date before the dairy opened', '2026-11-30', 409, 'generation.too_late'],
    ['for an invalid date', '2026-02-30', 400, 'request.invalid'],
  ])('refuses a run by hand %s', async (_, date, status, code) => {
    expect((await run(date).expect(status)).body.code).toBe(code);
    expect((await app.as('ADMIN').get('/admin/generation/2026-12-02').expect(404)).body.code).toBe(
      'generation.not_found',
    );
  });

  const areOnlyOrdersPending = async () =>
    (await app.get<IdleMonitor>(IdleMonitor).findBusyComponent()) === 'daily orders';

  it('lets only admins start and see runs', async () => {
    expect((await asha.post('/admin/generation/run', { date: WEDNESDAY }).expect(403)).body.code).toBe(
      'auth.forbidden',
    );
    await asha.get(`/admin/generation/${WEDNESDAY}`).expect(403);
    await app.as('ADMIN').get('/admin/generation/soon').expect(400);
  });

  it('places no orders until two minutes after the cutoff, when all changes are stored', async () => {
    await advanceTo(app, clock, '2026-12-01T15:31:59Z');
    expect(await orderOn(asha, morning)).toBeUndefined();
    expect(await app.get<IdleMonitor>(IdleMonitor).findBusyComponent()).toBeUndefined();
  });

  it('reports the program as busy until due orders are placed', async () => {
    clock.set(GENERATION_TIME);
    await waitUntil('only the orders to be pending', areOnlyOrdersPending);
    await app.get<Scheduler>(Scheduler).runDueTasks();
    await app.settled();
    expect(await app.get<IdleMonitor>(IdleMonitor).findBusyComponent()).toBeUndefined();
    expect(await orderOn(asha, morning)).toMatchObject({ status: 'CONFIRMED' });
  });

  it('catches up on missed dates in order, and tells customers what can no longer be delivered in time', async () => {
    // Saturday noon in Kolkata: no scheduler has run since Tuesday evening.
    await advanceTo(app, clock, '2026-12-05T06:30:00Z');
    const range = ['2026-12-02', '2026-12-06'] as const;
    expect(await calendarOutcomes(asha, morning, ...range)).toEqual({
      '2026-12-02': 'ORDERED',
      '2026-12-03': 'MISSED',
      '2026-12-04': 'MISSED',
      '2026-12-05': 'MISSED',
      '2026-12-06': 'DUE',
    });
    expect(await calendarOutcomes(asha, evening, ...range)).toMatchObject({
      '2026-12-03': 'MISSED',
      '2026-12-04': 'MISSED',
      '2026-12-05': 'ORDERED',
    });
    expect((await generationReport(app, '2026-12-04')).counts).toMatchObject({ MISSED: 2, ORDERED: 0 });
    const skipped = recorder.ofType('subscription.occurrence_skipped');
    expect(skipped).toHaveLength(5);
    expect(skipped).toContainEqual(
      expect.objectContaining({ date: '2026-12-04', reason: 'MISSED', userId: asha.userId }),
    );
  });

  it('catches up on at most a week', async () => {
    await advanceTo(app, clock, '2026-12-20T06:30:00Z');
    await app.as('ADMIN').get('/admin/generation/2026-12-12').expect(404);
    expect((await generationReport(app, '2026-12-13')).counts).toMatchObject({ MISSED: 2 });
    expect((await generationReport(app, '2026-12-20')).counts).toMatchObject({ MISSED: 1, ORDERED: 1 });
    expect(await calendarOutcomes(asha, morning, '2026-12-12')).toEqual({ '2026-12-12': 'MISSED' });
    expect((await run('2026-12-12').expect(409)).body.code).toBe('generation.too_late');
  });

  it('resumes a stalled run on schedule after a minute, and by hand immediately', async () => {
    const database = app.get<Database>(Database);
    const lost = (date: string, movedAt: number) =>
      database.write(
        put(database.tableName(runTable), {
          calendar: 'daily',
          ...newRun(date, SUBSCRIPTION_PARTITIONS.length, `${addDays(date, -1)}T15:32:00Z`, movedAt),
        }),
      );
    const status = async (date: string) => (await generationReport(app, date)).status;
    await lost('2026-12-21', app.clock.realNow());
    await advanceTo(app, clock, '2026-12-20T15:32:00Z');
    expect(await status('2026-12-21')).toBe('RUNNING');
    await run('2026-12-21').expect(202);
    await app.settled();
    expect(await status('2026-12-21')).toBe('COMPLETED');

    await lost('2026-12-22', app.clock.realNow() - 61_000);
    await advanceTo(app, clock, '2026-12-21T15:32:00Z');
    expect(await status('2026-12-22')).toBe('COMPLETED');

    // A later date that is requested by hand waits for the earlier one.
    await lost('2026-12-23', app.clock.realNow());
    clock.set('2026-12-23T15:30:30Z');
    expect((await run('2026-12-24').expect(202)).body).toMatchObject({ date: '2026-12-24', status: 'RUNNING' });
    expect(await status('2026-12-24')).toBe('RUNNING');
    await waitUntil('only the orders to be pending', areOnlyOrdersPending);
    await run('2026-12-23').expect(202);
    await app.settled();
    expect(await status('2026-12-24')).toBe('COMPLETED');
    expect(await orderOn(asha, morning, '2026-12-24')).toMatchObject({ status: 'CONFIRMED' });

    // The date is too long ago to be caught up, but its run has been started.
    await lost('2026-12-12', 0);
    await app.get<Scheduler>(Scheduler).runDueTasks();
    await app.settled();
    expect(await status('2026-12-12')).toBe('COMPLETED');
  });

  it('repeats the runs of dates to which the clock was set back', async () => {
    clock.set('2026-12-14T06:30:00Z');
    const late = await aSubscription(asha, { startDate: '2026-12-15' });
    await advanceTo(app, clock, '2026-12-14T15:32:00Z');
    expect(await orderOn(asha, late, '2026-12-15')).toMatchObject({ status: 'CONFIRMED' });
  });
});
