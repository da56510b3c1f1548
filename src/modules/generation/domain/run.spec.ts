import { addDays } from '../../../kernel/calendar';
import {
  addCounts,
  datesToRun,
  firstDateToRun,
  newRun,
  nextRunAction,
  progressOf,
  resultOf,
  type Run,
  totalCount,
  ZERO_COUNTS,
} from './run';

const DEADLINES = {
  changesSettledAt: (date: string) => `${addDays(date, -1)}T15:32:00Z`,
  retryAt: (date: string) => `${addDays(date, -1)}T22:30:00Z`,
};
const NOW = '2026-12-01T15:32:00Z';

const aCompletedRun = (date: string, changes: Partial<Run> = {}): Run => ({
  ...newRun(date, 8, `${addDays(date, -1)}T15:32:00Z`, 0),
  status: 'COMPLETED',
  ...changes,
});
const next = (dates: readonly string[], runs: readonly Run[], now = NOW) => {
  const found = nextRunAction(dates, runs, now, DEADLINES);
  return found && [found.action, found.date];
};

describe('the next action', () => {
  it('is none while no date is due or all are done', () => {
    expect(next([], [])).toBeUndefined();
    expect(
      next(['2026-12-01', '2026-12-02'], [aCompletedRun('2026-12-01'), aCompletedRun('2026-12-02')]),
    ).toBeUndefined();
  });

  it('is for the oldest date that has no run or an unfinished one', () => {
    const dates = ['2026-12-01', '2026-12-02'];
    expect(next(dates, [])).toEqual(['BEGIN', '2026-12-01']);
    expect(next(dates, [aCompletedRun('2026-12-01')])).toEqual(['BEGIN', '2026-12-02']);
    expect(next(dates, [aCompletedRun('2026-12-01', { status: 'RUNNING' })])).toEqual(['RESUME', '2026-12-01']);
  });

  it.each([
    ['too close to its cutoff to see every change', '2026-12-01T15:31:59Z', ['REPEAT', '2026-12-02']],
    ['two minutes after it', '2026-12-01T15:32:00Z', undefined],
    ['in the future', '2026-12-01T15:32:01Z', ['REPEAT', '2026-12-02']],
  ])('repeats a run that began %s', (_, roundAt, expected) => {
    expect(next(['2026-12-02'], [aCompletedRun('2026-12-02', { roundAt })])).toEqual(expected);
  });

  it('repeats a failed run once, after five minutes and before the retry', () => {
    const at = (now: string, changes: Partial<Run> = {}) =>
      next(['2026-12-02'], [aCompletedRun('2026-12-02', { status: 'FAILED', faults: 1, ...changes })], now);
    expect(at('2026-12-01T15:36:59Z')).toBeUndefined();
    expect(at('2026-12-01T15:37:00Z')).toEqual(['REPEAT', '2026-12-02']);
    expect(at('2026-12-01T15:37:00Z', { round: 2 })).toBeUndefined();
    expect(at('2026-12-01T22:29:59Z')).toEqual(['REPEAT', '2026-12-02']);
    expect(at('2026-12-01T22:30:00Z')).toBeUndefined();
  });

  it('retries unpaid orders when it is time, once', () => {
    const short = { counts: { ...ZERO_COUNTS, SHORT_BALANCE: 1 } };
    const at = (now: string, changes: Partial<Run> = short) =>
      next(['2026-12-02'], [aCompletedRun('2026-12-02', changes)], now);
    expect(at('2026-12-01T22:29:59Z')).toBeUndefined();
    expect(at('2026-12-01T22:30:00Z')).toEqual(['RETRY', '2026-12-02']);
    expect(at('2026-12-01T22:30:00Z', {})).toBeUndefined();
    expect(at('2026-12-01T22:30:00Z', { ...short, retriedAt: '2026-12-01T22:30:00Z' })).toBeUndefined();
  });
});

describe('the counts of a run', () => {
  it('add up', () => {
    const some = { ...ZERO_COUNTS, ORDERED: 3, MISSED: 1 };
    expect(addCounts(some, { ...ZERO_COUNTS, ORDERED: 2 })).toEqual({ ...ZERO_COUNTS, ORDERED: 5, MISSED: 1 });
    expect(totalCount(some)).toBe(4);
  });

  it('add up for a run that was stored before an outcome existed', () => {
    const { MISSED: _, ...stored } = { ...ZERO_COUNTS, ORDERED: 3 };
    expect(totalCount(stored)).toBe(3);
    expect(addCounts(stored, { ...ZERO_COUNTS, MISSED: 2 })).toEqual({ ...ZERO_COUNTS, ORDERED: 3, MISSED: 2 });
  });
});

describe('the result of a run', () => {
  const ordered = (ORDERED: number) => ({ ...ZERO_COUNTS, ORDERED });
  const run = aCompletedRun('2026-12-02', { status: 'RUNNING', counts: ordered(3) });

  it('adds the deferred subscriptions to those of the shards', () => {
    expect(resultOf(run, { counts: ordered(2), faults: 0 })).toEqual({
      status: 'COMPLETED',
      counts: ordered(5),
      hasChanges: true,
    });
  });

  it.each([
    ['a shard', 1, 0],
    ['the deferred ones', 0, 1],
  ])('is FAILED when a subscription of %s could not be decided', (_, faults, deferredFaults) => {
    expect(resultOf({ ...run, faults }, { counts: ZERO_COUNTS, faults: deferredFaults }).status).toBe('FAILED');
  });

  it('has no changes when a repeated run decides nothing new', () => {
    const repeated = { ...run, completedAt: NOW, decidedBefore: 3 };
    expect(resultOf(repeated, { counts: ZERO_COUNTS, faults: 0 }).hasChanges).toBe(false);
    expect(resultOf(repeated, { counts: ordered(1), faults: 0 }).hasChanges).toBe(true);
  });
});

describe('dates to run', () => {
  it('begin with the first date that is still caught up on, or with the oldest run if that is later', () => {
    const first = (...dates: string[]) =>
      firstDateToRun(
        dates.map((date) => aCompletedRun(date)),
        '2026-12-03',
      );
    expect(first()).toBe('2026-12-03');
    expect(first('2026-12-06', '2026-12-05')).toBe('2026-12-05');
    expect(first('2026-12-05', '2026-12-01')).toBe('2026-12-03');
  });

  it('are all from the first to the last', () => {
    expect(datesToRun('2026-12-01', '2026-12-03')).toEqual(['2026-12-01', '2026-12-02', '2026-12-03']);
    expect(datesToRun('2026-12-04', '2026-12-03')).toEqual([]);
  });
});

describe('the progress of a run', () => {
  const running = newRun('2026-12-02', 8, NOW, 0);

  it('counts the shards of both stages', () => {
    expect(progressOf(running)).toEqual({ done: 0, total: 16 });
    expect(progressOf({ ...running, remaining: 3 })).toEqual({ done: 5, total: 16 });
    expect(progressOf({ ...running, stage: 'PLACE', remaining: 2 })).toEqual({ done: 14, total: 16 });
  });

  it('is unknown for a run that has ended or is retried', () => {
    expect(progressOf(aCompletedRun('2026-12-02'))).toBeUndefined();
    expect(progressOf({ ...running, stage: 'RETRY' })).toBeUndefined();
  });
});
