import { type Delivery, isApplied } from './delivery';
import { assertTimely, assertValidReport, inOrder, type OfflineReport } from './report';

const now = '2026-03-10T00:00:00Z';
const report = (changes: Partial<OfflineReport> = {}): OfflineReport => ({
  ...{ deliveryId: 'D1', clientEventId: 'E1', at: now, status: 'PICKED_UP' },
  ...changes,
});

describe('a report', () => {
  it('requires a reason for a failure, and refuses one otherwise', () => {
    expect(() => assertValidReport({ status: 'FAILED' })).toThrow(/reason/);
    expect(() => assertValidReport({ status: 'DELIVERED', reason: 'OTHER' })).toThrow(/reason/);
    expect(() => assertValidReport({ status: 'FAILED', reason: 'OTHER' })).not.toThrow();
  });

  it('may be from seven days ago to five minutes ahead', () => {
    for (const at of [undefined, now, '2026-03-03T00:00:00Z', '2026-03-10T00:05:00Z']) {
      expect(() => assertTimely({ status: 'PICKED_UP', at }, now)).not.toThrow();
    }
    expect(() => assertTimely(report({ at: '2026-03-10T00:05:01Z' }), now)).toThrow(
      expect.objectContaining({ code: 'delivery.report_from_future' }),
    );
    expect(() => assertTimely(report({ at: '2026-03-02T23:59:59Z' }), now)).toThrow(
      expect.objectContaining({ code: 'delivery.report_too_old' }),
    );
  });

  it('is applied if the history has its client event id', () => {
    const history = [
      { status: 'ASSIGNED', at: now },
      { status: 'PICKED_UP', at: now, clientEventId: 'E1' },
      { status: 'FAILED', at: now, clientEventId: 'E2', reason: 'REFUSED' },
    ] as const;
    const delivery = { history } as unknown as Delivery;
    expect(isApplied(delivery, report())).toBe(true);
    expect(isApplied(delivery, report({ clientEventId: 'E3' }))).toBe(false);
    expect(isApplied(delivery, { status: 'ASSIGNED' })).toBe(false);
    expect(isApplied(delivery, report({ clientEventId: 'E2', status: 'FAILED', reason: 'REFUSED' }))).toBe(true);
    for (const other of [
      { status: 'IN_TRANSIT' },
      { clientEventId: 'E2', status: 'FAILED', reason: 'OTHER' },
    ] as const) {
      expect(() => isApplied(delivery, report(other))).toThrow(
        expect.objectContaining({ code: 'delivery.client_event_reused' }),
      );
    }
  });
});

describe('the reports of a round', () => {
  it('are sorted by time, and within a second by status', () => {
    const later = '2026-03-10T00:00:01Z';
    const sorted = inOrder([
      report({ status: 'DELIVERED', at: later }),
      report({ status: 'IN_TRANSIT' }),
      report({ status: 'FAILED', at: later, reason: 'OTHER' }),
      report({ status: 'PICKED_UP' }),
    ]);
    expect(sorted.map(({ status }) => status)).toEqual(['PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'FAILED']);
  });
});
