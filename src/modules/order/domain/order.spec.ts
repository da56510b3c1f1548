import { MAX_LINES } from '../../../kernel/lines';
import { type OrderDraft, placeOrder } from './order';
import { canTransition, ORDER_STATUSES, predecessorsOf } from './order.status';

const now = '2026-03-01T00:00:00Z';
const rules = { leadMinutes: 60, paymentWindowMinutes: 15 };
const products = new Map([
  ['MILK', { name: 'Milk', price: 3250, unit: '500 ml', active: true }],
  ['GHEE', { name: 'Ghee', price: 50000, active: false }],
]);
const draft = (changes: Partial<OrderDraft> = {}): OrderDraft => ({
  userId: 'U1',
  lines: [{ productId: 'MILK', qty: 2 }],
  deliverySlot: '2026-03-01T01:00:00Z',
  address: '1 Dairy Lane',
  ...changes,
});
const place = (changes: Partial<OrderDraft> = {}) => placeOrder(draft(changes), products, rules, now);

describe('placing an order', () => {
  it('prices each line at the current price, and sums equal products', () => {
    const order = place({
      lines: [
        { productId: 'MILK', qty: 2 },
        { productId: 'MILK', qty: 1 },
      ],
    });
    expect(order).toMatchObject({
      status: 'CREATED',
      amount: 9750,
      items: [{ productId: 'MILK', name: 'Milk', qty: 3, price: 3250, lineTotal: 9750, unit: '500 ml' }],
      payBy: '2026-03-01T00:15:00Z',
    });
  });

  it('accepts a slot exactly the lead time ahead, but not a second sooner', () => {
    expect(() => place({ deliverySlot: '2026-03-01T01:00:00Z' })).not.toThrow();
    expect(() => place({ deliverySlot: '2026-03-01T00:59:59Z' })).toThrow(/60 minutes/);
  });

  it('accepts a slot thirty days ahead, but not a second later', () => {
    expect(() => place({ deliverySlot: '2026-03-31T00:00:00Z' })).not.toThrow();
    expect(() => place({ deliverySlot: '2026-03-31T00:00:01Z' })).toThrow(/30 days/);
  });

  it('refuses an expected total that differs from the actual one, and returns both', () => {
    expect(() => place({ totalAmount: 6501 })).toThrow(
      expect.objectContaining({ code: 'order.total_mismatch', details: { given: 65.01, actual: 65 } }),
    );
  });

  it('refuses withdrawn or unknown products, no lines, and too many units or lines', () => {
    expect(() => place({ lines: [{ productId: 'GHEE', qty: 1 }] })).toThrow(/GHEE/);
    expect(() => place({ lines: [{ productId: 'NONE', qty: 1 }] })).toThrow(/NONE/);
    expect(() => place({ lines: [] })).toThrow(/no lines/);
    const lines = [600, 401].map((qty) => ({ productId: 'MILK', qty }));
    expect(() => place({ lines })).toThrow(/1000/);
    const many = Array.from({ length: MAX_LINES + 1 }, (_, i) => ({ productId: `P${i}`, qty: 1 }));
    expect(() => place({ lines: many })).toThrow(/at most 50/);
  });
});

describe('the status graph', () => {
  it('reaches every status from CREATED', () => {
    const reached = new Set(['CREATED']);
    for (let size = 0; size !== reached.size;) {
      size = reached.size;
      for (const to of ORDER_STATUSES) if (predecessorsOf(to).some((from) => reached.has(from))) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...ORDER_STATUSES].sort());
  });

  it('ends at DELIVERED and CANCELLED', () => {
    for (const end of ['DELIVERED', 'CANCELLED'] as const) {
      expect(ORDER_STATUSES.some((to) => canTransition(end, to))).toBe(false);
    }
  });
});
