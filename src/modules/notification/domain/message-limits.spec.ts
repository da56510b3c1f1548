import { limitsOf, repetitionLimitOf } from './message-limits';
import type { NotificationType } from './notification';

const AT = '2026-12-01T20:30:00Z';
const SETTINGS = { messagesPerHour: 80, unverifiedMessagesPerHour: 20 };

describe('the limits of a message', () => {
  const limits = (
    channel: 'EMAIL' | 'SMS',
    {
      type = 'DELIVERY_UPDATE',
      emailVerified = true,
      settings = SETTINGS,
    }: { type?: NotificationType; emailVerified?: boolean; settings?: typeof SETTINGS } = {},
  ) =>
    limitsOf(
      { type, userId: 'U1' },
      channel,
      { email: 'a@example.com', phone: '+919812345678', emailVerified },
      AT,
      settings,
    ).map(({ key, max }) => [key.join(' '), max]);

  it('by SMS are of the user first, whatever the number, and then twice as high for the number', () => {
    expect(limits('SMS')).toEqual([
      ['SMS USER U1 2026-12-01T20', 60],
      ['SMS USER U1 2026-12-01', 80],
      ['SMS +919812345678 2026-12-01T20', 120],
    ]);
    expect(limits('SMS', { emailVerified: false })).toEqual([
      ['SMS USER U1 2026-12-01T20', 10],
      ['SMS USER U1 2026-12-01', 20],
      ['SMS +919812345678 UNVERIFIED 2026-12-01T20', 20],
      ['SMS +919812345678 UNVERIFIED 2026-12-01', 40],
    ]);
  });

  it('by mail are of the address', () => {
    expect(limits('EMAIL')).toEqual([['EMAIL a@example.com 2026-12-01T20', 80]]);
    expect(limits('EMAIL', { type: 'PASSWORD_CHANGED', emailVerified: false })).toEqual([
      ['EMAIL a@example.com PASSWORD_CHANGED 2026-12-01T20', 5],
      ['EMAIL a@example.com PASSWORD_CHANGED 2026-12-01', 10],
    ]);
    expect(limits('EMAIL', { type: 'INVITATION' })).toEqual([]);
  });

  it('are at least one with the lowest settings', () => {
    const settings = { messagesPerHour: 1, unverifiedMessagesPerHour: 1 };
    const all = [...limits('SMS', { settings }), ...limits('SMS', { settings, emailVerified: false })];
    expect(all.map(([, max]) => max)).toEqual([1, 1, 2, 1, 1, 1, 2]);
  });
});

describe('a repetition', () => {
  const keyOf = (type: NotificationType, data = {}, at = AT) =>
    repetitionLimitOf({ type, userId: 'U1', data }, 'EMAIL', at, '2026-12-02')?.key.join(' ');

  it('is a declined payment or a pause within the hour, and a low balance on the business date', () => {
    expect(keyOf('PAYMENT_FAILED', { orderId: 'O1' })).toBe('EMAIL U1 PAYMENT_FAILED O1 2026-12-01T20');
    expect(keyOf('PAYMENT_FAILED')).toBe('EMAIL U1 PAYMENT_FAILED TOP_UP 2026-12-01T20');
    expect(keyOf('SUBSCRIPTION_PAUSED', { subscriptionId: 'S1' })).toBe(
      'EMAIL U1 SUBSCRIPTION_PAUSED S1 2026-12-01T20',
    );
    expect(keyOf('LOW_BALANCE')).toBe('EMAIL U1 LOW_BALANCE 2026-12-02');
    expect(keyOf('ORDER_CONFIRMED')).toBeUndefined();
  });

  it('is the same news of another order for the same door and time', () => {
    const delivered = { orderId: 'O1', status: 'DELIVERED' };
    expect(keyOf('DELIVERY_UPDATE', delivered)).toBeUndefined();
    const atDoor = { ...delivered, door: 'O1' };
    expect(keyOf('DELIVERY_UPDATE', atDoor)).toBe(keyOf('DELIVERY_UPDATE', { ...atDoor, orderId: 'O2' }));
    for (const other of [{ status: 'IN_TRANSIT' }, { door: 'O7' }, { reason: 'VEHICLE' }]) {
      expect(keyOf('DELIVERY_UPDATE', { ...atDoor, ...other })).not.toBe(keyOf('DELIVERY_UPDATE', atDoor));
    }
  });
});
