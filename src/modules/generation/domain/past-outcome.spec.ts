import type { Subscription } from '../../subscription';
import { inferPastOutcome } from './past-outcome';

describe('a date without a record', () => {
  const subscription = { terms: [{ from: '2026-12-05' }] } as unknown as Subscription;
  const day = (date: string, outcome: 'DUE' | 'PAUSED' | 'PRODUCT_WITHDRAWN') => ({
    date,
    outcome,
    items: [],
    amount: 60,
  });
  const inferred = (date: string, outcome: 'DUE' | 'PAUSED' | 'PRODUCT_WITHDRAWN') =>
    inferPastOutcome(subscription, day(date, outcome), '2026-12-10');

  it('is still to come, today and later', () => {
    expect(inferred('2026-12-10', 'DUE')).toEqual(day('2026-12-10', 'DUE'));
  });

  it.each(['DUE', 'PRODUCT_WITHDRAWN'] as const)('was missed if it was %s and has passed', (outcome) => {
    expect(inferred('2026-12-09', outcome)).toEqual({ date: '2026-12-09', outcome: 'MISSED', items: [], amount: 0 });
  });

  it('was not due if the terms of that time are no longer kept', () => {
    expect(inferred('2026-12-04', 'DUE').outcome).toBe('NOT_DUE');
  });

  it('keeps every other reason', () => {
    expect(inferred('2026-12-09', 'PAUSED').outcome).toBe('PAUSED');
  });
});
