import fc from 'fast-check';
import {
  addDays,
  Calendar,
  datesBetween,
  instantOf,
  millisecondsOf,
  weekdayOf,
  WEEKDAYS,
} from '../../../kernel/calendar';
import type { Line } from '../../../kernel/lines';
import { DomainError } from '../../../platform/errors';
import { changeTerms } from './change-terms';
import { Cutoff } from './cutoff';
import { override, skip, unskip } from './date-overrides';
import type { Frequency } from './frequency';
import {
  MAX_PARTS,
  newSubscriptionId,
  PARTITION_COUNT,
  sliceOf,
  subscriptionPartitionOf,
  type SubscriptionSlice,
} from './ids';
import { cancel, checkNotEnded, pruneHistory, subscribe, withStatus } from './lifecycle';
import { occurrenceOn } from './occurrence';
import { pause, resume } from './pauses';
import { type ChangeWindow, RETENTION_DAYS, type Subscription } from './subscription';

const HORIZON = 100;
const CREATED = '2028-02-10T06:00:00Z';

const bottles = (qty: number): Line[] => [{ productId: 'MILK', qty }];

type Action =
  | { type: 'change'; frequency?: Frequency; qty?: number }
  | { type: 'end'; on: number | null }
  | { type: 'pause'; from: number; more: number | null }
  | { type: 'resume' }
  | { type: 'skip' | 'unskip'; on: number }
  | { type: 'override'; on: number; qty: number }
  | { type: 'cancel' }
  | { type: 'wait'; hours: number; generates: boolean };

/**
 * A reference model of a subscription: a calendar with a line for each date. An action is written on every line that it
 * affects. Lines of closed dates never change.
 */
class ReferenceCalendar {
  readonly lines: {
    date: string;
    frequency: Frequency;
    nth: number;
    qty: number;
    isOver: boolean;
    instead?: number;
  }[];
  private readonly byDate: ReadonlyMap<string, ReferenceCalendar['lines'][number]>;
  private readonly pausedDates = new Set<string>();
  isCancelled = false;
  end?: string;

  constructor(
    private readonly start: string,
    frequency: Frequency,
    qty: number,
  ) {
    this.lines = datesBetween(start, addDays(start, HORIZON)).map((date, nth) => {
      return { date, frequency, nth, qty, isOver: false };
    });
    this.byDate = new Map(this.lines.map((line) => [line.date, line]));
  }

