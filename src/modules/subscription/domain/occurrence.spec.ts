import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { WEEKDAYS } from '../../../kernel/calendar';
import type { Frequency } from './frequency';
import { nextDueDate, nextDueDates, occurrenceOn, pendingOccurrence, pendingSubscriptions } from './occurrence';
import { mergePauses } from './pauses';
import type { Subscription, Terms } from './subscription';

const nextDayCache = new Map<string, string>();

/** Consecutive dates from `from` on. */
function datesFrom(from: string, days: number): string[] {
  const dates = [];
  for (let date = from; dates.length < days;) {
    dates.push(date);
    const next = nextDayCache.get(date) ?? Temporal.PlainDate.from(date).add({ days: 1 }).toString();
    nextDayCache.set(date, next);
    date = next;
  }
  return dates;
}

/** A reference model of the same rules, which visits every day in order. */
function referenceOccurrences(subscription: Subscription, days: number) {
  const { startDate, endDate = '9999', cancelledFrom = '9999', terms, pauses, exceptions } = subscription;
  let current: Terms | undefined;
  let nth = 0;
  let today = Temporal.PlainDate.from(startDate).dayOfWeek - 1;
  return datesFrom(startDate, days).map((date) => {
    const weekday = WEEKDAYS[today++ % 7] as string;
    const next = terms.find(({ from }) => from === date);
    const restartsPattern = next !== undefined && next.anchor === date;
    current = next ?? current;
    nth = restartsPattern ? 0 : nth + 1;
    const { frequency, items } = current as Terms;
    const every = frequency === 'DAILY' ? 1 : frequency === 'ALTERNATE_DAYS' ? 2 : 0;
    let factor: number;
    if (typeof frequency === 'string') factor = nth % every === 0 ? 1 : 0;
    else if ('everyNDays' in frequency) factor = nth % frequency.everyNDays === 0 ? 1 : 0;
    else factor = new Map(Object.entries(frequency.weekdays)).get(weekday) ?? 0;

    let coming = Array.from({ length: factor }, () => items).flat();
    const exception = exceptions.find((one) => one.date === date);
    if (exception && exception.items.length > 0) coming = [...exception.items];
    const bottles = coming.reduce((sum, { qty }) => sum + qty, 0);
    const isPaused = pauses.some(({ from, to = '9999' }) => date >= from && date <= to);
    if (date > endDate || date >= cancelledFrom) return { date, outcome: 'ENDED', bottles: 0 };
    if (coming.length === 0) return { date, outcome: 'NOT_DUE', bottles: 0 };
    if (isPaused) return { date, outcome: 'PAUSED', bottles: 0 };
    if (exception?.items.length === 0) return { date, outcome: 'SKIPPED', bottles: 0 };
    return { date, outcome: 'DUE', bottles };
  });
}

const DAYS = 400;

const aFrequency: fc.Arbitrary<Frequency> = fc.oneof(
  fc.constantFrom('DAILY' as const, 'ALTERNATE_DAYS' as const),
  fc.record({ everyNDays: fc.integer({ min: 1, max: 40 }) }),
  fc
    .dictionary(fc.constantFrom(...WEEKDAYS), fc.integer({ min: 1, max: 3 }), { minKeys: 1, maxKeys: 7 })
    .map((weekdays) => ({ weekdays: { ...weekdays } })),
);
const someItems = fc.integer({ min: 1, max: 5 }).map((qty) => [{ productId: 'MILK', qty }]);
const aDay = fc.integer({ min: 0, max: DAYS - 1 });

/** Most start shortly before a leap day, the end of a year, or the end of a February without a leap day. */
const aStart = fc
  .tuple(fc.constantFrom('2027-12-20', '2028-02-20', '2027-02-20', '2026-12-25', '2099-12-20'), aDay)
  .map(([from, days]) => Temporal.PlainDate.from(from).add({ days: days % 30 }));

