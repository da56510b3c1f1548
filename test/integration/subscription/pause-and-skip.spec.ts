import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { startDairy, Subscriber, TUESDAY_MORNING } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';

const ONE_CURD = [{ productId: 'CURD', qty: 1 }];

describe('pauses and exceptions', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  let asha: Subscriber;
  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy());
  });
  beforeEach(() => {
    clock.set(TUESDAY_MORNING);
    asha = new Subscriber(app, recorder);
  });
  afterAll(() => app.stop());

  describe('a pause', () => {
    it('stops deliveries on both bounds and between them, and ends automatically', async () => {
      const subscription = await asha.subscribe();
      const paused = await asha.applyChange('pause', subscription, { from: '2026-12-03', to: '2026-12-04' });
      expect(paused).toMatchObject({
        status: 'ACTIVE',
        nextDeliveryDate: '2026-12-02',
        pauses: [{ from: '2026-12-03', to: '2026-12-04' }],
      });
      expect(await asha.outcomes(subscription, '2026-12-02', '2026-12-05')).toEqual({
        '2026-12-02': 'DUE',
        '2026-12-03': 'PAUSED',
        '2026-12-04': 'PAUSED',
        '2026-12-05': 'DUE',
      });
      clock.set('2026-12-02T04:30:00Z');
      expect(await asha.get(subscription)).toMatchObject({ status: 'PAUSED', nextDeliveryDate: '2026-12-05' });
      clock.set('2026-12-04T18:29:59Z');
      expect(await asha.get(subscription)).toMatchObject({ status: 'PAUSED' });
      clock.set('2026-12-04T18:30:00Z');
      expect(await asha.get(subscription)).toMatchObject({ status: 'ACTIVE' });
      const [event] = await asha.eventsOf(subscription, 'subscription.paused');
      expect(event).toMatchObject({ userId: asha.client.userId, from: '2026-12-03', to: '2026-12-04' });
    });

    it('without an end lasts until the subscription is resumed', async () => {
      const subscription = await asha.subscribe();
      const paused = await asha.applyChange('pause', subscription, { from: '2026-12-02' });
      expect(paused).toMatchObject({ status: 'PAUSED', pauses: [{ from: '2026-12-02' }] });
      expect(paused).not.toHaveProperty('nextDeliveryDate');
      clock.set('2026-12-05T15:30:00Z');
      const resumed = await asha.applyChange('resume', subscription);
      expect(resumed).toMatchObject({
        status: 'PAUSED',
        nextDeliveryDate: '2026-12-07',
        pauses: [{ from: '2026-12-02', to: '2026-12-06' }],
      });
      expect(await asha.eventsOf(subscription, 'subscription.resumed')).toEqual([
        expect.objectContaining({ from: '2026-12-07' }),
      ]);
      clock.set('2026-12-06T18:30:00Z');
      expect(await asha.get(subscription)).toMatchObject({ status: 'ACTIVE' });
    });

    it('is merged with pauses that overlap or adjoin it', async () => {
      const subscription = await asha.subscribe();
      await asha.applyChange('pause', subscription, { from: '2026-12-10', to: '2026-12-12' });
      await asha.applyChange('pause', subscription, { from: '2026-12-20', to: '2026-12-22' });
      await asha.applyChange('pause', subscription, { from: '2026-12-13', to: '2026-12-15' });
      const merged = await asha.applyChange('pause', subscription, { from: '2026-12-11', to: '2026-12-18' });
      expect(merged.pauses).toEqual([
        { from: '2026-12-10', to: '2026-12-18' },
        { from: '2026-12-20', to: '2026-12-22' },
      ]);
      await asha.expectUnchanged(
        'pause',
        subscription,
        { from: '2026-12-21', to: '2026-12-22' },
        { version: merged.version },
      );
      expect(await asha.eventsOf(subscription, 'subscription.paused')).toHaveLength(4);
    });

    it('that has not started is removed by its first date', async () => {
      const subscription = await asha.subscribe();
      await asha.applyChange('pause', subscription, { from: '2026-12-10', to: '2026-12-12' });
      const none = { code: 'subscription.not_paused', pauses: [{ from: '2026-12-10', to: '2026-12-12' }] };
      await asha.expectUnchanged('resume', subscription, {}, none);
      await asha.expectUnchanged('resume', subscription, { from: '2026-12-11' }, none);
      expect(await asha.applyChange('resume', subscription, { from: '2026-12-10' })).toMatchObject({ pauses: [] });
      await asha.expectUnchanged('resume', subscription, {}, { code: 'subscription.not_paused', pauses: [] });
    });

    it('that ends today needs no resume', async () => {
      const subscription = await asha.subscribe();
      await asha.applyChange('pause', subscription, { from: '2026-12-02', to: '2026-12-03' });
      clock.set('2026-12-03T04:30:00Z');
      await asha.expectUnchanged(
        'resume',
        subscription,
        {},
        { status: 'PAUSED', nextDeliveryDate: '2026-12-04', version: 2 },
      );
      expect(await asha.eventsOf(subscription, 'subscription.resumed')).toEqual([]);
    });

    it('is refused if its range is reversed, or as the fifty-first', async () => {
      const subscription = await asha.subscribe();
      await asha.expectUnchanged(
        'pause',
        subscription,
        { from: '2026-12-05', to: '2026-12-04' },
        { code: 'request.invalid' },
      );
      await asha.expectUnchanged(
        'pause',
        subscription,
        { from: '2026-12-05', to: '2026-13-01' },
        { code: 'request.invalid' },
      );
      for (let n = 0; n < 50; n++) {
        const date = `2027-${String(1 + Math.floor(n / 10)).padStart(2, '0')}-${10 + (n % 10) * 2}`.slice(0, 10);
        await asha.change('pause', subscription, { from: date, to: date }).expect(200);
      }
      const tooMany = { status: 409, code: 'subscription.too_many_pauses', atMost: 50 };
      await asha.expectUnchanged('pause', subscription, { from: '2028-01-01', to: '2028-01-02' }, tooMany);
      const joined = await asha.applyChange('pause', subscription, { from: '2027-01-01', to: '2027-12-31' });
      expect(joined.pauses).toHaveLength(1);
    });
  });

  describe('a single date', () => {
    it('is skipped, and is delivered again after the skip is undone', async () => {
      const subscription = await asha.subscribe();
      const skipped = await asha.applyChange('skip', subscription, { date: '2026-12-02' });
      expect(skipped).toMatchObject({
        status: 'ACTIVE',
        nextDeliveryDate: '2026-12-03',
        exceptions: [{ date: '2026-12-02', skipped: true, items: [] }],
      });
      expect(await asha.outcomes(subscription, '2026-12-02')).toEqual({ '2026-12-02': 'SKIPPED' });
      await asha.expectUnchanged('skip', subscription, { date: '2026-12-02' }, { version: 2 });
      const back = await asha.applyChange('unskip', subscription, { date: '2026-12-02' });
      expect(back).toMatchObject({ nextDeliveryDate: '2026-12-02', exceptions: [], version: 3 });
      expect(await asha.eventsOf(subscription, 'subscription.skipped')).toEqual([
        expect.objectContaining({ date: '2026-12-02' }),
      ]);
    });

    it('cannot be skipped when it has no delivery, and the error names the next dates', async () => {
      const subscription = await asha.subscribe({ frequency: { weekdays: { SAT: 1 } }, endDate: '2026-12-20' });
      const notDue = (outcome: string) => ({
        status: 409,
        code: 'subscription.date_not_due',
        outcome,
        nextDueDates: ['2026-12-05', '2026-12-12', '2026-12-19'],
      });
      await asha.expectUnchanged('skip', subscription, { date: '2026-12-06' }, notDue('NOT_DUE'));
      await asha.expectUnchanged('skip', subscription, { date: '2026-12-26' }, notDue('ENDED'));
      await asha.applyChange('pause', subscription, { from: '2026-12-12', to: '2026-12-12' });
      const paused = { ...notDue('PAUSED'), nextDueDates: ['2026-12-05', '2026-12-19'] };
      await asha.expectUnchanged('skip', subscription, { date: '2026-12-12' }, paused);
      await asha.expectUnchanged('override', subscription, { date: '2026-12-12', items: ONE_CURD }, paused);
      const none = { code: 'subscription.not_skipped', exceptions: [] };
      await asha.expectUnchanged('unskip', subscription, { date: '2026-12-05' }, none);
    });

    it('can have other items, even without a regular delivery', async () => {
      const subscription = await asha.subscribe({ frequency: { weekdays: { SAT: 1 } } });
      const items = [...ONE_CURD, { productId: 'MILK', qty: 5 }, ...ONE_CURD];
      const summed = [
        { productId: 'CURD', qty: 2 },
        { productId: 'MILK', qty: 5 },
      ];
      await asha.applyChange('override', subscription, { date: '2026-12-05', items });
      const more = await asha.applyChange('override', subscription, { date: '2026-12-03', items: ONE_CURD });
      expect(more).toMatchObject({
        nextDeliveryDate: '2026-12-03',
        exceptions: [
          { date: '2026-12-03', skipped: false, items: ONE_CURD },
          { date: '2026-12-05', skipped: false, items: summed },
        ],
      });
      await asha.expectUnchanged('override', subscription, { date: '2026-12-03', items: ONE_CURD }, { version: 3 });
      expect(await asha.outcomes(subscription, '2026-12-03', '2026-12-05')).toEqual({
        '2026-12-03': 'DUE',
        '2026-12-04': 'NOT_DUE',
        '2026-12-05': 'DUE',
      });
      await asha.applyChange('skip', subscription, { date: '2026-12-05' });
      const usual = await asha.applyChange('unskip', subscription, { date: '2026-12-03' });
      expect(usual).toMatchObject({ nextDeliveryDate: '2026-12-12' });
      expect(await asha.eventsOf(subscription, 'subscription.updated')).toHaveLength(3);
    });

    it('cannot be overridden with invalid items', async () => {
      const subscription = await asha.subscribe({ startDate: '2026-12-04' });
      const at = (date: string, items: unknown) => ({ date, items });
      await asha.expectUnchanged('override', subscription, at('2026-12-05', []), { status: 400 });
      await asha.expectUnchanged('override', subscription, at('2026-12-05', [{ productId: 'MILK', qty: 0 }]), {
        status: 400,
      });
      const many = Array(2).fill({ productId: 'MILK', qty: 501 });
      await asha.expectUnchanged('override', subscription, at('2026-12-05', many), { status: 400 });
      await asha.expectUnchanged('override', subscription, at('2026-12-05', [{ productId: 'NO', qty: 1 }]), {
        status: 404,
      });
      await asha.expectUnchanged('override', subscription, at('2026-12-03', ONE_CURD), {
        code: 'subscription.date_not_due',
      });
      await asha.expectUnchanged('skip', subscription, { date: 'tomorrow' }, { status: 400 });
    });

    it('cannot be the hundred-and-first exception', async () => {
      const subscription = await asha.subscribe();
      const day = (n: number) => new Date(Date.parse('2027-01-01') + n * 86_400_000).toISOString().slice(0, 10);
      for (let n = 0; n < 100; n++) await asha.change('skip', subscription, { date: day(n) }).expect(200);
      const tooMany = { status: 409, code: 'subscription.too_many_exceptions' };
      await asha.expectUnchanged('skip', subscription, { date: day(100) }, tooMany);
      await asha.expectUnchanged('override', subscription, { date: day(100), items: ONE_CURD }, tooMany);
      await asha.applyChange('override', subscription, { date: day(99), items: ONE_CURD });
    });
  });
});