  /** Applies an action, or returns the code of the error that refuses it. */
  apply(action: Exclude<Action, { type: 'wait' }>, { today, firstOpenDate: open }: ChangeWindow): string | undefined {
    if (this.isCancelled || (this.end !== undefined && addDays(this.end, 1) < open)) return 'subscription.ended';
    const at = (days: number) => addDays(open, days);
    const rest = this.lines.filter(({ date }) => date >= open);
    switch (action.type) {
      case 'change': {
        const last = this.lines.at(-1) as ReferenceCalendar['lines'][number];
        const before = this.lines[this.lines.indexOf(rest[0] as ReferenceCalendar['lines'][number]) - 1];
        const frequency = action.frequency ?? last.frequency;
        const continuesPattern = before !== undefined && JSON.stringify(before.frequency) === JSON.stringify(frequency);
        const qty = action.qty ?? last.qty;
        rest.forEach((line, index) => {
          Object.assign(line, { frequency, qty, nth: (continuesPattern ? before.nth + 1 : 0) + index });
        });
        return undefined;
      }
      case 'end': {
        const end = action.on === null ? undefined : at(action.on);
        if (end !== undefined && end !== this.end && end < this.start) return 'request.invalid';
        if (end !== undefined && end !== this.end && addDays(end, 1) < open) return 'subscription.cutoff_passed';
        this.end = end;
        for (const line of rest) line.isOver = end !== undefined && line.date > end;
        return undefined;
      }
      case 'pause': {
        if (action.more !== null && action.more < 0) return 'request.invalid';
        if (action.from < 0) return 'subscription.cutoff_passed';
        const last = action.more === null ? addDays(this.start, HORIZON) : at(action.from + action.more);
        for (const date of datesBetween(at(action.from), last)) this.pausedDates.add(date);
        return undefined;
      }
      case 'resume': {
        if (!datesBetween(today, open).some((date) => this.pausedDates.has(date))) return 'subscription.not_paused';
        for (let date = open; this.pausedDates.delete(date);) date = addDays(date, 1);
        return undefined;
      }
      case 'skip': {
        if (action.on < 0) return 'subscription.cutoff_passed';
        const outcome = this.outcomeOn(at(action.on));
        if (outcome === 'SKIPPED') return undefined;
        if (!outcome.startsWith('DUE')) return 'subscription.date_not_due';
        Object.assign(this.byDate.get(at(action.on)) ?? {}, { instead: 0 });
        return undefined;
      }
      case 'unskip': {
        if (action.on < 0) return 'subscription.cutoff_passed';
        const line = this.byDate.get(at(action.on));
        if (line?.instead === undefined) return 'subscription.not_skipped';
        line.instead = undefined;
        return undefined;
      }
      case 'override': {
        if (action.on < 0) return 'subscription.cutoff_passed';
        const line = this.byDate.get(at(action.on));
        if (!line || line.isOver || this.pausedDates.has(line.date)) return 'subscription.date_not_due';
        line.instead = action.qty;
        return undefined;
      }
      case 'cancel': {
        this.isCancelled = true;
        for (const line of rest) line.isOver = true;
        return undefined;
      }
    }
  }

  /** `DUE 3` for a delivery of three bottles. */
  outcomeOn(date: string): string {
    const line = this.byDate.get(date);
    if (!line) return 'NOT_DUE';
    const { frequency, nth, qty, instead = qty * factor(frequency, nth, date) } = line;
    if (line.isOver) return 'ENDED';
    if (instead === 0 && factor(frequency, nth, date) === 0) return 'NOT_DUE';
    if (this.pausedDates.has(date)) return 'PAUSED';
    return instead === 0 ? 'SKIPPED' : `DUE ${instead}`;
  }
}

function factor(frequency: Frequency, nth: number, date: string): number {
  if (frequency === 'DAILY') return 1;
  if (frequency === 'ALTERNATE_DAYS') return nth % 2 === 0 ? 1 : 0;
  return 'everyNDays' in frequency
    ? Number(nth % frequency.everyNDays === 0)
    : (frequency.weekdays[weekdayOf(date)] ?? 0);
}

function perform(
  action: Exclude<Action, { type: 'wait' }>,
  subscription: Subscription,
  days: ChangeWindow,
): Subscription {
  const at = (on: number) => addDays(days.firstOpenDate, on);
  checkNotEnded(subscription, days);
  switch (action.type) {
    case 'change':
      return changeTerms(
        subscription,
        { frequency: action.frequency, items: action.qty === undefined ? undefined : bottles(action.qty) },
        days,
      );
    case 'end':
      return changeTerms(subscription, { endDate: action.on === null ? null : at(action.on) }, days);
    case 'pause':
      return pause(
        subscription,
        { from: at(action.from), to: action.more === null ? undefined : at(action.from + action.more) },
        days,
      );
    case 'resume':
      return resume(subscription, undefined, days);
    case 'skip':
      return skip(subscription, at(action.on), days);
    case 'unskip':
      return unskip(subscription, at(action.on), days);
    case 'override':
      return override(subscription, at(action.on), bottles(action.qty), days);
    case 'cancel':
      return cancel(subscription, days);
  }
}

