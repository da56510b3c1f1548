import type { Order } from '../../order';
import { announce, type Announcement } from './customer-day';
import type { OutcomeRecord } from './outcome-record';

const EVENING = '2026-12-01T15:32:00Z';
const MORNING = '2026-12-01T22:30:00Z';
const SLOT = '2026-12-02T01:00:00Z';
const MILK = { productId: 'MILK', qty: 2, name: 'Milk', price: 3_000, lineTotal: 6_000 };
const CURD = { productId: 'CURD', qty: 1, name: 'Curd', price: 2_000, lineTotal: 2_000 };

const anOrder = (changes: Partial<Order> = {}): Order =>
  ({
    ...{ orderId: 'O1', userId: 'U1', status: 'CONFIRMED', items: [MILK], amount: 6_000, deliverySlot: SLOT },
    ...{ createdAt: EVENING, payment: { paymentId: 'P1', method: 'WALLET', status: 'SUCCESS' } },
    ...changes,
  }) as Order;
const aRecord = (changes: Partial<OutcomeRecord> = {}): OutcomeRecord => ({
  ...{ subscriptionId: 'S1', userId: 'U1', date: '2026-12-02', outcome: 'SHORT_BALANCE', decidedAt: EVENING },
  ...{ items: [CURD], deliverySlot: SLOT },
  ...changes,
});
const run: Announcement = { since: EVENING, until: EVENING, isRetry: false, retryAtOf: () => MORNING };
const retry: Announcement = { since: MORNING, until: MORNING, isRetry: true, retryAtOf: () => undefined };
const announced = (orders: Order[], records: OutcomeRecord[], announcement = run) =>
  announce({ userId: 'U1', date: '2026-12-02', orders, records }, announcement);

describe('the announcement of a day', () => {
  it('is what comes and what does not, with the time of the retry', () => {
    expect(announced([anOrder({ missing: [CURD] })], [aRecord()])).toEqual({
      type: 'subscription.day_decided',
      ...{ userId: 'U1', date: '2026-12-02', isUpdate: false },
      orders: [
        {
          ...{ orderId: 'O1', amount: 6_000, method: 'WALLET', deliverySlot: SLOT, retryAt: MORNING },
          items: [{ productId: 'MILK', qty: 2, name: 'Milk' }],
          missing: [{ productId: 'CURD', qty: 1, name: 'Curd' }],
        },
      ],
      skipped: [
        {
          ...{ subscriptionId: 'S1', reason: 'SHORT_BALANCE', retryAt: MORNING },
          items: [{ productId: 'CURD', qty: 1, name: 'Curd' }],
        },
      ],
    });
  });

  it.each(['PAUSED', 'SKIPPED', 'BLOCKED'] as const)('leaves out what is %s', (outcome) => {
    expect(announced([], [aRecord({ outcome })])).toBeUndefined();
    expect(announced([anOrder()], [aRecord({ outcome })])?.skipped).toEqual([]);
  });

  it('leaves out orders that have been cancelled', () => {
    expect(announced([anOrder({ status: 'CANCELLED' })], [])).toBeUndefined();
  });

  it('promises no retry for a record that is final, or of a withdrawn product', () => {
    expect(announced([], [aRecord({ isFinal: true })])?.skipped[0]).not.toHaveProperty('retryAt');
    expect(announced([], [aRecord({ outcome: 'PRODUCT_WITHDRAWN' })])?.skipped[0]).not.toHaveProperty('retryAt');
  });

  it('is nothing if the retry has changed nothing', () => {
    expect(announced([anOrder()], [aRecord()], retry)).toBeUndefined();
    // A pass that repeats an undecidable subscription, or an earlier version.
    expect(announced([], [aRecord({ decidedAt: undefined })])).toBeUndefined();
  });

  it.each([
    ['an order placed', [anOrder(), anOrder({ orderId: 'O2', createdAt: MORNING })], []],
    ['lines added', [anOrder({ addedAmount: 2_000 })], []],
    ['another outcome', [anOrder()], [aRecord({ outcome: 'OUT_OF_STOCK', decidedAt: MORNING })]],
  ])('is the whole day after the retry has changed it: %s', (_, orders, records) => {
    expect(announced(orders, records, retry)).toMatchObject({
      isUpdate: true,
      orders: orders.map(({ orderId }) => ({ orderId })),
      skipped: records.map(({ outcome: reason }) => ({ reason })),
    });
  });

  it('leaves out what a later pass has decided', () => {
    const later = [anOrder({ orderId: 'O2', createdAt: MORNING })];
    expect(announced([anOrder(), ...later], [])?.orders).toEqual([expect.objectContaining({ orderId: 'O1' })]);
    expect(announced(later, [aRecord({ decidedAt: MORNING })])).toBeUndefined();
  });

  it('is an update if a repeated pass decides one more subscription', () => {
    const later = { ...run, since: '2026-12-01T16:00:00Z', until: '2026-12-01T16:00:05Z' };
    const orders = [anOrder(), anOrder({ orderId: 'O2', createdAt: '2026-12-01T16:00:01Z' })];
    expect(announced(orders, [], later)).toMatchObject({ isUpdate: true, orders: [{}, {}] });
  });
});
