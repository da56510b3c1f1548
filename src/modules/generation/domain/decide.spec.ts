import { pendingOccurrence, type Subscription, type Terms } from '../../subscription';
import { Availability, type AvailableProduct, liveStock } from './availability';
import { allocate, decide, type Decision, type RunContext } from './decide';

const DATE = '2026-12-02';

const context = (changes: Partial<RunContext> = {}): RunContext => ({
  date: DATE,
  now: '2026-12-01T15:32:00Z',
  slotAt: (slot) => `${DATE}T${slot}:00Z`,
  shortage: 'DEFER',
  ...changes,
});

const TERMS: Terms = {
  from: DATE,
  anchor: DATE,
  frequency: 'DAILY',
  items: [
    { productId: 'MILK', qty: 2 },
    { productId: 'GHEE', qty: 1 },
  ],
  deliverySlot: '06:30',
  address: '12 Dairy Lane, Pune',
  paymentMethod: 'COD',
};

const aSubscription = (changes: Partial<Subscription> = {}, terms: Partial<Terms> = {}): Subscription => ({
  subscriptionId: 'S01',
  userId: 'U01',
  startDate: DATE,
  terms: [{ ...TERMS, ...terms }],
  pauses: [],
  exceptions: [],
  generatedThrough: '2026-12-01',
  createdAt: '2026-12-01T04:30:00Z',
  version: 1,
  ...changes,
});

const aProduct = (left: number, price = 3_000): AvailableProduct => ({ name: 'Product', price, unit: '1 l', left });

const anAvailability = (availability: Record<string, AvailableProduct | 'WITHDRAWN'>, balance = 0) =>
  new Availability(new Map(Object.entries(availability)), new Map([['U01', balance]]));

/** The decision on a subscription; undefined if nothing is pending. */
const decided = (subscription: Subscription, runContext: RunContext, availability: Availability) => {
  const occurrence = pendingOccurrence(subscription, runContext.date);
  return occurrence && decide({ subscription, occurrence }, runContext, availability);
};

const outcomeOf = (decision: Decision | undefined) => decision?.outcome;