const aFrequency: fc.Arbitrary<Frequency> = fc.oneof(
  fc.constantFrom('DAILY' as const, 'ALTERNATE_DAYS' as const),
  fc.record({ everyNDays: fc.integer({ min: 1, max: 5 }) }),
  fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }).map((days) => ({
    weekdays: Object.fromEntries(WEEKDAYS.filter((day) => days.includes(day)).map((day, n) => [day, 1 + (n % 3)])),
  })),
);
const aQuantity = fc.integer({ min: 1, max: 9 });
const soon = fc.integer({ min: -1, max: 8 });
const weighted = <A extends Action>(weight: number, action: fc.Arbitrary<A>) => ({
  weight,
  arbitrary: action as fc.Arbitrary<Action>,
});
const optionally = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const anAction: fc.Arbitrary<Action> = fc.oneof(
  weighted(
    9,
    fc.record({ type: fc.constant('wait'), hours: fc.integer({ min: 1, max: 60 }), generates: fc.boolean() }),
  ),
  weighted(
    5,
    fc.record({ type: fc.constant('change'), frequency: optionally(aFrequency), qty: optionally(aQuantity) }),
  ),
  weighted(4, fc.record({ type: fc.constant('pause'), from: soon, more: fc.option(fc.integer({ min: -1, max: 6 })) })),
  weighted(3, fc.record({ type: fc.constant('resume') })),
  weighted(4, fc.record({ type: fc.constantFrom('skip', 'unskip'), on: soon })),
  weighted(2, fc.record({ type: fc.constant('override'), on: soon, qty: aQuantity })),
  weighted(2, fc.record({ type: fc.constant('end'), on: fc.option(fc.integer({ min: -2, max: 40 }), { freq: 2 }) })),
  weighted(1, fc.record({ type: fc.constant('cancel') })),
);
const someActions = fc.array(anAction, { minLength: 10, maxLength: 40, size: 'max' });

