import { addDays } from '../../kernel/calendar';
import { newRun, NOTHING, type Run } from './generation';
import { byName, difference, usual } from './preview';

const WEDNESDAY = '2026-12-30';
const aRun = (weeksBefore: number, ORDERED: number, changes: Partial<Run> = {}): Run => ({
  ...newRun(addDays(WEDNESDAY, -7 * weeksBefore), 8, '2026-12-01T15:32:00Z', 0),
  status: 'COMPLETED',
  stage: 'PLACE',
  counts: { ...NOTHING, ORDERED },
  ...changes,
});

describe('what is usual', () => {
  it('is the mean of the last four runs of the same weekday', () => {
    const runs = [
      aRun(1, 10),
      aRun(1, 999, { date: '2026-12-22' }),
      aRun(2, 20),
      aRun(3, 30),
      aRun(4, 41),
      aRun(5, 99),
    ];
    expect(usual(WEDNESDAY, runs)).toEqual({ runs: 4, mean: { ...NOTHING, ORDERED: 25.25 } });
  });

  it('leaves out what has not gone through, and the mark with which the dairy began', () => {
    const runs = [aRun(1, 1, { status: 'RUNNING' }), aRun(2, 2, { status: 'FAILED' }), aRun(3, 0, { stage: 'COUNT' })];
    expect(usual(WEDNESDAY, runs)).toEqual({ runs: 0 });
    expect(usual(WEDNESDAY, [...runs, aRun(4, 7, { stage: 'RETRY' })])).toMatchObject({
      runs: 1,
      mean: { ORDERED: 7 },
    });
  });

  it('is what a preview differs from, to two decimals', () => {
    const { runs, mean } = usual(WEDNESDAY, [aRun(1, 1), aRun(2, 1), aRun(3, 2)]);
    expect(difference({ counts: { ...NOTHING, ORDERED: 3, PAUSED: 2 }, usual: { runs, mean } })).toEqual({
      ...NOTHING,
      ORDERED: 1.67,
      PAUSED: 2,
    });
    expect(difference({ counts: NOTHING, usual: { runs: 0 } })).toBeUndefined();
  });
});

it('puts products in order of their names, equal ones of their ids', () => {
  const products = [
    { productId: 'P3', name: 'Milk' },
    { productId: 'P2', name: 'curd' },
    { productId: 'P1', name: 'Milk' },
  ];
  expect(byName(products).map(({ productId }) => productId)).toEqual(['P2', 'P1', 'P3']);
});
