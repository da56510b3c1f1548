import { occurrence } from './occurrence';
import { pruned, subscribe } from './lifetime';
import { pause, resume } from './pauses';
import { changeTerms } from './terms';

const created = { today: '2026-12-01', firstOpenDate: '2026-12-02' };
const terms = {
  items: [{ productId: 'MILK', qty: 1 }],
  frequency: 'ALTERNATE_DAYS',
  deliverySlot: '06:30',
  address: '1 Dairy Lane',
  paymentMethod: 'COD',
} as const;
const subscription = subscribe({ ...terms, userId: 'U1', startDate: '2026-12-02' }, created, '2026-12-01T04:30:00Z');

describe('in the evening, when tomorrow is closed', () => {
  it('a pause from the first open date is the running one, not the one that ends tonight', () => {
    const days = { today: '2026-12-05', firstOpenDate: '2026-12-07' };
    const pauses = [{ from: '2026-12-03', to: '2026-12-05' }, { from: '2026-12-07' }];
    expect(resume({ ...subscription, pauses }, undefined, days).pauses).toEqual(pauses.slice(0, 1));
  });
});

describe('what is over', () => {
  const paused = pause(subscription, { from: '2026-12-04', to: '2026-12-04' }, created);

  it('is kept as long as its last date can be computed, and forgotten the day after', () => {
    const kept = pruned(paused, { today: '2026-12-12' });
    expect(occurrence(kept, '2026-12-04').outcome).toBe('PAUSED');
    expect(pruned(kept, { today: '2026-12-13' }).pauses).toEqual([]);
  });

  it('leaves nothing behind when it never held', () => {
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
