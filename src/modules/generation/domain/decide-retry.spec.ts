import { Availability, type AvailableProduct } from './availability';
import { decideRetry } from './decide-retry';
import type { OutcomeRecord } from './outcome-record';

const SLOT = '2026-12-02T01:00:00Z';
const RETRY_TIME = '2026-12-01T22:30:00Z';
const MILK = { productId: 'MILK', name: 'Milk', qty: 2, price: 3_000, lineTotal: 6_000 };
const GHEE = { productId: 'GHEE', name: 'Ghee', qty: 1, price: 9_000, lineTotal: 9_000 };
const CURD = { productId: 'CURD', qty: 1 };
const lineOf = ({ productId, qty }: typeof MILK) => ({ productId, qty });

/** The wallet did not cover milk and ghee; curd was missing. */
const RECORD: OutcomeRecord = {
  subscriptionId: 'S01',
  userId: 'U01',
  date: '2026-12-02',
  outcome: 'SHORT_BALANCE',
  items: [MILK, GHEE],
  amount: 15_000,
  missing: [CURD],
  deliverySlot: SLOT,
  address: '12 Dairy Lane, Pune',
};

const product = (left: number): AvailableProduct => ({ name: 'Product', price: 99_000, left });
const availabilityOf = (milk: AvailableProduct | 'WITHDRAWN', ghee: AvailableProduct | 'WITHDRAWN', balance: number) =>
  new Availability(new Map([['MILK', milk] as const, ['GHEE', ghee] as const]), new Map([['U01', balance]]));

describe('the retry of a delivery that the wallet did not cover', () => {
  const all = { outcome: 'ORDERED', items: [MILK, GHEE], missing: [CURD] };
  const short = { outcome: 'SHORT_BALANCE' };

  it.each([
    ['orders at the prices of the run once the wallet covers it', product(2), product(1), 15_000, all],
    ['stays short of money when the wallet still does not cover it', product(2), product(1), 14_999, short],
    [
      'orders the rest when a product has sold out, also for a wallet that did not cover both',
      product(2),
      product(0),
      6_000,
      { outcome: 'ORDERED', items: [MILK], missing: [CURD, lineOf(GHEE)] },
    ],
    ['stays short of money when the wallet does not even cover the rest', product(2), product(0), 5_999, short],
    [
      'is out of stock when all has sold out and the wallet would have covered it',
      product(1),
      product(0),
      15_000,
      { outcome: 'OUT_OF_STOCK', missing: [CURD, lineOf(MILK), lineOf(GHEE)] },
    ],
    ['stays short of money when all has sold out but the wallet did not cover it', product(1), product(0), 0, short],
    [
      'names the withdrawal when all products are withdrawn',
      'WITHDRAWN',
      'WITHDRAWN',
      15_000,
      { outcome: 'PRODUCT_WITHDRAWN', missing: [CURD, lineOf(MILK), lineOf(GHEE)] },
    ],
  ] as const)('%s', (_, milk, ghee, balance, expected) => {
    expect(decideRetry(RECORD, availabilityOf(milk, ghee, balance), RETRY_TIME)).toEqual(expected);
  });

  it('is too late once the slot has passed, and not before', () => {
    const availability = availabilityOf(product(2), product(1), 15_000);
    expect(decideRetry(RECORD, availability, SLOT).outcome).toBe('ORDERED');
    expect(decideRetry(RECORD, availability, '2026-12-02T01:00:01Z')).toEqual(short);
  });
});
