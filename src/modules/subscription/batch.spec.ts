import { draw } from './batch';
import type { Evening } from './decision';
import { Means, type Offer } from './means';
import type { Subscription } from './subscription';

const EVENING: Evening = {
  date: '2026-12-02',
  now: '2026-12-01T15:32:00Z',
  slotAt: (slot) => `2026-12-02T${slot}:00Z`,
  shortage: 'WAIT',
};
const PLAIN = { takesStock: false, forgets: false };

function many(count: number, paymentMethod: 'WALLET' | 'COD', users = count): Subscription[] {
  return Array.from({ length: count }, (_, index) => ({
    subscriptionId: `S${index}`,
    userId: `U${index % users}`,
    startDate: '2026-12-02',
    terms: [
      {
        from: '2026-12-02',
        anchor: '2026-12-02',
        frequency: 'DAILY',
        items: [{ productId: `P${index % 40}`, qty: 1 }],
        deliverySlot: '06:30',
        address: '12 Dairy Lane, Pune',
        paymentMethod,
      },
    ],
    pauses: [],
    exceptions: [],
    generatedThrough: '2026-12-01',
    createdAt: '2026-12-01T04:30:00Z',
    version: 1,
  }));
}

const shelf = () =>
  new Map<string, Offer>(
    Array.from({ length: 40 }, (_, index) => [`P${index}`, { name: 'Product', price: 100, left: 1_000 }]),
  );
const rich = (subscriptions: readonly Subscription[]) =>
  new Means(shelf(), new Map(subscriptions.map(({ userId }) => [userId, 100_000])));

describe('a batch', () => {
  it.each([
    ['24 orders paid by wallets of their own', many(200, 'WALLET'), PLAIN, 24],
    ['32 of one wallet', many(200, 'WALLET', 1), PLAIN, 32],
    ['49 paid at the door', many(200, 'COD'), PLAIN, 49],
    ['32 that forget why there was none before', many(200, 'COD'), { ...PLAIN, forgets: true }, 32],
    ['32 that take a product each from the stock', many(200, 'COD'), { ...PLAIN, takesStock: true }, 32],
  ])('holds %s', (_, subscriptions, extra, size) => {
    const batch = draw(subscriptions, EVENING, rich(subscriptions), extra);
    expect(batch.decisions).toHaveLength(size);
    expect(batch.seen).toBe(size);
  });

  it('passes over those of whom nothing is to be decided', () => {
    const [first, ...others] = many(3, 'COD') as [Subscription, ...Subscription[]];
    const batch = draw([{ ...first, generatedThrough: EVENING.date }, ...others], EVENING, rich([]), PLAIN);
    expect([batch.seen, batch.decisions.length]).toEqual([3, 2]);
  });

  it('leaves what was there before as it was', () => {
    const subscriptions = many(1, 'COD');
    const before = rich(subscriptions);
    const { means } = draw(subscriptions, EVENING, before, PLAIN);
    expect([before.offerOf('P0'), means.offerOf('P0')]).toMatchObject([{ left: 1_000 }, { left: 999 }]);
  });

  it('takes one that makes the rules stumble for a fault, and goes on', () => {
    const [first, second] = many(2, 'COD') as [Subscription, Subscription];
    const spoilt = { ...first, terms: undefined as unknown as Subscription['terms'] };
    const { decisions } = draw([spoilt, second], EVENING, rich([]), PLAIN);
    expect(decisions).toMatchObject([
      { outcome: 'MISSED', fault: expect.stringContaining('TypeError') },
      { outcome: 'ORDERED' },
    ]);
  });
});
