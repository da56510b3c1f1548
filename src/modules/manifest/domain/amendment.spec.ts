import { type IssuedManifest, issue, namedOrdersOf, plannedOrderOf } from './amendment';
import type { ManifestOrder } from './manifest';

const AT = '2026-12-01T15:40:00Z';
const LATER = '2026-12-01T22:30:00Z';
const cancelled = () => 'CANCELLED' as const;

function anOrder(orderId: string, changes: Partial<ManifestOrder> = {}): ManifestOrder {
  return {
    ...{ orderId, deliveryId: `D${orderId}`, userId: 'ASHA', customer: { name: 'Asha', phone: '+919812345678' } },
    ...{
      deliverySlot: '2026-12-02T00:30:00Z',
      address: '1 Dairy Lane',
      status: 'ASSIGNED',
      isPacked: true,
      toCollect: 500,
    },
    items: [{ productId: 'MILK', name: 'Milk', qty: 2 }],
    ...changes,
  };
}
const planOf = (...orders: ManifestOrder[]) => orders.map(plannedOrderOf);
const first = (...orders: ManifestOrder[]) => issue(undefined, planOf(...orders), cancelled, AT) as IssuedManifest;

describe('the number of a manifest', () => {
  it('is 1 at first, without amendments', () => {
    expect(first(anOrder('O1'))).toMatchObject({ number: 1, issuedAt: AT, amendments: [] });
  });

  it('does not exist while there is nothing to deliver', () => {
    expect(issue(undefined, [], cancelled, AT)).toBeUndefined();
  });

  it('stays the same while nothing changes, in whatever order it is read', () => {
    const last = first(anOrder('O1'), anOrder('O2'));
    expect(issue(last, planOf(anOrder('O2'), anOrder('O1')), cancelled, LATER)).toBe(last);
  });

  it('stays the same while deliveries make progress', () => {
    const last = first(anOrder('O1'));
    expect(issue(last, planOf(anOrder('O1', { status: 'DELIVERED' })), cancelled, LATER)).toBe(last);
  });

  it.each<[string, Partial<ManifestOrder>, string]>([
    ['time', { deliverySlot: '2026-12-02T01:30:00Z' }, 'deliverySlot'],
    ['address', { address: '2 Dairy Lane' }, 'address'],
    ['phone', { customer: { name: 'Asha' } }, 'customer'],
    ['items', { items: [{ productId: 'MILK', name: 'Milk', qty: 3 }] }, 'items'],
    ['cash', { toCollect: 0 }, 'toCollect'],
  ])('increases with another %s', (_, changes, field) => {
    const next = issue(first(anOrder('O1')), planOf(anOrder('O1', changes)), cancelled, LATER);
    const change = { orderId: 'O1', type: 'CHANGED', fields: [field] };
    expect(next).toMatchObject({ number: 2, issuedAt: LATER, amendments: [{ number: 2, changes: [change] }] });
  });

  it('increases with orders that are added and removed, and says why they are gone', () => {
    const next = issue(first(anOrder('O1')), planOf(anOrder('O2')), () => 'REASSIGNED', LATER);
    expect(next?.amendments[0]?.changes).toEqual([
      { orderId: 'O1', type: 'REMOVED', reason: 'REASSIGNED' },
      { orderId: 'O2', type: 'ADDED' },
    ]);
    expect(issue(next, [], cancelled, LATER)).toMatchObject({ number: 3, plan: [] });
  });

  it('lists the last ten amendments, latest first, with at most fifty changes each', () => {
    let issued = first(anOrder('O1'));
    for (let count = 0; count < 12; count++) {
      const added = Array.from({ length: 51 }, (_, index) => anOrder(`O${count}-${index}`));
      issued = issue(issued, planOf(...added), cancelled, LATER) as IssuedManifest;
    }
    expect(issued.amendments.map(({ number }) => number)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
    expect(issued.amendments.map(({ changes, omitted }) => [changes.length, omitted])).toEqual(
      Array(10).fill([50, 52]),
    );
  });

  it('is stored without personal data, with the orders that it names', () => {
    const issued = issue(first(anOrder('O1')), planOf(anOrder('O2')), cancelled, LATER) as IssuedManifest;
    expect(JSON.stringify(issued)).not.toMatch(/Asha|9812345678|Dairy Lane|Milk/);
    expect(namedOrdersOf(issued)).toEqual(new Set(['O1', 'O2']));
  });
});
