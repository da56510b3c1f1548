import { Availability, type AvailableProduct } from './availability';
import { decideAddition, decideRetry } from './decide-retry';
import type { OutcomeRecord } from './outcome-record';

const SLOT = '2026-12-02T01:00:00Z';
const AFTER_SLOT = '2026-12-02T01:00:01Z';
const RETRY_TIME = '2026-12-01T22:30:00Z';
const MILK = { productId: 'MILK', name: 'Milk', qty: 2, price: 3_000, lineTotal: 6_000 };
const GHEE = { productId: 'GHEE', name: 'Ghee', qty: 1, price: 9_000, lineTotal: 9_000 };
const CURD = { productId: 'CURD', name: 'Curd', qty: 1, price: 2_000, lineTotal: 2_000 };
/** It was withdrawn in the run, so it has no price. */
const WITHDRAWN_PANEER = { productId: 'PANEER', qty: 1 };

const product = (left: number): AvailableProduct => ({ name: 'Product', price: 99_000, left });
type Stock = Record<string, AvailableProduct | 'WITHDRAWN'>;
const availabilityOf = (stock: Stock, balance: number) =>
  new Availability(
    new Map(Object.entries({ MILK: product(0), GHEE: product(0), CURD: product(0), PANEER: product(9), ...stock })),
    new Map([['U01', balance]]),
  );

describe('the retry of a delivery that the wallet did not cover', () => {
  const RECORD: OutcomeRecord = {
    subscriptionId: 'S01',
    userId: 'U01',
    date: '2026-12-02',
    outcome: 'SHORT_BALANCE',
    items: [MILK, GHEE],
    amount: 15_000,
    missing: [CURD, WITHDRAWN_PANEER],
    deliverySlot: SLOT,
    address: '12 Dairy Lane, Pune',
  };
  const unchanged = { outcome: 'UNCHANGED' };
  const both = { MILK: product(2), GHEE: product(1) };
  const allThree = { ...both, CURD: product(1) };
  const milkOnly = { MILK: product(2) };
  const withdrawn = { MILK: 'WITHDRAWN', GHEE: 'WITHDRAWN' } as const;
  const all = [MILK, GHEE, CURD, WITHDRAWN_PANEER];

  it.each([
    [
      'orders at the prices of the run once the wallet covers it',
      both,
      15_000,
      { outcome: 'ORDERED', items: [MILK, GHEE], missing: [CURD, WITHDRAWN_PANEER] },
    ],
    [
      'also orders what was out of stock and has come back',
      allThree,
      17_000,
      { outcome: 'ORDERED', items: [MILK, GHEE, CURD], missing: [WITHDRAWN_PANEER] },
    ],
    [
      'leaves out what has come back if the wallet covers only the rest',
      allThree,
      16_999,
      { outcome: 'ORDERED', items: [MILK, GHEE], missing: [CURD, WITHDRAWN_PANEER] },
    ],
    ['changes nothing if the wallet still does not cover it', both, 14_999, unchanged],
    [
      'orders the rest when a product has sold out, also for a wallet that did not cover both',
      milkOnly,
      6_000,
      { outcome: 'ORDERED', items: [MILK], missing: [GHEE, CURD, WITHDRAWN_PANEER] },
    ],
    ['changes nothing if the wallet does not even cover the rest', milkOnly, 5_999, unchanged],
    ['is out of stock when all has sold out but could be paid', {}, 15_000, { outcome: 'OUT_OF_STOCK', missing: all }],
    ['changes nothing when all has sold out and could not be paid', {}, 0, unchanged],
    ['names the withdrawal of all products', withdrawn, 15_000, { outcome: 'PRODUCT_WITHDRAWN', missing: all }],
  ])('%s', (_, stock, balance, expected) => {
    expect(decideRetry(RECORD, availabilityOf(stock, balance), RETRY_TIME)).toEqual(expected);
  });

  it('is too late once the slot has passed, and not before', () => {
    expect(decideRetry(RECORD, availabilityOf(both, 15_000), SLOT).outcome).toBe('ORDERED');
    expect(decideRetry(RECORD, availabilityOf(both, 15_000), AFTER_SLOT)).toEqual(unchanged);
  });

  it.each([
    ['WALLET', 8_000, { outcome: 'ORDERED', items: [MILK, CURD], missing: [GHEE] }],
    ['WALLET', 7_999, unchanged],
    ['COD', 0, { outcome: 'ORDERED', items: [MILK, CURD], missing: [GHEE] }],
  ] as const)('orders what has come back of a delivery that was out of stock, paid by %s from %i', (...args) => {
    const [paymentMethod, balance, expected] = args;
    const record: OutcomeRecord = {
      ...RECORD,
      outcome: 'OUT_OF_STOCK',
      items: undefined,
      amount: undefined,
      missing: [MILK, GHEE, CURD],
      paymentMethod,
    };
    const stock = { MILK: product(2), CURD: product(1) };
    expect(decideRetry(record, availabilityOf(stock, balance), RETRY_TIME)).toEqual(expected);
    expect(decideRetry(record, availabilityOf({}, balance), RETRY_TIME)).toEqual(unchanged);
  });
});

describe('the addition of missing lines to an order', () => {
  const order = {
    userId: 'U01',
    deliverySlot: SLOT,
    missing: [GHEE, CURD, WITHDRAWN_PANEER],
    payment: { method: 'WALLET' },
  };

  it('adds what has come back and the wallet covers, at the prices of the run', () => {
    const stock = { CURD: product(1) };
    expect(decideAddition(order, availabilityOf(stock, 2_000), RETRY_TIME)).toEqual({
      items: [CURD],
      missing: [GHEE, WITHDRAWN_PANEER],
    });
    expect(decideAddition(order, availabilityOf(stock, 1_999), RETRY_TIME)).toBeUndefined();
    const onDelivery = { ...order, payment: { method: 'COD' } };
    expect(decideAddition(onDelivery, availabilityOf(stock, 0), RETRY_TIME)).toMatchObject({ items: [CURD] });
  });

  it('adds nothing if nothing has come back, or the slot has passed', () => {
    expect(decideAddition(order, availabilityOf({}, 9_000), RETRY_TIME)).toBeUndefined();
    expect(decideAddition(order, availabilityOf({ CURD: product(1) }, 9_000), AFTER_SLOT)).toBeUndefined();
  });
});
