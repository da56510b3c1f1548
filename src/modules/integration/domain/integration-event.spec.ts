import type { PublishedEvent } from '../../../events/event-map';
import { integrationEventOf } from './integration-event';

describe('an event for integrators', () => {
  it('has its facts and a version, but neither the person who caused it nor a part of a secret', () => {
    const invited: PublishedEvent = {
      ...{ type: 'user.invited', userId: 'U1', resetId: 'secret' },
      ...{ eventId: 'E1', occurredAt: '2026-12-01T05:00:00Z', requestId: 'R1', trace: 'T1' },
      by: { userId: 'U-ADMIN', role: 'ADMIN' },
    };
    expect(integrationEventOf(invited)).toEqual({
      version: 1,
      type: 'user.invited',
      userId: 'U1',
      eventId: 'E1',
      occurredAt: '2026-12-01T05:00:00Z',
      requestId: 'R1',
    });
  });
});