describe('the decision on a subscription', () => {
  const plenty = anAvailability({ MILK: aProduct(10), GHEE: aProduct(10, 9_000) });

  it('is an order at current prices', () => {
    expect(decided(aSubscription(), context(), plenty)).toMatchObject({
      outcome: 'ORDERED',
      amount: 15_000,
      missing: [],
      deliverySlot: '2026-12-02T06:30:00Z',
      items: [
        { productId: 'MILK', name: 'Product', qty: 2, price: 3_000, lineTotal: 6_000, unit: '1 l' },
        { productId: 'GHEE', qty: 1, price: 9_000, lineTotal: 9_000 },
      ],
    });
  });

  it.each([
    ['undefined once the date is decided', { generatedThrough: DATE }, undefined],
    ['undefined before the start', { startDate: '2026-12-03' }, undefined],
    ['undefined after the end', { endDate: '2026-12-01' }, undefined],
    ['a pause', { pauses: [{ from: DATE }] }, 'PAUSED'],
    ['a skip', { exceptions: [{ date: DATE, items: [] }] }, 'SKIPPED'],
  ])('is %s', (_, changes, outcome) => {
    expect(outcomeOf(decided(aSubscription(changes), context(), plenty))).toBe(outcome);
  });

  it('is missed once its slot has passed, and not before', () => {
    const at = (now: string) => outcomeOf(decided(aSubscription(), context({ now }), plenty));
    expect(at('2026-12-02T06:30:00Z')).toBe('ORDERED');
    expect(at('2026-12-02T06:30:01Z')).toBe('MISSED');
  });

  it.each([
    ['a product is not reserved', { MILK: aProduct(10) }],
    ['the stock is too low', { MILK: aProduct(1), GHEE: aProduct(1) }],
  ])('is deferred if %s', (_, availability) => {
    expect(outcomeOf(decided(aSubscription(), context(), anAvailability(availability)))).toBe('DEFERRED');
  });

  it.each([
    ['one is short', { MILK: aProduct(1), GHEE: aProduct(1) }, 'ORDERED', [{ productId: 'MILK', qty: 2 }]],
    ['one is withdrawn', { MILK: aProduct(2), GHEE: 'WITHDRAWN' }, 'ORDERED', [{ productId: 'GHEE', qty: 1 }]],
    ['all are short', { MILK: aProduct(1), GHEE: aProduct(0) }, 'OUT_OF_STOCK', TERMS.items],
    ['one is short, one withdrawn', { MILK: aProduct(1), GHEE: 'WITHDRAWN' }, 'OUT_OF_STOCK', TERMS.items],
    ['all are withdrawn', { MILK: 'WITHDRAWN', GHEE: 'WITHDRAWN' }, 'PRODUCT_WITHDRAWN', TERMS.items],
  ] as const)('is decided without the product if %s', (_, availability, outcome, missing) => {
    const decision = decided(aSubscription(), context({ shortage: 'PARTIAL' }), anAvailability(availability));
    expect(decision).toMatchObject({ outcome, missing });
  });

  it('is not deferred for a withdrawn product', () => {
    const availability = anAvailability({ MILK: aProduct(2), GHEE: 'WITHDRAWN' });
    expect(outcomeOf(decided(aSubscription(), context(), availability))).toBe('ORDERED');
  });

  it.each([
    [15_000, 'ORDERED'],
    [14_999, 'SHORT_BALANCE'],
  ])('is paid by a wallet that holds %i: %s', (balance, outcome) => {
    const byWallet = aSubscription({}, { paymentMethod: 'WALLET' });
    const availability = anAvailability({ MILK: aProduct(10), GHEE: aProduct(10, 9_000) }, balance);
    expect(decided(byWallet, context(), availability)).toMatchObject({ outcome, amount: 15_000 });
  });

  it('keeps the price of a line that has one', () => {
    const priced = { productId: 'MILK', name: 'Milk', qty: 1, price: 2_500, lineTotal: 2_500 };
    const payer = { userId: 'U01', paymentMethod: 'WALLET' } as const;
    const serving = allocate([priced], payer, anAvailability({ MILK: aProduct(1) }, 2_500), 'PARTIAL');
    expect(serving).toEqual({ outcome: 'ORDERED', items: [priced], missing: [], amount: 2_500 });
  });
});

describe('availability', () => {
  it('is the current stock of products on sale; others are withdrawn', () => {
    const product = { name: 'Milk', price: 3_000, stock: 10 };
    const products = new Map([
      ['MILK', { ...product, active: true }],
      ['CURD', { ...product, active: false }],
    ]);
    const lines = ['MILK', 'CURD', 'GHEE'].map((productId) => ({ productId }));
    expect([...liveStock(lines, products)]).toEqual([
      ['MILK', { name: 'Milk', price: 3_000, left: 10 }],
      ['CURD', 'WITHDRAWN'],
      ['GHEE', 'WITHDRAWN'],
    ]);
  });

  it('decreases with every order, except in copies', () => {
    const first = anAvailability({ MILK: aProduct(3) }, 10_000);
    const copy = first.copy();
    const payer = { userId: 'U01', paymentMethod: 'WALLET' } as const;
    const wanted = [{ productId: 'MILK', qty: 2 }];
    first.consume('U01', allocate(wanted, payer, first, 'PARTIAL'), 'WALLET');
    expect(first.productOf('MILK')).toMatchObject({ left: 1 });
    expect(first.balanceOf('U01')).toBe(4_000);
    expect(copy.productOf('MILK')).toMatchObject({ left: 3 });
    expect(copy.balanceOf('U01')).toBe(10_000);
  });

  it('is unchanged if nothing is ordered, and so is a wallet that does not pay', () => {
    const some = anAvailability({ MILK: aProduct(1) }, 10_000);
    const payer = { userId: 'U01', paymentMethod: 'COD' } as const;
    some.consume('U01', allocate([{ productId: 'MILK', qty: 2 }], payer, some, 'PARTIAL'), 'COD');
    expect(some.productOf('MILK')).toMatchObject({ left: 1 });
    some.consume('U01', allocate([{ productId: 'MILK', qty: 1 }], payer, some, 'PARTIAL'), 'COD');
    expect(some.productOf('MILK')).toMatchObject({ left: 0 });
    expect(some.balanceOf('U01')).toBe(10_000);
  });
});
