import type { PendingSubscription, Terms } from '../../subscription';
import type { RunContext } from './decide';
import { addDemand } from './pending-demand';

const CONTEXT: RunContext = {
  date: '2026-12-02',
  now: '2026-12-02T06:30:00Z',
  slotAt: (slot) => {
    if (!/^\d\d:\d\d$/.test(slot)) throw new RangeError(`No slot: ${slot}`);
    return `2026-12-02T${slot}:00Z`;
  },
  shortage: 'DEFER',
};

const dueAt = (deliverySlot: string, ...items: { productId: string; qty: number }[]): PendingSubscription => ({
  subscription: {} as PendingSubscription['subscription'],
  occurrence: { outcome: 'DUE', items, terms: { deliverySlot } as Terms },
});

describe('the demand of a date', () => {
  const demandOf = (...pending: PendingSubscription[]) => {
    const demand = { MILK: 1 };
    addDemand(pending, CONTEXT, demand);
    return demand;
  };

  it('adds up the units of all deliveries, by product', () => {
    const two = { productId: 'MILK', qty: 2 };
    expect(demandOf(dueAt('06:30', two), dueAt('07:00', two, { productId: 'CURD', qty: 1 }))).toEqual({
      MILK: 5,
      CURD: 1,
    });
  });

  it('leaves out what is paused or skipped, and slots that have passed or cannot be read', () => {
    const paused: PendingSubscription = { ...dueAt('07:00'), occurrence: { outcome: 'PAUSED' } };
    const milk = { productId: 'MILK', qty: 2 };
    expect(demandOf(paused, dueAt('06:29', milk), dueAt('soon', milk))).toEqual({ MILK: 1 });
  });
});
