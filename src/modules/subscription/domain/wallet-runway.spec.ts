import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { WEEKDAYS } from '../../../kernel/calendar';
import { occurrenceOn } from './occurrence';
import { mergePauses } from './pauses';
import type { PaymentMethod, Subscription } from './subscription';
import { computeRunway, MAX_RUNWAY_STEPS, RUNWAY_DAYS, upcomingCharges } from './wallet-runway';

const TODAY = Temporal.PlainDate.from('2027-12-20');
const at = (days: number) => TODAY.add({ days }).toString();
const PRICES = new Map([
  ['MILK', { name: 'Milk', price: 3_000, active: true }],
  ['CURD', { name: 'Curd', price: 1_950, active: true }],
  ['GONE', { name: 'Gone', price: 9_900, active: false }],
]);

const aFrequency = fc.oneof(
  fc.constantFrom('DAILY' as const, 'ALTERNATE_DAYS' as const),
  fc.record({ everyNDays: fc.integer({ min: 1, max: 100 }) }),
  fc
    .dictionary(fc.constantFrom(...WEEKDAYS), fc.integer({ min: 1, max: 3 }), { minKeys: 1, maxKeys: 7 })
    .map((weekdays) => ({ weekdays: { ...weekdays } })),
);
const someItems = fc
  .subarray(['MILK', 'CURD', 'GONE'], { minLength: 1 })
  .chain((productIds) =>
    fc.integer({ min: 1, max: 3 }).map((qty) => productIds.map((productId) => ({ productId, qty }))),
  );
const aDay = fc.integer({ min: -5, max: RUNWAY_DAYS + 5 });
const aPaymentMethod = fc.constantFrom<PaymentMethod>('WALLET', 'COD');

const aSubscription = fc
  .record({
    start: fc.integer({ min: -40, max: 40 }),
    end: fc.option(aDay),
    decided: fc.integer({ min: -3, max: 1 }),
    frequency: aFrequency,
    items: someItems,
    method: aPaymentMethod,
    change: fc.option(fc.tuple(fc.integer({ min: 1, max: 30 }), aPaymentMethod)),
    pauses: fc.array(fc.tuple(aDay, fc.integer({ min: 0, max: 20 })), { maxLength: 2 }),
    exceptions: fc.uniqueArray(fc.tuple(aDay, fc.oneof(fc.constant([]), someItems)), {
      selector: ([day]) => day,
      maxLength: 4,
    }),
  })
  .map(
    ({
      start,
      end,
      decided,
      frequency,
      items,
      method,
      change,
      pauses,
      exceptions,
    }): Omit<Subscription, 'subscriptionId'> => {
      const terms = { anchor: at(start), frequency, items, deliverySlot: '06:30', address: '1 Dairy Lane' };
      const later = change && { ...terms, from: at(start + change[0]), paymentMethod: change[1] };
      return {
        userId: 'U1',
        startDate: at(start),
        endDate: end === null ? undefined : at(Math.max(start, end)),
        terms: [{ ...terms, from: at(start), paymentMethod: method }, ...(later ? [later] : [])],
        pauses: mergePauses(pauses.map(([day, length]) => ({ from: at(day), to: at(day + length) }))),
        exceptions: exceptions
          .map(([day, changed]) => ({ date: at(day), items: changed }))
          .sort((one, other) => (one.date < other.date ? -1 : 1)),
        generatedThrough: at(decided),
        createdAt: '2027-01-01T00:00:00Z',
        version: 1,
      };
    },
  );
const someSubscriptions = fc
  .array(aSubscription, { maxLength: 4 })
  .map((all) => all.map((one, index) => ({ ...one, subscriptionId: `S${index}` })));

