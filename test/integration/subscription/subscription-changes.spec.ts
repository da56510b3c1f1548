import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { startDairy, Subscriber, type SubscriptionBody, TUESDAY_MORNING } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';

const ONE_CURD = [{ productId: 'CURD', qty: 1 }];
const BEFORE_CUTOFF = '2026-12-01T15:29:59Z';
const CUTOFF = '2026-12-01T15:30:00Z';

describe('changing a subscription', () => {
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

  describe('in its terms', () => {
    it('applies from the first open date, and keeps the old terms before it', async () => {
      const subscription = await asha.subscribe();
      clock.set('2026-12-03T15:30:00Z');
      const updated = await asha.applyChange('update', subscription, {
        items: ONE_CURD,
        frequency: 'ALTERNATE_DAYS',
        deliverySlot: '07:15',
        address: '1 New Street',
        paymentMethod: 'WALLET',
      });
      expect(updated).toMatchObject({
        effectiveFrom: '2026-12-05',
        nextDeliveryDate: '2026-12-05',
        items: ONE_CURD,
        frequency: 'ALTERNATE_DAYS',
        deliverySlot: '07:15',
        address: '1 New Street',
        paymentMethod: 'WALLET',
        version: 2,
      });
      const { body } = await asha.client.get(`/subscription/${subscription.subscriptionId}/calendar`, {
        from: '2026-12-03',
        to: '2026-12-07',
      });
      expect((body as SubscriptionBody[]).map(({ outcome, amount }) => [outcome, amount])).toEqual([
        ['DUE', 60],
        ['DUE', 60],
        ['DUE', 20],
        ['NOT_DUE', 0],
        ['DUE', 20],
      ]);
      expect(await asha.eventsOf(subscription, 'subscription.updated')).toEqual([
        expect.objectContaining({
          changed: ['items', 'frequency', 'deliverySlot', 'address', 'paymentMethod'],
          effectiveFrom: '2026-12-05',
        }),
      ]);
    });

    it('keeps the count of a frequency unless the frequency changes', async () => {
      const subscription = await asha.subscribe({ frequency: 'ALTERNATE_DAYS' });
      clock.set('2026-12-02T04:30:00Z');
      await asha.applyChange('update', subscription, { items: ONE_CURD, frequency: 'ALTERNATE_DAYS' });
      expect(await asha.outcomes(subscription, '2026-12-03', '2026-12-04')).toEqual({
        '2026-12-03': 'NOT_DUE',
        '2026-12-04': 'DUE',
      });
      await asha.applyChange('update', subscription, { frequency: { everyNDays: 3 } });
      expect(await asha.outcomes(subscription, '2026-12-03', '2026-12-06')).toEqual({
        '2026-12-03': 'DUE',
        '2026-12-04': 'NOT_DUE',
        '2026-12-05': 'NOT_DUE',
        '2026-12-06': 'DUE',
      });
      const back = await asha.applyChange('update', subscription, { frequency: 'ALTERNATE_DAYS' });
      expect(back).toMatchObject({ effectiveFrom: '2026-12-03', nextDeliveryDate: '2026-12-04', version: 4 });
    });

    it('applies from the start date when that is later', async () => {
      const subscription = await asha.subscribe({ startDate: '2026-12-10', frequency: 'ALTERNATE_DAYS' });
      const updated = await asha.applyChange('update', subscription, { frequency: { weekdays: { SUN: 3 } } });
      expect(updated).toMatchObject({ effectiveFrom: '2026-12-10', nextDeliveryDate: '2026-12-13' });
    });

    it('changes and removes the end date', async () => {
      const subscription = await asha.subscribe({ endDate: '2026-12-10' });
      expect(await asha.applyChange('update', subscription, { endDate: '2026-12-20' })).toMatchObject({
        endDate: '2026-12-20',
      });
      const invalid = { status: 400, code: 'request.invalid' };
      for (const endDate of ['', '2026-02-30', 'never', {}]) {
        await asha.expectUnchanged('update', subscription, { endDate }, invalid);
      }
      expect(await asha.applyChange('update', subscription, { endDate: null })).not.toHaveProperty('endDate');
      clock.set('2026-12-04T15:30:00Z');
      await asha.expectUnchanged(
        'update',
        subscription,
        { endDate: '2026-12-01' },
        { status: 400, code: 'request.invalid' },
      );
      const tooLate = { code: 'subscription.cutoff_passed', firstOpenDate: '2026-12-06' };
      await asha.expectUnchanged('update', subscription, { endDate: '2026-12-04' }, tooLate);
      const last = await asha.applyChange('update', subscription, { endDate: '2026-12-05' });
      expect(last).toMatchObject({ status: 'ACTIVE', endDate: '2026-12-05' });
      expect(last).not.toHaveProperty('nextDeliveryDate');
      expect(await asha.outcomes(subscription, '2026-12-05', '2026-12-06')).toEqual({
        '2026-12-05': 'DUE',
        '2026-12-06': 'ENDED',
      });
    });

    it('refuses invalid changes', async () => {
      const subscription = await asha.subscribe({ items: [{ productId: 'MILK', qty: 400 }], paymentMethod: 'WALLET' });
      await asha.expectUnchanged(
        'update',
        subscription,
        {},
        { status: 400, detail: expect.stringMatching(/changes nothing/) },
      );
      await asha.expectUnchanged('update', subscription, { frequency: { weekdays: { MON: 3 } } }, { status: 400 });
      await asha.expectUnchanged('update', subscription, { frequency: { everyNDays: 0 } }, { status: 400 });
      await asha.expectUnchanged('update', subscription, { address: null }, { status: 400 });
      await asha.expectUnchanged('update', subscription, { startDate: '2026-12-05' }, { status: 400 });
      await asha.expectUnchanged(
        'update',
        subscription,
        { items: [{ productId: 'NONE', qty: 1 }] },
        { code: 'product.not_found' },
      );
    });

    it('honours If-Match, and publishes no event without a change', async () => {
      const subscription = await asha.subscribe();
      const send = (tag: string, deliverySlot: string) =>
        asha.change('update', subscription, { deliverySlot }).set('If-Match', tag);
      const { headers } = await send('"1"', '07:00').expect(200);
      expect(headers.etag).toBe('"2"');
      expect((await send('"1"', '08:00').expect(412)).body.code).toBe('request.stale');
      await asha.expectUnchanged(
        'update',
        subscription,
        { deliverySlot: '07:00' },
        { version: 2, deliverySlot: '07:00' },
      );
      expect(await asha.eventsOf(subscription, 'subscription.updated')).toHaveLength(1);
    });
  });

  describe('by cancelling', () => {
    it('ends the subscription for good, from the first open date on', async () => {
      const subscription = await asha.subscribe();
      clock.set(CUTOFF);
      const cancelled = await asha.applyChange('cancel', subscription);
      expect(cancelled).toMatchObject({ status: 'CANCELLED', cancelledFrom: '2026-12-03', version: 2 });
      expect(cancelled).not.toHaveProperty('nextDeliveryDate');
      expect(await asha.outcomes(subscription, '2026-12-02', '2026-12-03')).toEqual({
        '2026-12-02': 'DUE',
        '2026-12-03': 'ENDED',
      });
      expect(await asha.eventsOf(subscription, 'subscription.cancelled')).toEqual([
        expect.objectContaining({ userId: asha.client.userId, from: '2026-12-03' }),
      ]);
      const ended = { code: 'subscription.ended', subscriptionStatus: 'CANCELLED' };
      await asha.expectUnchanged('cancel', subscription, {}, ended);
      await asha.expectUnchanged('update', subscription, { deliverySlot: '07:00' }, ended);
      await asha.expectUnchanged('resume', subscription, {}, ended);
      await asha.expectUnchanged('skip', subscription, { date: '2026-12-05' }, ended);
    });

    it('is not possible once it has ended', async () => {
      const subscription = await asha.subscribe({ endDate: '2026-12-03' });
      clock.set('2026-12-03T15:29:59Z');
      await asha.applyChange('update', subscription, { deliverySlot: '07:00' });
      clock.set('2026-12-03T15:30:00Z');
      const ended = { code: 'subscription.ended', subscriptionStatus: 'ENDED' };
      await asha.expectUnchanged('cancel', subscription, {}, ended);
      await asha.expectUnchanged('update', subscription, { endDate: '2026-12-31' }, ended);
    });
  });

  it.each([
    ['pause', { from: '2026-12-02', to: '2026-12-02' }, 'PAUSED'],
    ['skip', { date: '2026-12-02' }, 'SKIPPED'],
    ['override', { date: '2026-12-02', items: ONE_CURD }, 'DUE'],
    ['unskip', { date: '2026-12-02' }, 'DUE'],
  ])('accepts a %s until the second before the cutoff', async (path, body, outcome) => {
    const subscription = await asha.subscribe();
    if (path === 'unskip') await asha.applyChange('skip', subscription, { date: '2026-12-02' });
    clock.set(CUTOFF);
    const tooLate = { status: 409, code: 'subscription.cutoff_passed', firstOpenDate: '2026-12-03' };
    await asha.expectUnchanged(path, subscription, body, tooLate);
    clock.set(BEFORE_CUTOFF);
    await asha.applyChange(path, subscription, body);
    expect(await asha.outcomes(subscription, '2026-12-02')).toEqual({ '2026-12-02': outcome });
    clock.set('2026-12-05T04:30:00Z');
    await asha.expectUnchanged(path, subscription, body, { ...tooLate, firstOpenDate: '2026-12-06' });
  });

  it.each([
    ['pause', { from: '2026-12-03' }],
    ['resume', {}],
    ['skip', { date: '2026-12-05' }],
    ['unskip', { date: '2026-12-04' }],
    ['override', { date: '2026-12-05', items: ONE_CURD }],
    ['cancel', {}],
  ])('makes a %s once under one idempotency key', async (path, body) => {
    const subscription = await asha.subscribe();
    await asha.applyChange('skip', subscription, { date: '2026-12-04' });
    if (path === 'resume') await asha.applyChange('pause', subscription, { from: '2026-12-02' });
    const { version } = await asha.get(subscription);
    const key = `${path}-once`;
    const first = await asha.change(path, subscription, body).set('Idempotency-Key', key).expect(200);
    const again = await asha.change(path, subscription, body).set('Idempotency-Key', key).expect(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect((await asha.get(subscription)).version).toBe(version + 1);
    const other = { ...body, subscriptionId: 'S1' };
    expect(
      (await asha.client.post(`/subscription/${path}`, other).set('Idempotency-Key', key).expect(422)).body.code,
    ).toBe('idempotency.key_reused');
  });

  it('replays the response of a change without effect, even much later', async () => {
    const subscription = await asha.subscribe();
    await asha.applyChange('pause', subscription, { from: '2026-12-03', to: '2026-12-09' });
    const send = () =>
      asha.change('pause', subscription, { from: '2026-12-04', to: '2026-12-05' }).set('Idempotency-Key', 'nothing');
    const first = await send().expect(200);
    await asha.applyChange('resume', subscription, { from: '2026-12-03' });
    expect((await send().expect(200)).body).toEqual(first.body);
    expect((await asha.get(subscription)).pauses).toEqual([]);
  });

  it('drops old pauses and exceptions without affecting other dates', async () => {
    const subscription = await asha.subscribe();
    await asha.applyChange('pause', subscription, { from: '2026-12-03', to: '2026-12-04' });
    await asha.applyChange('skip', subscription, { date: '2026-12-05' });
    await asha.applyChange('update', subscription, { items: ONE_CURD });
    clock.set('2026-12-04T04:30:00Z');
    await asha.applyChange('update', subscription, { frequency: 'ALTERNATE_DAYS' });
    clock.set('2026-12-20T04:30:00Z');
    const from = '2026-12-12';
    const before = await asha.outcomes(subscription, from, '2026-12-31');
    const later = await asha.applyChange('skip', subscription, { date: '2026-12-31' });
    expect(later).toMatchObject({ pauses: [], exceptions: [{ date: '2026-12-31' }] });
    expect((await asha.stored(subscription))?.terms).toHaveLength(1);
    expect(await asha.outcomes(subscription, from, '2026-12-31')).toEqual({ ...before, '2026-12-31': 'SKIPPED' });
  });
});
