import type { TestApp } from '../../support/app';
import type { FixedClock } from '../../support/fixed-clock';
import type { Heard } from '../../support/heard';
import type { Person } from '../../support/shop';
import { aDairy, type Answer, outcomes, shown, subscribed, TUESDAY } from './subscribed';

const ONE_CURD = [{ productId: 'CURD', qty: 1 }];
const BEFORE_CUTOFF = '2026-12-01T15:29:59Z';
const CUTOFF = '2026-12-01T15:30:00Z';

describe('changing a subscription', () => {
  let app: TestApp;
  let clock: FixedClock;
  let heard: Heard;
  let asha: Person;
  beforeAll(async () => {
    ({ app, clock, heard } = await aDairy());
  });
  beforeEach(() => {
    clock.set(TUESDAY);
    asha = app.as('CUSTOMER');
  });
  afterAll(() => app.stop());

  const change = (path: string, { subscriptionId }: Answer, body: Record<string, unknown> = {}) =>
    path === 'update'
      ? asha.patch('/subscription/update', { subscriptionId, ...body })
      : asha.post(`/subscription/${path}`, { subscriptionId, ...body });
  /** The change is made; answers with the subscription, which is what one sees afterwards. */
  const done = async (path: string, subscription: Answer, body: Record<string, unknown> = {}) => {
    const answer = (await change(path, subscription, body).expect(200)).body as Answer;
    expect(await shown(asha, subscription)).toEqual(answer);
    return answer;
  };
  /** The change is refused, and nothing has changed. */
  const refused = async (path: string, subscription: Answer, body: Record<string, unknown>, problem: object) => {
    const stored = await app.stored('Subscriptions', keyOf(subscription));
    const answer = await change(path, subscription, body);
    expect(answer.body).toMatchObject(problem);
    expect(await app.stored('Subscriptions', keyOf(subscription))).toEqual(stored);
  };
  const keyOf = ({ subscriptionId }: Answer) => ({
    shard: String(Number(subscriptionId.slice(1, 3))),
    subscriptionId,
  });
  const told = async ({ subscriptionId }: Answer, type: string) => {
    await app.settled();
    return heard.ofType(type).filter((event) => 'subscriptionId' in event && event.subscriptionId === subscriptionId);
  };

  describe('its terms', () => {
    it('holds from the first open date, and closed dates keep what was', async () => {
      const subscription = await subscribed(asha);
      clock.set('2026-12-03T15:30:00Z');
      const updated = await done('update', subscription, {
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
      const { body } = await asha.get(`/subscription/${subscription.subscriptionId}/calendar`, {
        from: '2026-12-03',
        to: '2026-12-07',
      });
      expect((body as Answer[]).map(({ outcome, amount }) => [outcome, amount])).toEqual([
        ['DUE', 60],
        ['DUE', 60],
        ['DUE', 20],
        ['NOT_DUE', 0],
        ['DUE', 20],
      ]);
      expect(await told(subscription, 'subscription.updated')).toEqual([
        expect.objectContaining({
          changed: ['items', 'frequency', 'deliverySlot', 'address', 'paymentMethod'],
          effectiveFrom: '2026-12-05',
        }),
      ]);
    });

    it('counts a pattern on when only other things change, and anew when it changes', async () => {
      const subscription = await subscribed(asha, { frequency: 'ALTERNATE_DAYS' });
      clock.set('2026-12-02T04:30:00Z');
      await done('update', subscription, { items: ONE_CURD, frequency: 'ALTERNATE_DAYS' });
      expect(await outcomes(asha, subscription, '2026-12-03', '2026-12-04')).toEqual({
        '2026-12-03': 'NOT_DUE',
        '2026-12-04': 'DUE',
      });
      await done('update', subscription, { frequency: { everyNDays: 3 } });
      expect(await outcomes(asha, subscription, '2026-12-03', '2026-12-06')).toEqual({
        '2026-12-03': 'DUE',
        '2026-12-04': 'NOT_DUE',
        '2026-12-05': 'NOT_DUE',
        '2026-12-06': 'DUE',
      });
      const back = await done('update', subscription, { frequency: 'ALTERNATE_DAYS' });
      expect(back).toMatchObject({ effectiveFrom: '2026-12-03', nextDeliveryDate: '2026-12-04', version: 4 });
    });

    it('holds from the start when that is still to come', async () => {
      const subscription = await subscribed(asha, { startDate: '2026-12-10', frequency: 'ALTERNATE_DAYS' });
      const updated = await done('update', subscription, { frequency: { weekdays: { SUN: 3 } } });
      expect(updated).toMatchObject({ effectiveFrom: '2026-12-10', nextDeliveryDate: '2026-12-13' });
    });

    it('moves the end, and takes it away', async () => {
      const subscription = await subscribed(asha, { endDate: '2026-12-10' });
      expect(await done('update', subscription, { endDate: '2026-12-20' })).toMatchObject({ endDate: '2026-12-20' });
      expect(await done('update', subscription, { endDate: null })).not.toHaveProperty('endDate');
      clock.set('2026-12-04T15:30:00Z');
      await refused('update', subscription, { endDate: '2026-12-01' }, { status: 400, code: 'request.invalid' });
      const tooLate = { code: 'subscription.cutoff_passed', firstOpenDate: '2026-12-06' };
      await refused('update', subscription, { endDate: '2026-12-04' }, tooLate);
      const last = await done('update', subscription, { endDate: '2026-12-05' });
      expect(last).toMatchObject({ status: 'ACTIVE', endDate: '2026-12-05' });
      expect(last).not.toHaveProperty('nextDeliveryDate');
      expect(await outcomes(asha, subscription, '2026-12-05', '2026-12-06')).toEqual({
        '2026-12-05': 'DUE',
        '2026-12-06': 'ENDED',
      });
    });

    it('refuses what cannot be', async () => {
      const subscription = await subscribed(asha, { items: [{ productId: 'MILK', qty: 400 }] });
      await refused('update', subscription, {}, { status: 400, detail: expect.stringMatching(/say what to change/) });
      await refused('update', subscription, { frequency: { weekdays: { MON: 3 } } }, { status: 400 });
      await refused('update', subscription, { frequency: { everyNDays: 0 } }, { status: 400 });
      await refused('update', subscription, { address: null }, { status: 400 });
      await refused('update', subscription, { startDate: '2026-12-05' }, { status: 400 });
      await refused('update', subscription, { items: [{ productId: 'NONE', qty: 1 }] }, { code: 'product.not_found' });
    });

    it('honours If-Match, and is told to nobody when it changes nothing', async () => {
      const subscription = await subscribed(asha);
      const send = (tag: string, deliverySlot: string) =>
        change('update', subscription, { deliverySlot }).set('If-Match', tag);
      const { headers } = await send('"1"', '07:00').expect(200);
      expect(headers.etag).toBe('"2"');
      expect((await send('"1"', '08:00').expect(412)).body.code).toBe('request.stale');
      await refused('update', subscription, { deliverySlot: '07:00' }, { version: 2, deliverySlot: '07:00' });
      expect(await told(subscription, 'subscription.updated')).toHaveLength(1);
    });
  });

  describe('pausing', () => {
    it('holds back what would come, both ends included, and comes back by itself', async () => {
      const subscription = await subscribed(asha);
      const paused = await done('pause', subscription, { from: '2026-12-03', to: '2026-12-04' });
      expect(paused).toMatchObject({
        status: 'ACTIVE',
        nextDeliveryDate: '2026-12-02',
        pauses: [{ from: '2026-12-03', to: '2026-12-04' }],
      });
      expect(await outcomes(asha, subscription, '2026-12-02', '2026-12-05')).toEqual({
        '2026-12-02': 'DUE',
        '2026-12-03': 'PAUSED',
        '2026-12-04': 'PAUSED',
        '2026-12-05': 'DUE',
      });
      clock.set('2026-12-02T04:30:00Z');
      expect(await shown(asha, subscription)).toMatchObject({ status: 'PAUSED', nextDeliveryDate: '2026-12-05' });
      clock.set('2026-12-04T18:29:59Z');
      expect(await shown(asha, subscription)).toMatchObject({ status: 'PAUSED' });
      clock.set('2026-12-04T18:30:00Z');
      expect(await shown(asha, subscription)).toMatchObject({ status: 'ACTIVE' });
      const [event] = await told(subscription, 'subscription.paused');
      expect(event).toMatchObject({ userId: asha.userId, from: '2026-12-03', to: '2026-12-04' });
    });

    it('without an end holds until it is resumed', async () => {
      const subscription = await subscribed(asha);
      const paused = await done('pause', subscription, { from: '2026-12-02' });
      expect(paused).toMatchObject({ status: 'PAUSED', pauses: [{ from: '2026-12-02' }] });
      expect(paused).not.toHaveProperty('nextDeliveryDate');
      clock.set('2026-12-05T15:30:00Z');
      const resumed = await done('resume', subscription);
      expect(resumed).toMatchObject({
        status: 'PAUSED',
        nextDeliveryDate: '2026-12-07',
        pauses: [{ from: '2026-12-02', to: '2026-12-06' }],
      });
      expect(await told(subscription, 'subscription.resumed')).toEqual([
        expect.objectContaining({ from: '2026-12-07' }),
      ]);
      clock.set('2026-12-06T18:30:00Z');
      expect(await shown(asha, subscription)).toMatchObject({ status: 'ACTIVE' });
    });

    it('merges what overlaps or touches', async () => {
      const subscription = await subscribed(asha);
      await done('pause', subscription, { from: '2026-12-10', to: '2026-12-12' });
      await done('pause', subscription, { from: '2026-12-20', to: '2026-12-22' });
      await done('pause', subscription, { from: '2026-12-13', to: '2026-12-15' });
      const merged = await done('pause', subscription, { from: '2026-12-11', to: '2026-12-18' });
      expect(merged.pauses).toEqual([
        { from: '2026-12-10', to: '2026-12-18' },
        { from: '2026-12-20', to: '2026-12-22' },
      ]);
      await refused('pause', subscription, { from: '2026-12-21', to: '2026-12-22' }, { version: merged.version });
      expect(await told(subscription, 'subscription.paused')).toHaveLength(4);
    });

    it('withdraws a planned one by its first date', async () => {
      const subscription = await subscribed(asha);
      await done('pause', subscription, { from: '2026-12-10', to: '2026-12-12' });
      const none = { code: 'subscription.not_paused', pauses: [{ from: '2026-12-10', to: '2026-12-12' }] };
      await refused('resume', subscription, {}, none);
      await refused('resume', subscription, { from: '2026-12-11' }, none);
      expect(await done('resume', subscription, { from: '2026-12-10' })).toMatchObject({ pauses: [] });
      await refused('resume', subscription, {}, { code: 'subscription.not_paused', pauses: [] });
    });

    it('that is over today needs no resuming', async () => {
      const subscription = await subscribed(asha);
      await done('pause', subscription, { from: '2026-12-02', to: '2026-12-03' });
      clock.set('2026-12-03T04:30:00Z');
      await refused('resume', subscription, {}, { status: 'PAUSED', nextDeliveryDate: '2026-12-04', version: 2 });
      expect(await told(subscription, 'subscription.resumed')).toEqual([]);
    });

    it('refuses what runs backwards, and a fifty-first', async () => {
      const subscription = await subscribed(asha);
      await refused('pause', subscription, { from: '2026-12-05', to: '2026-12-04' }, { code: 'request.invalid' });
      await refused('pause', subscription, { from: '2026-12-05', to: '2026-13-01' }, { code: 'request.invalid' });
      for (let n = 0; n < 50; n++) {
        const date = `2027-${String(1 + Math.floor(n / 10)).padStart(2, '0')}-${10 + (n % 10) * 2}`.slice(0, 10);
        await change('pause', subscription, { from: date, to: date }).expect(200);
      }
      const tooMany = { status: 409, code: 'subscription.too_many_pauses', atMost: 50 };
      await refused('pause', subscription, { from: '2028-01-01', to: '2028-01-02' }, tooMany);
      const joined = await done('pause', subscription, { from: '2027-01-01', to: '2027-12-31' });
      expect(joined.pauses).toHaveLength(1);
    });
  });

  describe('one date', () => {
    it('is skipped, and comes again when that is taken back', async () => {
      const subscription = await subscribed(asha);
      const skipped = await done('skip', subscription, { date: '2026-12-02' });
      expect(skipped).toMatchObject({
        status: 'ACTIVE',
        nextDeliveryDate: '2026-12-03',
        exceptions: [{ date: '2026-12-02', skipped: true, items: [] }],
      });
      expect(await outcomes(asha, subscription, '2026-12-02')).toEqual({ '2026-12-02': 'SKIPPED' });
      await refused('skip', subscription, { date: '2026-12-02' }, { version: 2 });
      const back = await done('unskip', subscription, { date: '2026-12-02' });
      expect(back).toMatchObject({ nextDeliveryDate: '2026-12-02', exceptions: [], version: 3 });
      expect(await told(subscription, 'subscription.skipped')).toEqual([
        expect.objectContaining({ date: '2026-12-02' }),
      ]);
    });

    it('is not skipped when nothing comes on it, and the next dates are named', async () => {
      const subscription = await subscribed(asha, { frequency: { weekdays: { SAT: 1 } }, endDate: '2026-12-20' });
      const notDue = (outcome: string) => ({
        status: 409,
        code: 'subscription.date_not_due',
        outcome,
        nextDueDates: ['2026-12-05', '2026-12-12', '2026-12-19'],
      });
      await refused('skip', subscription, { date: '2026-12-06' }, notDue('NOT_DUE'));
      await refused('skip', subscription, { date: '2026-12-26' }, notDue('ENDED'));
      await done('pause', subscription, { from: '2026-12-12', to: '2026-12-12' });
      const paused = { ...notDue('PAUSED'), nextDueDates: ['2026-12-05', '2026-12-19'] };
      await refused('skip', subscription, { date: '2026-12-12' }, paused);
      await refused('override', subscription, { date: '2026-12-12', items: ONE_CURD }, paused);
      const none = { code: 'subscription.not_skipped', exceptions: [] };
      await refused('unskip', subscription, { date: '2026-12-05' }, none);
    });

    it('brings something else, also where the pattern brings nothing', async () => {
      const subscription = await subscribed(asha, { frequency: { weekdays: { SAT: 1 } } });
      const items = [...ONE_CURD, { productId: 'MILK', qty: 5 }, ...ONE_CURD];
      const summed = [
        { productId: 'CURD', qty: 2 },
        { productId: 'MILK', qty: 5 },
      ];
      await done('override', subscription, { date: '2026-12-05', items });
      const more = await done('override', subscription, { date: '2026-12-03', items: ONE_CURD });
      expect(more).toMatchObject({
        nextDeliveryDate: '2026-12-03',
        exceptions: [
          { date: '2026-12-03', skipped: false, items: ONE_CURD },
          { date: '2026-12-05', skipped: false, items: summed },
        ],
      });
      await refused('override', subscription, { date: '2026-12-03', items: ONE_CURD }, { version: 3 });
      expect(await outcomes(asha, subscription, '2026-12-03', '2026-12-05')).toEqual({
        '2026-12-03': 'DUE',
        '2026-12-04': 'NOT_DUE',
        '2026-12-05': 'DUE',
      });
      await done('skip', subscription, { date: '2026-12-05' });
      const usual = await done('unskip', subscription, { date: '2026-12-03' });
      expect(usual).toMatchObject({ nextDeliveryDate: '2026-12-12' });
      expect(await told(subscription, 'subscription.updated')).toHaveLength(3);
    });

    it('is not overridden with what cannot be', async () => {
      const subscription = await subscribed(asha, { startDate: '2026-12-04' });
      const at = (date: string, items: unknown) => ({ date, items });
      await refused('override', subscription, at('2026-12-05', []), { status: 400 });
      await refused('override', subscription, at('2026-12-05', [{ productId: 'MILK', qty: 0 }]), { status: 400 });
      const many = Array(2).fill({ productId: 'MILK', qty: 501 });
      await refused('override', subscription, at('2026-12-05', many), { status: 400 });
      await refused('override', subscription, at('2026-12-05', [{ productId: 'NO', qty: 1 }]), { status: 404 });
      await refused('override', subscription, at('2026-12-03', ONE_CURD), { code: 'subscription.date_not_due' });
      await refused('skip', subscription, { date: 'tomorrow' }, { status: 400 });
    });

    it('is an exception a hundred times, not more', async () => {
      const subscription = await subscribed(asha);
      const day = (n: number) => new Date(Date.parse('2027-01-01') + n * 86_400_000).toISOString().slice(0, 10);
      for (let n = 0; n < 100; n++) await change('skip', subscription, { date: day(n) }).expect(200);
      const tooMany = { status: 409, code: 'subscription.too_many_exceptions' };
      await refused('skip', subscription, { date: day(100) }, tooMany);
      await refused('override', subscription, { date: day(100), items: ONE_CURD }, tooMany);
      await done('override', subscription, { date: day(99), items: ONE_CURD });
    });
  });

  describe('cancelling', () => {
    it('ends it for good, from the first open date on', async () => {
      const subscription = await subscribed(asha);
      clock.set(CUTOFF);
      const cancelled = await done('cancel', subscription);
      expect(cancelled).toMatchObject({ status: 'CANCELLED', cancelledFrom: '2026-12-03', version: 2 });
      expect(cancelled).not.toHaveProperty('nextDeliveryDate');
      expect(await outcomes(asha, subscription, '2026-12-02', '2026-12-03')).toEqual({
        '2026-12-02': 'DUE',
        '2026-12-03': 'ENDED',
      });
      expect(await told(subscription, 'subscription.cancelled')).toEqual([
        expect.objectContaining({ userId: asha.userId, from: '2026-12-03' }),
      ]);
      const ended = { code: 'subscription.ended', subscriptionStatus: 'CANCELLED' };
      await refused('cancel', subscription, {}, ended);
      await refused('update', subscription, { deliverySlot: '07:00' }, ended);
      await refused('resume', subscription, {}, ended);
      await refused('skip', subscription, { date: '2026-12-05' }, ended);
    });

    it('is not possible once it has ended', async () => {
      const subscription = await subscribed(asha, { endDate: '2026-12-03' });
      clock.set('2026-12-03T15:29:59Z');
      await done('update', subscription, { deliverySlot: '07:00' });
      clock.set('2026-12-03T15:30:00Z');
      const ended = { code: 'subscription.ended', subscriptionStatus: 'ENDED' };
      await refused('cancel', subscription, {}, ended);
      await refused('update', subscription, { endDate: '2026-12-31' }, ended);
    });
  });

  it.each([
    ['pause', { from: '2026-12-02', to: '2026-12-02' }, 'PAUSED'],
    ['skip', { date: '2026-12-02' }, 'SKIPPED'],
    ['override', { date: '2026-12-02', items: ONE_CURD }, 'DUE'],
    ['unskip', { date: '2026-12-02' }, 'DUE'],
  ])('takes a %s until the second before the cutoff', async (path, body, outcome) => {
    const subscription = await subscribed(asha);
    if (path === 'unskip') await done('skip', subscription, { date: '2026-12-02' });
    clock.set(CUTOFF);
    const tooLate = { status: 409, code: 'subscription.cutoff_passed', firstOpenDate: '2026-12-03' };
    await refused(path, subscription, body, tooLate);
    clock.set(BEFORE_CUTOFF);
    await done(path, subscription, body);
    expect(await outcomes(asha, subscription, '2026-12-02')).toEqual({ '2026-12-02': outcome });
    clock.set('2026-12-05T04:30:00Z');
    await refused(path, subscription, body, { ...tooLate, firstOpenDate: '2026-12-06' });
  });

  it.each([
    ['pause', { from: '2026-12-03' }],
    ['resume', {}],
    ['skip', { date: '2026-12-05' }],
    ['unskip', { date: '2026-12-04' }],
    ['override', { date: '2026-12-05', items: ONE_CURD }],
    ['cancel', {}],
  ])('makes a %s once under one key', async (path, body) => {
    const subscription = await subscribed(asha);
    await done('skip', subscription, { date: '2026-12-04' });
    if (path === 'resume') await done('pause', subscription, { from: '2026-12-02' });
    const { version } = await shown(asha, subscription);
    const key = `${path}-once`;
    const first = await change(path, subscription, body).set('Idempotency-Key', key).expect(200);
    const again = await change(path, subscription, body).set('Idempotency-Key', key).expect(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect((await shown(asha, subscription)).version).toBe(version + 1);
    const other = { ...body, subscriptionId: 'S1' };
    expect((await asha.post(`/subscription/${path}`, other).set('Idempotency-Key', key).expect(422)).body.code).toBe(
      'idempotency.key_reused',
    );
  });

  it('answers a change that changed nothing alike, however late it is repeated', async () => {
    const subscription = await subscribed(asha);
    await done('pause', subscription, { from: '2026-12-03', to: '2026-12-09' });
    const send = () =>
      change('pause', subscription, { from: '2026-12-04', to: '2026-12-05' }).set('Idempotency-Key', 'nothing');
    const first = await send().expect(200);
    await done('resume', subscription, { from: '2026-12-03' });
    expect((await send().expect(200)).body).toEqual(first.body);
    expect((await shown(asha, subscription)).pauses).toEqual([]);
  });

  it('forgets what is long over, and what it says of other dates stays', async () => {
    const subscription = await subscribed(asha);
    await done('pause', subscription, { from: '2026-12-03', to: '2026-12-04' });
    await done('skip', subscription, { date: '2026-12-05' });
    await done('update', subscription, { items: ONE_CURD });
    clock.set('2026-12-04T04:30:00Z');
    await done('update', subscription, { frequency: 'ALTERNATE_DAYS' });
    clock.set('2026-12-20T04:30:00Z');
    const from = '2026-12-12';
    const before = await outcomes(asha, subscription, from, '2026-12-31');
    const later = await done('skip', subscription, { date: '2026-12-31' });
    expect(later).toMatchObject({ pauses: [], exceptions: [{ date: '2026-12-31' }] });
    expect((await app.stored('Subscriptions', keyOf(subscription)))?.terms).toHaveLength(1);
    expect(await outcomes(asha, subscription, from, '2026-12-31')).toEqual({ ...before, '2026-12-31': 'SKIPPED' });
  });
});
