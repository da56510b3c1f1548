import { channelsFor, optionalKindOf } from './message-kind';
import { NOTIFICATION_TYPES, type NotificationType, SMS_TYPES } from './notification';

const phone = '+919812345678';
const channelsOf = (type: NotificationType, data: object, preferences: object) =>
  channelsFor(
    { type, data: { ...data } },
    { phone, notifications: { email: true, sms: true, ...preferences } },
    SMS_TYPES,
  );

describe('the kind of a message', () => {
  it('is optional only if the app shows the same', () => {
    expect(NOTIFICATION_TYPES.filter((type) => optionalKindOf({ type, data: {} }))).toEqual([
      'INVOICE_READY',
      'DELIVERY_UPDATE',
      'LOW_BALANCE',
    ]);
  });

  it.each([
    [{ date: '2026-12-01' }, 'dailyConfirmations'],
    [{ date: '2026-12-01', isUpdate: false }, 'dailyConfirmations'],
    [{ date: '2026-12-01', isUpdate: true }, undefined],
    [{ date: '2026-12-01', missing: [] }, undefined],
    [{ date: '2026-12-01', skipped: [] }, undefined],
    [{ added: [] }, undefined],
    [{ orderId: 'O1' }, undefined],
  ])('of a confirmation with %j is %s', (data, kind) => {
    expect(optionalKindOf({ type: 'ORDER_CONFIRMED', data })).toBe(kind);
  });

  it('decides by which channels a message goes', () => {
    const step = { status: 'IN_TRANSIT' };
    expect(channelsOf('DELIVERY_UPDATE', step, {})).toEqual(['EMAIL', 'SMS']);
    expect(channelsOf('DELIVERY_UPDATE', step, { email: false })).toEqual(['SMS']);
    expect(channelsOf('DELIVERY_UPDATE', step, { email_deliveryProgress: false })).toEqual(['SMS']);
    expect(channelsOf('DELIVERY_UPDATE', step, { sms_deliveryProgress: false })).toEqual(['EMAIL']);
    expect(channelsOf('DELIVERY_UPDATE', step, { sms_lowBalance: false })).toEqual(['EMAIL', 'SMS']);
  });

  it('lets an essential message go by mail always, and by SMS unless all SMS are off', () => {
    const off = { email: false, email_deliveryProgress: false, sms_deliveryProgress: false };
    expect(channelsOf('DELIVERY_UPDATE', { status: 'FAILED' }, off)).toEqual(['EMAIL', 'SMS']);
    expect(channelsOf('DELIVERY_UPDATE', { status: 'FAILED' }, { ...off, sms: false })).toEqual(['EMAIL']);
    expect(channelsOf('PAYMENT_FAILED', {}, off)).toEqual(['EMAIL']);
  });
});