/** A reference model, which pays the deliveries day by day. */
function referenceRunway(balance: number, subscriptions: readonly Subscription[]) {
  let left = balance;
  let deliveries = 0;
  let until: string | undefined;
  for (let day = 0; day < RUNWAY_DAYS; day++) {
    for (const subscription of subscriptions) {
      const date = at(day);
      const due = occurrenceOn(subscription, date);
      if (date <= subscription.generatedThrough || due.outcome !== 'DUE') continue;
      const sold = due.items.filter(({ productId }) => productId !== 'GONE');
      if (sold.length === 0 || due.terms.paymentMethod !== 'WALLET') continue;
      const price = sold.reduce((sum, { productId, qty }) => sum + qty * (productId === 'MILK' ? 3_000 : 1_950), 0);
      if (price > left) return { deliveries, until, shortOn: date };
      left -= price;
      deliveries += 1;
      until = date;
    }
  }
  return { deliveries, until, shortOn: undefined };
}

function take<T>(count: number, all: Iterable<T>): T[] {
  const taken: T[] = [];
  for (const one of all) if (taken.push(one) === count) break;
  return taken;
}

/** Subscriptions of one MILK a day from the wallet. */
function dailySubscriptions(count: number): Subscription[] {
  const terms = {
    from: at(0),
    anchor: at(0),
    frequency: 'DAILY',
    items: [{ productId: 'MILK', qty: 1 }],
    deliverySlot: '06:30',
    address: '1 Dairy Lane',
    paymentMethod: 'WALLET',
  } as const;
  return Array.from({ length: count }, (_, index) => ({
    subscriptionId: `S${index}`,
    userId: 'U1',
    startDate: at(0),
    terms: [terms],
    pauses: [],
    exceptions: [],
    generatedThrough: at(-1),
    createdAt: '2027-01-01T00:00:00Z',
    version: 1,
  }));
}

describe('the runway of a wallet', () => {
  const aBalance = fc.integer({ min: 0, max: 200_000 });

  it('is the same as in the reference model', () => {
    fc.assert(
      fc.property(aBalance, someSubscriptions, (balance, subscriptions) => {
        const shuffled = [...subscriptions].reverse();
        expect(computeRunway(balance, upcomingCharges(shuffled, PRICES, at(0)))).toEqual(
          referenceRunway(balance, subscriptions),
        );
      }),
    );
  });

  it('is the same for the next two deliveries if only those are asked for', () => {
    fc.assert(
      fc.property(aBalance, someSubscriptions, (balance, subscriptions) => {
        const { deliveries, shortOn } = referenceRunway(balance, subscriptions);
        const next = computeRunway(balance, take(2, upcomingCharges(subscriptions, PRICES, at(0))));
        expect(next.shortOn).toBe(deliveries < 2 ? shortOn : undefined);
        expect(next.deliveries).toBe(Math.min(deliveries, 2));
      }),
    );
  });

  it('looks at a bounded number of deliveries, whatever the customer has subscribed to', () => {
    const price = jest.spyOn(PRICES, 'get');
    const steps = () => price.mock.calls.length;
    const runway = computeRunway(Number.MAX_SAFE_INTEGER, upcomingCharges(dailySubscriptions(40), PRICES, at(0)));
    expect({ ...runway, steps: steps() }).toEqual({
      deliveries: MAX_RUNWAY_STEPS,
      until: at(12),
      shortOn: undefined,
      steps: MAX_RUNWAY_STEPS,
    });
    price.mockClear();
    expect(computeRunway(6_000, upcomingCharges(dailySubscriptions(40), PRICES, at(0))).shortOn).toBe(at(0));
    expect(steps()).toBe(3);
  });

  it.each([{ terms: 'unreadable' }, { terms: [{ paymentMethod: 'WALLET' }] }, { frequency: undefined, terms: [null] }])(
    'leaves out a subscription with invalid data: %j',
    (invalid) => {
      const [broken, valid] = dailySubscriptions(2) as [Subscription, Subscription];
      const subscriptions = [{ ...broken, ...(invalid as object) }, valid];
      expect(computeRunway(3_000, upcomingCharges(subscriptions, PRICES, at(0)))).toEqual(
        computeRunway(3_000, upcomingCharges([valid], PRICES, at(0))),
      );
    },
  );

  it('is empty without charges', () => {
    expect(computeRunway(0, [])).toEqual({ deliveries: 0, until: undefined, shortOn: undefined });
    expect(computeRunway(0, [{ date: at(1), amount: 0 }])).toEqual({ deliveries: 1, until: at(1), shortOn: undefined });
  });
});
