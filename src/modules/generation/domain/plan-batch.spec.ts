import { pendingSubscriptions, type Subscription } from '../../subscription';
import { Availability, type AvailableProduct } from './availability';
import type { RunContext } from './decide';
import { planBatch } from './plan-batch';

const CONTEXT: RunContext = {
  date: '2026-12-02',
  now: '2026-12-01T15:32:00Z',
  slotAt: (slot) => `2026-12-02T${slot}:00Z`,
  shortage: 'DEFER',
};

function someSubscriptions(count: number, paymentMethod: 'WALLET' | 'COD', users = count): Subscription[] {
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

const fullStock = () =>
  new Map<string, AvailableProduct>(
    Array.from({ length: 40 }, (_, index) => [`P${index}`, { name: 'Product', price: 100, left: 1_000 }]),
  );
const fullAvailability = (subscriptions: readonly Subscription[]) =>
  new Availability(fullStock(), new Map(subscriptions.map(({ userId }) => [userId, 100_000])));

const planned = (
  subscriptions: readonly Subscription[],
  availability: Availability,
  { context = CONTEXT, deletesEarlierRecord = false } = {},
) => planBatch(pendingSubscriptions(subscriptions, CONTEXT.date), context, availability, { deletesEarlierRecord });

describe('a batch', () => {
  it.each([
    ['24 orders paid by wallets of their own', someSubscriptions(200, 'WALLET'), {}, 24],
    ['32 of one wallet', someSubscriptions(200, 'WALLET', 1), {}, 32],
    ['49 paid on delivery', someSubscriptions(200, 'COD'), {}, 49],
    ['32 that delete an earlier record', someSubscriptions(200, 'COD'), { deletesEarlierRecord: true }, 32],
    [
      '32 that each take another product from the live stock',
      someSubscriptions(200, 'COD'),
      { context: { ...CONTEXT, shortage: 'PARTIAL' } as const },
      32,
    ],
  ])('holds %s', (_, subscriptions, extra, size) => {
    const batch = planned(subscriptions, fullAvailability(subscriptions), extra);
    expect(batch.decisions).toHaveLength(size);
    expect(batch.subscriptions.map(({ subscription }) => subscription)).toEqual(subscriptions.slice(0, size));
  });

  it('leaves out subscriptions that are not pending', () => {
    const [first, ...others] = someSubscriptions(3, 'COD') as [Subscription, ...Subscription[]];
    const batch = planned([{ ...first, generatedThrough: CONTEXT.date }, ...others], fullAvailability([]));
    expect(batch.decisions).toHaveLength(2);
  });

  it('does not change the availability it starts with', () => {
    const subscriptions = someSubscriptions(1, 'COD');
    const before = fullAvailability(subscriptions);
    const { availability: after } = planned(subscriptions, before);
    expect([before.productOf('P0'), after.productOf('P0')]).toMatchObject([{ left: 1_000 }, { left: 999 }]);
  });

  it('records a subscription on which a rule throws as undecidable, and decides the others', () => {
    const [first, second] = someSubscriptions(2, 'COD') as [Subscription, Subscription];
    const corrupted = { ...first, terms: undefined as unknown as Subscription['terms'] };
    const { decisions } = planned([corrupted, second], fullAvailability([]));
    expect(decisions).toMatchObject([
      { outcome: 'MISSED', fault: expect.stringContaining('TypeError') },
      { outcome: 'ORDERED' },
    ]);
  });
});
