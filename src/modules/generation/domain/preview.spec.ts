import { addDays } from '../../../kernel/calendar';
import { differenceFromAverage, weekdayAverage } from './preview';
import { newRun, type Run, ZERO_COUNTS } from './run';

const WEDNESDAY = '2026-12-30';
const aRun = (weeksBefore: number, ORDERED: number, changes: Partial<Run> = {}): Run => ({
  ...newRun(addDays(WEDNESDAY, -7 * weeksBefore), 8, '2026-12-01T15:32:00Z', 0),
  status: 'COMPLETED',
  stage: 'PLACE',
  counts: { ...ZERO_COUNTS, ORDERED },
  ...changes,
});

describe('the average of a weekday', () => {
  it('is the mean of the last four runs of the same weekday', () => {
    const runs = [
      aRun(1, 10),
      aRun(1, 999, { date: '2026-12-22' }),
      aRun(2, 20),
      aRun(3, 30),
      aRun(4, 41),
      aRun(5, 99),
    ];
    expect(weekdayAverage(WEDNESDAY, runs)).toEqual({ runs: 4, mean: { ...ZERO_COUNTS, ORDERED: 25.25 } });
  });

  it('leaves out unfinished and failed runs, and the one stored at the first start', () => {
    const runs = [aRun(1, 1, { status: 'RUNNING' }), aRun(2, 2, { status: 'FAILED' }), aRun(3, 0, { stage: 'COUNT' })];
    expect(weekdayAverage(WEDNESDAY, runs)).toEqual({ runs: 0 });
    expect(weekdayAverage(WEDNESDAY, [...runs, aRun(4, 7, { stage: 'RETRY' })])).toMatchObject({
      runs: 1,
      mean: { ORDERED: 7 },
    });
  });

  it('takes an outcome as 0 for a run that was stored before it existed', () => {
    const { MISSED: _, ...stored } = { ...ZERO_COUNTS, ORDERED: 1 };
    expect(weekdayAverage(WEDNESDAY, [aRun(1, 1, { counts: stored })]).mean).toEqual({ ...ZERO_COUNTS, ORDERED: 1 });
  });

  it('is compared with a preview, to two decimals', () => {
    const { runs, mean } = weekdayAverage(WEDNESDAY, [aRun(1, 1), aRun(2, 1), aRun(3, 2)]);
    expect(differenceFromAverage({ counts: { ...ZERO_COUNTS, ORDERED: 3, PAUSED: 2 }, usual: { runs, mean } })).toEqual(
      {
        ...ZERO_COUNTS,
        ORDERED: 1.67,
        PAUSED: 2,
      },
    );
    expect(differenceFromAverage({ counts: ZERO_COUNTS, usual: { runs: 0 } })).toBeUndefined();
  });
});
