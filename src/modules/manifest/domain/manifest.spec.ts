import { Calendar } from '../../../kernel/calendar';
import type { Delivery } from '../../delivery';
import { cashOf, loadOf, type ManifestOrder, removalReasonOf, stopsOf } from './manifest';

const CALENDAR = new Calendar('Asia/Kolkata');
const SIX = '2026-12-02T00:30:00Z';
const SEVEN = '2026-12-02T01:30:00Z';

let orders = 0;
function anOrder(changes: Partial<ManifestOrder> = {}): ManifestOrder {
  const id = ++orders;
  return {
    orderId: `O${id}`,
    deliveryId: `D${id}`,
    userId: 'ASHA',
    customer: { name: 'Asha' },
    deliverySlot: SIX,
    address: '1 Dairy Lane',
    items: [{ productId: 'MILK', name: 'Milk', unit: '500 ml', qty: 2 }],
    toCollect: 0,
    status: 'ASSIGNED',
    isPacked: true,
    ...changes,
  };
}

describe('the stops of a manifest', () => {
  it('are sorted by time, then by address, with house 9 before house 10', () => {
    const stops = stopsOf([
      anOrder({ deliverySlot: SEVEN, address: '1 Dairy Lane' }),
      anOrder({ address: '10 Dairy Lane' }),
      anOrder({ address: '9 Dairy Lane' }),
    ]);
    expect(stops.map(({ sequence, deliverySlot, address }) => [sequence, deliverySlot, address])).toEqual([
      [1, SIX, '9 Dairy Lane'],
      [2, SIX, '10 Dairy Lane'],
      [3, SEVEN, '1 Dairy Lane'],
    ]);
  });

  it('are in the same order, whatever the order of what was read', () => {
    const all = [anOrder({ userId: 'B' }), anOrder({ userId: 'A' }), anOrder({ userId: 'B' })];
    expect(stopsOf([...all].reverse())).toEqual(stopsOf(all));
  });

  it('combine the orders of a customer for one time and address, and their cash', () => {
    const [stop, ...others] = stopsOf([anOrder({ toCollect: 500 }), anOrder({ toCollect: 250 })]);
    expect(others).toEqual([]);
    expect(stop).toMatchObject({ sequence: 1, toCollect: 750, orders: { length: 2 } });
  });

  it.each<[string, Partial<ManifestOrder>]>([
    ['times', { deliverySlot: SEVEN }],
    ['addresses', { address: '2 Dairy Lane' }],
    ['customers', { userId: 'BELA' }],
  ])('keep different %s apart', (_, changes) => {
    expect(stopsOf([anOrder(), anOrder(changes)])).toHaveLength(2);
  });
});

describe('the totals of a manifest', () => {
  it('add up the units of each product, by name', () => {
    const curd = { productId: 'CURD', name: 'Curd', qty: 1 };
    const milk = { productId: 'MILK', name: 'Milk', unit: '500 ml', qty: 3 };
    expect(loadOf([anOrder(), anOrder({ items: [milk, curd] })])).toEqual([curd, { ...milk, qty: 5 }]);
  });

  it('add up the cash', () => {
    expect(cashOf([anOrder({ toCollect: 500 }), anOrder(), anOrder({ toCollect: 1 })])).toBe(501);
  });
});

describe('a delivery', () => {
  const delivery = (changes: Partial<Delivery>): Delivery => ({
    ...{ deliveryId: 'D1', orderId: 'O1', userId: 'ASHA', status: 'ASSIGNED', courierId: 'RAVI' },
    ...{ deliverySlot: SIX, address: '1 Dairy Lane', amount: 0, history: [], version: 1, createdAt: SIX },
    ...changes,
  });
  const reasonOf = (changes: Partial<Delivery>) =>
    removalReasonOf(delivery(changes), { courierId: 'RAVI', date: '2026-12-02' }, CALENDAR);
  const pickedUp = { status: 'PICKED_UP', at: SIX } as const;

  it.each<[string, Partial<Delivery>]>([
    ['assigned', {}],
    ['on the way', { status: 'IN_TRANSIT', history: [pickedUp] }],
    ['delivered', { status: 'DELIVERED', history: [pickedUp] }],
    ['brought back', { status: 'FAILED', history: [pickedUp] }],
    ['at the last minute of the local date', { deliverySlot: '2026-12-02T18:29:00Z' }],
  ])('that is %s is on the manifest', (_, changes) => {
    expect(reasonOf(changes)).toBeUndefined();
  });

  it.each<[string, Partial<Delivery>, string]>([
    ['was cancelled before it was loaded', { status: 'FAILED' }, 'CANCELLED'],
    ['goes to another courier', { courierId: 'SITA' }, 'REASSIGNED'],
    ['has no courier', { courierId: undefined }, 'REASSIGNED'],
    ['is on another date', { deliverySlot: '2026-12-02T18:30:00Z' }, 'RESCHEDULED'],
  ])('that %s is not', (_, changes, reason) => {
    expect(reasonOf(changes)).toBe(reason);
  });
});