const aSubscription: fc.Arbitrary<Subscription> = fc
  .record({
    start: aStart,
    end: fc.option(aDay),
    cancelled: fc.option(aDay, { freq: 6 }),
    terms: fc.array(fc.tuple(aDay, aFrequency, someItems, fc.boolean()), { minLength: 1, maxLength: 4 }),
    pauses: fc.array(fc.tuple(aDay, fc.option(fc.integer({ min: 0, max: 60 }), { freq: 8 })), { maxLength: 6 }),
    exceptions: fc.uniqueArray(fc.tuple(aDay, fc.oneof(fc.constant([]), someItems)), {
      selector: ([day]) => day,
      maxLength: 20,
    }),
  })
  .map(({ start, end, cancelled, terms, pauses, exceptions }) => {
    const at = (days: number) => start.add({ days }).toString();
    const inOrder = [...new Map(terms.map((one) => [one[0], one])).values()].sort(([one], [other]) => one - other);
    return {
      subscriptionId: 'S1',
      userId: 'U1',
      startDate: at(0),
      endDate: end === null ? undefined : at(end),
      cancelledFrom: cancelled === null ? undefined : at(cancelled),
      terms: inOrder.reduce<Terms[]>((previous, [day, frequency, items, keepsAnchor]) => {
        const from = previous.length === 0 ? at(0) : at(day);
        if (previous.at(-1)?.from === from) return previous;
        const anchor = (keepsAnchor && previous.at(-1)?.anchor) || from;
        return [...previous, { from, anchor, frequency, items, ...OTHER_TERMS }];
      }, []),
      pauses: mergePauses(
        pauses.map(([day, length]) => ({ from: at(day), ...(length !== null && { to: at(day + length) }) })),
      ),
      exceptions: exceptions
        .map(([day, items]) => ({ date: at(day), items }))
        .sort((one, other) => (one.date < other.date ? -1 : 1)),
      generatedThrough: at(-1),
      createdAt: '2026-01-01T00:00:00Z',
      version: 1,
    };
  });
const OTHER_TERMS = { deliverySlot: '06:30', address: '1 Dairy Lane', paymentMethod: 'COD' } as const;

describe('the occurrence on a date', () => {
  it('is the same as in the reference model', () => {
    fc.assert(
      fc.property(aSubscription, (subscription) => {
        const actual = datesFrom(subscription.startDate, DAYS).map((date) => {
          const { outcome, ...due } = { items: [], ...occurrenceOn(subscription, date) };
          return { date, outcome, bottles: due.items.reduce((sum, { qty }) => sum + qty, 0) };
        });
        expect(actual).toEqual(referenceOccurrences(subscription, DAYS));
      }),
    );
  });

  it('is NOT_DUE before the start and ENDED after the end', () => {
    fc.assert(
      fc.property(aSubscription, ({ ...subscription }) => {
        const before = Temporal.PlainDate.from(subscription.startDate).subtract({ days: 1 }).toString();
        const kept = { ...subscription, cancelledFrom: undefined };
        expect(occurrenceOn(kept, before).outcome).toBe('NOT_DUE');
        expect(occurrenceOn({ ...kept, endDate: subscription.startDate }, '2500-01-01').outcome).toBe('ENDED');
      }),
    );
  });
});

