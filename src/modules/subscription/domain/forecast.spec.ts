import { highestCashCost } from './forecast';
import type { Subscription, Terms } from './subscription';

const PRICES = new Map([
  ['MILK', { name: 'Milk', price: 3_000, active: true }],
  ['GONE', { name: 'Gone', price: 9_900, active: false }],
]);
const TERMS: Terms = {
  from: '2026-12-01',
  anchor: '2026-12-01',
  frequency: { weekdays: { MON: 1, SAT: 3 } },
  items: [
    { productId: 'MILK', qty: 2 },
    { productId: 'GONE', qty: 1 },
  ],
  deliverySlot: '06:30',
  address: '1 Dairy Lane',
  paymentMethod: 'COD',
};
const SUBSCRIPTION: Subscription = {
  subscriptionId: 'S1',
  userId: 'U1',
  startDate: '2026-12-01',
  terms: [TERMS],
  pauses: [],
  exceptions: [],
  generatedThrough: '2026-12-01',
  createdAt: '2026-12-01T00:00:00Z',
  version: 1,
};

describe('the highest cost of a delivery in cash', () => {
  it('is that of the day with the highest factor, without withdrawn products', () => {
    expect(highestCashCost(SUBSCRIPTION, PRICES)).toBe(18_000);
  });

  it('is that of an override which costs more, unless its date is decided', () => {
    const items = [{ productId: 'MILK', qty: 10 }];
    const override = (date: string) => ({ ...SUBSCRIPTION, exceptions: [{ date, items }] });
    expect(highestCashCost(override('2026-12-02'), PRICES)).toBe(30_000);
    expect(highestCashCost(override('2026-12-01'), PRICES)).toBe(18_000);
  });

  it('is nothing if the latest terms are paid from the wallet', () => {
    const terms = [TERMS, { ...TERMS, from: '2026-12-05', paymentMethod: 'WALLET' as const }];
    expect(highestCashCost({ ...SUBSCRIPTION, terms }, PRICES)).toBe(0);
  });
});
