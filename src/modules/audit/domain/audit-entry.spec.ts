import type { DomainEvent, PublishedEvent } from '../../../events/event-map';
import type { Actor } from '../../../kernel/event';
import { entryOf } from './audit-entry';

const admin: Actor = { userId: 'U-ADMIN', role: 'ADMIN' };
const customer: Actor = { userId: 'U1', role: 'CUSTOMER' };

function published(event: DomainEvent, by?: Actor): PublishedEvent {
  return { ...event, eventId: 'E1', occurredAt: '2026-03-01T10:00:00Z', requestId: 'R1', trace: 'T1', by };
}

const packed: DomainEvent = { type: 'order.packed', orderId: 'O1', userId: 'U1', amount: 6500 };

describe('the audit entry of an event', () => {
  it('says who did what to which object, and by which request', () => {
    expect(entryOf(published(packed, admin))).toEqual({
      entryId: 'E1',
      at: '2026-03-01T10:00:00Z',
      action: 'order.packed',
      by: 'U-ADMIN',
      byRole: 'ADMIN',
      subject: 'O1',
      requestId: 'R1',
      details: { userId: 'U1', amount: 6500 },
    });
  });

  it.each([
    ['a customer', customer],
    ['a courier', { userId: 'U2', role: 'COURIER' } as const],
    ['the program', undefined],
  ])('does not exist for an ordinary event caused by %s', (_, by) => {
    expect(entryOf(published(packed, by))).toBeUndefined();
  });

  it.each<DomainEvent['type']>([
    'user.logged_in',
    'user.password_changed',
    'user.password_reset_requested',
    'user.role_changed',
    'user.sessions_ended',
    'user.admin_token_issued',
    'user.second_factor_activated',
    'user.second_factor_removed',
    'user.email_verified',
    'user.blocked',
    'user.unblocked',
    'wallet.adjusted',
  ])('exists for %s, even if the program caused it', (type) => {
    const entry = entryOf(published({ type, userId: 'U1' } as DomainEvent));
    expect(entry).toMatchObject({ action: type, subject: 'U1', details: {} });
    expect(entry).not.toHaveProperty('by');
  });

  it('exists for what an operator does on the command line', () => {
    const operator: Actor = { userId: '@cli', role: 'OPERATOR' };
    expect(entryOf(published(packed, operator))).toMatchObject({ by: '@cli', byRole: 'OPERATOR' });
  });

  it('never contains the id of a password reset, from which the secret link is made', () => {
    const invited: DomainEvent = { type: 'user.invited', userId: 'U1', resetId: 'secret' };
    expect(JSON.stringify(entryOf(published(invited, admin)))).not.toContain('secret');
  });

  it('names the system if the event is about no single object', () => {
    expect(entryOf(published({ type: 'clock.moved' }, admin))).toMatchObject({ subject: 'system' });
  });
});
