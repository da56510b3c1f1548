import {
  applyReport,
  assertSlotAhead,
  assign,
  type Delivery,
  deliveryUpdatedEvent,
  failureReasonOf,
  isDuplicateReport,
  orderEventOf,
  reassign,
} from './delivery';
import {
  canTransition,
  DELIVERY_STATUSES,
  FAILURE_REASONS,
  ORDER_EFFECTS,
  predecessorsOf,
  type ReportedStatus,
} from './delivery.status';

const now = '2026-03-01T00:00:00Z';
const REPORTED_STATUSES = DELIVERY_STATUSES.filter((status): status is ReportedStatus => status !== 'ASSIGNED');
const order = {
  orderId: 'O1',
  userId: 'U1',
  deliverySlot: '2026-03-02T01:30:00Z',
  address: '1 Dairy Lane',
  amount: 6500,
};
const assigned = (changes: Partial<Delivery> = {}): Delivery => ({
  ...assign(order, { courierId: 'C1' }, { at: now }),
  ...changes,
});

describe('the status graph', () => {
  it('reaches every status from ASSIGNED', () => {
    const reached = new Set(['ASSIGNED']);
    for (let size = 0; size !== reached.size;) {
      size = reached.size;
      for (const to of DELIVERY_STATUSES) if (predecessorsOf(to).some((from) => reached.has(from))) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...DELIVERY_STATUSES].sort());
  });

  it('ends at DELIVERED and FAILED', () => {
    for (const end of ['DELIVERED', 'FAILED'] as const) {
      expect(DELIVERY_STATUSES.some((to) => canTransition(end, to))).toBe(false);
    }
  });

  it('allows a failure of every open delivery, but of none that has ended', () => {
    expect(predecessorsOf('FAILED')).toEqual(['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT']);
  });
});

describe('assigning', () => {
  it('takes the slot and address of the order, unless others are given', () => {
    expect(assign(order, {}, { at: now })).toMatchObject({
      deliveryId: 'D1',
      status: 'ASSIGNED',
      deliverySlot: order.deliverySlot,
      address: order.address,
      history: [{ status: 'ASSIGNED', at: now }],
      version: 1,
    });
    const chosen = { courierId: 'C1', deliverySlot: '2026-03-03T01:30:00Z', address: '2 Dairy Lane' };
    expect(assign(order, chosen, { at: now })).toMatchObject(chosen);
  });

  it('changes only the given fields, and nothing if they are the same', () => {
    const delivery = assigned();
    expect(reassign(delivery, { courierId: 'C2' })).toEqual({ ...delivery, courierId: 'C2', version: 2 });
    expect(reassign(delivery, { courierId: 'C1' })).toBe(delivery);
  });

  it.each(['PICKED_UP', 'IN_TRANSIT'] as const)('changes only the courier once the delivery is %s', (status) => {
    const delivery = assigned({ status });
    expect(reassign(delivery, { courierId: 'C2' })).toEqual({ ...delivery, courierId: 'C2', version: 2 });
    for (const change of [{ address: 'Elsewhere' }, { deliverySlot: '2026-03-02T00:00:00Z' }]) {
      expect(() => reassign(delivery, { courierId: 'C2', ...change })).toThrow(
        expect.objectContaining({ code: 'delivery.illegal_transition', message: expect.stringContaining('courier') }),
      );
    }
  });

  it.each(['DELIVERED', 'FAILED'] as const)('is refused once the delivery is %s', (status) => {
    expect(() => reassign(assigned({ status }), { courierId: 'C2' })).toThrow(
      expect.objectContaining({ code: 'delivery.illegal_transition' }),
    );
  });

  it('accepts slots from one second to thirty days ahead', () => {
    expect(() => assertSlotAhead(undefined, now)).not.toThrow();
    expect(() => assertSlotAhead('2026-03-01T00:00:01Z', now)).not.toThrow();
    expect(() => assertSlotAhead('2026-03-31T00:00:00Z', now)).not.toThrow();
    expect(() => assertSlotAhead(now, now)).toThrow(/future/);
    expect(() => assertSlotAhead('2026-03-31T00:00:01Z', now)).toThrow(/30 days/);
  });
});

describe('reporting', () => {
  it('adds the status, instant, reason and note to the history', () => {
    const failed = applyReport(
      assigned(),
      { status: 'FAILED', reason: 'SPOILED', note: 'The van was warm' },
      { at: now },
    );
    expect(failed).toMatchObject({ status: 'FAILED', version: 2 });
    expect(failed.history.at(-1)).toEqual({ status: 'FAILED', at: now, reason: 'SPOILED', note: 'The van was warm' });
    expect(failureReasonOf(failed)).toBe('SPOILED');
  });

  it('keeps the instant of the phone and the instant of arrival', () => {
    const at = '2026-02-28T23:40:00Z';
    const picked = applyReport(assigned(), { status: 'PICKED_UP', at, clientEventId: 'E1' }, { at: now });
    expect(picked.history.at(-1)).toEqual({ status: 'PICKED_UP', at, receivedAt: now, clientEventId: 'E1' });
    expect(deliveryUpdatedEvent(picked)).toMatchObject({ status: 'PICKED_UP', happenedAt: at });
    const atOnce = applyReport(assigned(), { status: 'PICKED_UP' }, { at: now });
    expect(deliveryUpdatedEvent(atOnce)).not.toHaveProperty('happenedAt');
  });

  it('recognises a repeated report', () => {
    const failed = applyReport(assigned(), { status: 'FAILED', reason: 'OTHER' }, { at: now });
    expect(isDuplicateReport(failed, { status: 'FAILED', reason: 'OTHER' })).toBe(true);
    expect(isDuplicateReport(failed, { status: 'FAILED', reason: 'REFUSED' })).toBe(false);
    expect(isDuplicateReport(assigned(), { status: 'ASSIGNED' })).toBe(false);
  });

  it.each(FAILURE_REASONS)(
    'refunds a delivery that failed with %s, unless it is the fault of the customer',
    (reason) => {
      const isFaultOfCustomer = ['CUSTOMER_UNAVAILABLE', 'ADDRESS_NOT_FOUND', 'REFUSED'].includes(reason);
      expect(orderEventOf(applyReport(assigned(), { status: 'FAILED', reason }, { at: now }))).toMatchObject({
        type: 'order.cancelled',
        reason: 'DELIVERY_FAILED',
        moneyBack: !isFaultOfCustomer,
        amount: 6500,
      });
    },
  );

  it('dispatches the order at pickup and delivers it at the door', () => {
    const types = (['PICKED_UP', 'IN_TRANSIT', 'DELIVERED'] as const).map(
      (status) => orderEventOf({ ...assigned(), status })?.type,
    );
    expect(types).toEqual(['order.dispatched', undefined, 'order.delivered']);
  });

  it.each(REPORTED_STATUSES)('emits only the event of the order status that %s implies', (status) => {
    const orderStatus = ORDER_EFFECTS[status]?.orderStatus;
    const delivery = { ...assigned(), status };
    expect(orderEventOf(delivery)?.type).toBe(orderStatus && `order.${orderStatus.toLowerCase()}`);
  });
});
