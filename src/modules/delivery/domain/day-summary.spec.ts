import type { Order } from '../../order';
import { DayTally } from './day-summary';

type Counted = Pick<Order, 'status' | 'amount' | 'delivery' | 'history'>;

const at = '2026-12-01T01:30:00Z';
const anOrder = (status: Order['status'], rest: Partial<Counted> = {}): Counted => ({
  status,
  amount: 1_000,
  history: [{ status, at }],
  ...rest,
});
const deliveredBy = (courierId: string | undefined, status: string) => ({ deliveryId: 'D1', status, courierId });

const summaryOf = (...orders: Counted[]) => {
  const tally = new DayTally();
  tally.add(orders);
  return tally.summary;
};

describe('the summary of a day', () => {
  it('counts orders by status, and adds up those that are not cancelled', () => {
    const { orders, amount } = summaryOf(
      anOrder('CONFIRMED'),
      anOrder('CONFIRMED', { amount: 550 }),
      anOrder('CANCELLED'),
    );
    expect(orders).toEqual({ CREATED: 0, CONFIRMED: 2, PACKED: 0, DISPATCHED: 0, DELIVERED: 0, CANCELLED: 1 });
    expect(amount).toBe(1_550);
  });

  it('counts the deliveries of each courier, and those without one', () => {
    const { couriers } = summaryOf(
      anOrder('CREATED'),
      anOrder('CONFIRMED', { delivery: deliveredBy(undefined, 'ASSIGNED') }),
      anOrder('DISPATCHED', { delivery: deliveredBy('U1', 'IN_TRANSIT') }),
      anOrder('DELIVERED', { delivery: deliveredBy('U1', 'DELIVERED') }),
    );
    const none = { ASSIGNED: 0, PICKED_UP: 0, IN_TRANSIT: 0, DELIVERED: 0, FAILED: 0 };
    expect([...couriers]).toEqual([
      [undefined, { ...none, ASSIGNED: 1 }],
      ['U1', { ...none, IN_TRANSIT: 1, DELIVERED: 1 }],
    ]);
  });

  it('counts a failed delivery, but not one that ended because its order was cancelled', () => {
    const delivery = deliveredBy('U1', 'FAILED');
    const { couriers } = summaryOf(
      anOrder('CANCELLED', { delivery, history: [{ status: 'CANCELLED', at, reason: 'DELIVERY_FAILED' }] }),
      anOrder('CANCELLED', { delivery, history: [{ status: 'CANCELLED', at, reason: 'No longer needed' }] }),
    );
    expect(couriers.get('U1')).toMatchObject({ FAILED: 1 });
  });
});
