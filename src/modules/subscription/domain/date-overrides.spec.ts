import { addDays } from '../../../kernel/calendar';
import { MAX_OVERRIDE_LINES, override } from './date-overrides';
import { subscribe } from './lifecycle';

const window = { today: '2026-12-01', firstOpenDate: '2026-12-02' };
const dailySubscription = subscribe(
  {
    userId: 'U1',
    items: [{ productId: 'MILK', qty: 1 }],
    frequency: 'DAILY',
    startDate: '2026-12-02',
    deliverySlot: '06:30',
    address: '1 Dairy Lane',
    paymentMethod: 'COD',
  },
  window,
  '2026-12-01T04:30:00Z',
);

describe('overriding many dates with many products', () => {
  it('is refused before a subscription outgrows its item', () => {
    const items = Array.from({ length: 50 }, (_, n) => ({ productId: 'P'.repeat(62) + String(10 + n), qty: 1_000 }));
    const date = (n: number) => addDays('2027-01-01', n);
    const dates = MAX_OVERRIDE_LINES / items.length;
    let full = dailySubscription;
    for (let n = 0; n < dates; n++) full = override(full, date(n), items, window);
    // DynamoDB's limit is 400 kB per item, and terms and pauses need space too.
    expect(Buffer.byteLength(JSON.stringify(full))).toBeLessThan(200_000);
    expect(() => override(full, date(dates), items.slice(0, 1), window)).toThrow(/with 1000 lines in total/);
    expect(() => override(full, date(0), items.slice(1), window)).not.toThrow();
    const later = { today: date(0), firstOpenDate: date(1) };
    expect(() => override(full, date(dates), items, later)).not.toThrow();
  });
});