describe('the pending occurrence on a date', () => {
  const DATE = '2026-12-02';
  const daily = (changes: Partial<Subscription> = {}): Subscription => ({
    subscriptionId: 'S1',
    userId: 'U1',
    startDate: DATE,
    terms: [{ from: DATE, anchor: DATE, frequency: 'DAILY', items: [{ productId: 'MILK', qty: 2 }], ...OTHER_TERMS }],
    pauses: [],
    exceptions: [],
    generatedThrough: '2026-12-01',
    createdAt: '2026-12-01T04:30:00Z',
    version: 1,
    ...changes,
  });

  it.each([
    ['undefined once the date is decided', { generatedThrough: DATE }, undefined],
    ['undefined before the start', { startDate: '2026-12-03' }, undefined],
    ['undefined after the end', { endDate: '2026-12-01' }, undefined],
    ['a delivery', {}, 'DUE'],
    ['a pause', { pauses: [{ from: DATE }] }, 'PAUSED'],
    ['a skip', { exceptions: [{ date: DATE, items: [] }] }, 'SKIPPED'],
    ['UNDECIDABLE if the stored subscription is invalid', { exceptions: 7 as unknown as [] }, 'UNDECIDABLE'],
  ])('is %s', (_, changes, outcome) => {
    expect(pendingOccurrence(daily(changes), DATE)?.outcome).toBe(outcome);
  });

  it('keeps the error of an invalid subscription, and the order of the others', () => {
    const [invalid, decided, last] = [daily({ terms: undefined }), daily({ generatedThrough: DATE }), daily()];
    expect(pendingSubscriptions([invalid, decided, last], DATE)).toEqual([
      { subscription: invalid, occurrence: { outcome: 'UNDECIDABLE', error: expect.any(TypeError) } },
      { subscription: last, occurrence: expect.objectContaining({ outcome: 'DUE' }) },
    ]);
  });
});

describe('the next due date', () => {
  it('is the first due date of the reference model, from any date on', () => {
    fc.assert(
      fc.property(aSubscription, aDay, (subscription, day) => {
        const dates = referenceOccurrences(subscription, DAYS);
        const from = dates[day]?.date as string;
        const expected = dates.find(({ date, outcome }) => date >= from && outcome === 'DUE')?.date;
        const found = nextDueDate(subscription, from);
        expect(expected ?? 'none in range').toBe(
          found !== undefined && found <= (dates.at(-1)?.date as string) ? found : 'none in range',
        );
        expect(nextDueDate(subscription, '2000-01-01')).toBe(nextDueDate(subscription, subscription.startDate));
      }),
    );
  });

  it('is found quickly, even after a hundred skipped years', () => {
    const at = (years: number) =>
      Temporal.PlainDate.from('2027-01-01')
        .add({ days: 365 * years })
        .toString();
    const subscription: Subscription = {
      subscriptionId: 'S1',
      userId: 'U1',
      startDate: at(0),
      terms: [
        {
          from: at(0),
          anchor: at(0),
          frequency: { everyNDays: 365 },
          items: [{ productId: 'MILK', qty: 1 }],
          ...OTHER_TERMS,
        },
      ],
      pauses: [{ from: at(101), to: at(5_000) }],
      exceptions: Array.from({ length: 100 }, (_, years) => ({ date: at(years), items: [] })),
      generatedThrough: at(-1),
      createdAt: '2026-01-01T00:00:00Z',
      version: 1,
    };
    expect(nextDueDates(subscription, at(0), 2)).toEqual([at(100), at(5_001)]);
  });
});

describe('pauses that overlap or touch', () => {
  it('are merged into one, and cover the same days as before', () => {
    const someRanges = fc.array(fc.tuple(aDay, fc.option(fc.integer({ min: 0, max: 90 }), { freq: 8 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(someRanges, (ranges) => {
        const at = (days: number) => Temporal.PlainDate.from('2027-12-20').add({ days }).toString();
        const pauses = ranges.map(([day, more]) => ({ from: at(day), to: more === null ? undefined : at(day + more) }));
        const days = datesFrom('2027-12-20', DAYS + 100);
        const covers =
          (date: string) =>
          ({ from, to }: { from: string; to?: string }) =>
            from <= date && (!to || date <= to);
        const result = mergePauses(pauses);
        expect(days.filter((date) => result.some(covers(date)))).toEqual(
          days.filter((date) => pauses.some(covers(date))),
        );
        // Between two merged pauses there is at least one day that is not paused.
        const runs = days.filter((date, day) => result.some(covers(date)) && !result.some(covers(days[day - 1] ?? '')));
        expect(result.map(({ from }) => from)).toEqual(runs);
      }),
    );
  });
});