describe('any sequence of changes to a subscription', () => {
  it('affects open dates as in the reference model, and never a closed date', () => {
    const zones = fc.constantFrom('Asia/Kolkata', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia');
    const draft = fc.record({ frequency: aFrequency, qty: aQuantity, ahead: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(zones, draft, someActions, (zone, { frequency, qty, ahead }, actions) => {
        const cutoff = new Cutoff(new Calendar(zone), '21:00');
        let now = CREATED;
        const first = cutoff.changeWindowAt(now);
        const startDate = addDays(first.firstOpenDate, ahead);
        const terms = { frequency, items: bottles(qty), deliverySlot: '06:30', address: '1 Dairy Lane' };
        let subscription = subscribe({ ...terms, userId: 'U1', startDate, paymentMethod: 'COD' }, first, now);
        const reference = new ReferenceCalendar(startDate, frequency, qty);
        const all = datesBetween(first.today, addDays(startDate, HORIZON));

        for (const action of actions) {
          if (action.type === 'wait') {
            now = instantOf(millisecondsOf(now) + action.hours * 3_600_000);
            const generatedThrough = addDays(cutoff.firstOpenDate(now), -1);
            if (action.generates) subscription = { ...subscription, generatedThrough };
          }
          const days = cutoff.changeWindowAt(now, subscription.generatedThrough);
          if (days.firstOpenDate > addDays(startDate, HORIZON / 2)) break;
          const result = action.type === 'wait' ? { subscription } : tryPerform(action, subscription, days);
          const expectedRefusal = action.type === 'wait' ? undefined : reference.apply(action, days);
          expect({ action, refusal: result.refusal }).toEqual({ action, refusal: expectedRefusal });
          subscription = result.subscription;

          const oldestKept = addDays(days.today, -RETENTION_DAYS);
          const dates = all.filter((date) => date >= oldestKept);
          const actual = dates.map((date) => `${date} ${outcomeOf(subscription, date)}`);
          expect(actual.join('\n')).toBe(dates.map((date) => `${date} ${reference.outcomeOn(date)}`).join('\n'));

          const { status, nextDeliveryDate = '9999' } = withStatus(subscription, days);
          const next = dates.find((date) => date >= days.firstOpenDate && reference.outcomeOn(date).startsWith('DUE'));
          expect(nextDeliveryDate > (all.at(-1) as string) ? undefined : nextDeliveryDate).toBe(next);
          expect(status === 'CANCELLED').toBe(reference.isCancelled);
        }
      }),
    );
  });
});

/** The subscription after an action. If the action is refused, the unchanged subscription and the error code. */
function tryPerform(
  action: Exclude<Action, { type: 'wait' }>,
  subscription: Subscription,
  days: ChangeWindow,
): { subscription: Subscription; refusal?: string } {
  try {
    return { subscription: pruneHistory(perform(action, subscription, days), days) };
  } catch (error) {
    if (error instanceof DomainError) return { subscription, refusal: error.code };
    throw error;
  }
}

function outcomeOf(subscription: Subscription, date: string): string {
  const due = occurrenceOn(subscription, date);
  return due.outcome === 'DUE' ? `DUE ${due.items.reduce((sum, { qty }) => sum + qty, 0)}` : due.outcome;
}

const COUNTS = [8, 16, 24, 128];

const slicesOf = (count: number) => Array.from({ length: count }, (_, index) => sliceOf(index, count));

/** As DynamoDB reads the slice: BETWEEN includes both bounds. */
const includes = ({ partition, from = '', to }: SubscriptionSlice, key: string, keyPartition: string) =>
  partition === keyPartition && key >= from && (to === undefined || (from === '' ? key < to : key <= to));

const slicesWith = (key: string, partition: string, count: number) =>
  slicesOf(count).filter((slice) => includes(slice, key, partition));

describe('the slices of all subscriptions', () => {
  it.each(COUNTS)('are %i, and every subscription is in exactly one', (count) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (userId) => {
        const id = newSubscriptionId(userId);
        expect(slicesWith(id, subscriptionPartitionOf(id), count)).toHaveLength(1);
      }),
    );
  });

  it.each(COUNTS)('are %i, and every possible hash is in exactly one', (count) => {
    fc.assert(
      fc.property(fc.nat(PARTITION_COUNT - 1), fc.nat(0xffff), fc.nat(0xffffff), (partition, first, rest) => {
        const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
        const id = `S0${partition}${hex(first, 4)}${hex(rest, 6)}01KBB6J7WXYZ0123456789ABCD`;
        expect(slicesWith(id, String(partition), count)).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  it.each(COUNTS)('are %i, and leave out no key of a partition, not even a malformed one', (count) => {
    fc.assert(
      fc.property(fc.nat(PARTITION_COUNT - 1), fc.string(), (partition, key) => {
        expect(slicesWith(key, String(partition), count).length).toBeGreaterThan(0);
      }),
    );
  });

  it.each(COUNTS)('are %i, and the subscriptions of a customer are in the same one', (count) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (userId) => {
        const [first, second] = [newSubscriptionId(userId), newSubscriptionId(userId)];
        const partition = subscriptionPartitionOf(first);
        expect(slicesWith(first, partition, count)).toEqual(slicesWith(second, partition, count));
      }),
    );
  });

  it('are the partitions, if there are as many', () => {
    expect(slicesOf(PARTITION_COUNT)).toEqual(
      Array.from({ length: PARTITION_COUNT }, (_, partition) => ({ partition: String(partition) })),
    );
  });

  it('cut a partition into equal ranges', () => {
    const ofPartition3 = slicesOf(24).filter(({ partition }) => partition === '3');
    expect(ofPartition3).toEqual([
      { partition: '3', from: undefined, to: 'S035555' },
      { partition: '3', from: 'S035555', to: 'S03AAAA' },
      { partition: '3', from: 'S03AAAA', to: undefined },
    ]);
    expect(sliceOf(PARTITION_COUNT * MAX_PARTS - 1, PARTITION_COUNT * MAX_PARTS)).toEqual({
      partition: '7',
      from: 'S07F000',
    });
  });
});
