import type { Subscription } from '../../subscription';
import { inferPastOutcome } from './past-outcome';

describe('a date of which nothing is recorded', () => {
  const subscription = { terms: [{ from: '2026-12-05' }] } as unknown as Subscription;
  const day = (date: string, outcome: 'DUE' | 'PAUSED' | 'PRODUCT_WITHDRAWN') => ({
    date,
    outcome,
    items: [],
    amount: 60,
  });
  const said = (date: string, outcome: 'DUE' | 'PAUSED' | 'PRODUCT_WITHDRAWN') =>
    inferPastOutcome(subscription, day(date, outcome), '2026-12-10');

  it('is still to come, today and later', () => {
    expect(said('2026-12-10', 'DUE')).toEqual(day('2026-12-10', 'DUE'));
  });

  it.each(['DUE', 'PRODUCT_WITHDRAWN'] as const)('was missed, when %s and gone by', (outcome) => {
    expect(said('2026-12-09', outcome)).toEqual({ date: '2026-12-09', outcome: 'MISSED', items: [], amount: 0 });
  });

  it('was not due, when the terms of the time are forgotten', () => {
    expect(said('2026-12-04', 'DUE').outcome).toBe('NOT_DUE');
  });

  it('keeps every other reason', () => {
    expect(said('2026-12-09', 'PAUSED').outcome).toBe('PAUSED');
  });
});
