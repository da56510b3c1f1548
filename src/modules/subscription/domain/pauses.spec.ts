import { changeTerms } from './change-terms';
import { pruneHistory, subscribe } from './lifecycle';
import { occurrenceOn } from './occurrence';
import { pause, resume } from './pauses';

const windowAtCreation = { today: '2026-12-01', firstOpenDate: '2026-12-02' };
const terms = {
  items: [{ productId: 'MILK', qty: 1 }],
  frequency: 'ALTERNATE_DAYS',
  deliverySlot: '06:30',
  address: '1 Dairy Lane',
  paymentMethod: 'COD',
} as const;
const subscription = subscribe(
  { ...terms, userId: 'U1', startDate: '2026-12-02' },
  windowAtCreation,
  '2026-12-01T04:30:00Z',
);

describe('resuming after the cutoff', () => {
  it('ends the pause that begins on the first open date, not the one that ends today', () => {
    const days = { today: '2026-12-05', firstOpenDate: '2026-12-07' };
    const pauses = [{ from: '2026-12-03', to: '2026-12-05' }, { from: '2026-12-07' }];
    expect(resume({ ...subscription, pauses }, undefined, days).pauses).toEqual(pauses.slice(0, 1));
  });
});

describe('pruning the history', () => {
  const paused = pause(subscription, { from: '2026-12-04', to: '2026-12-04' }, windowAtCreation);

  it('keeps a pause as long as its last date can be computed, and removes it the day after', () => {
    const kept = pruneHistory(paused, { today: '2026-12-12' });
    expect(occurrenceOn(kept, '2026-12-04').outcome).toBe('PAUSED');
    expect(pruneHistory(kept, { today: '2026-12-13' }).pauses).toEqual([]);
  });
});

describe('changing the terms back before they apply', () => {
  it('leaves no trace of the change', () => {
    const changed = changeTerms(
      subscription,
      { frequency: 'DAILY' },
      { today: '2026-12-03', firstOpenDate: '2026-12-04' },
    );
    expect(changed.terms).toHaveLength(2);
    const back = changeTerms(
      changed,
      { frequency: 'ALTERNATE_DAYS' },
      { today: '2026-12-03', firstOpenDate: '2026-12-04' },
    );
    expect(back.terms).toEqual(subscription.terms);
  });
});
