import { MalformedSmsReport } from './notification.errors';
import { smsReportOf } from './sms-report';

/** The example in the user guide of End User Messaging. */
const EVENT = {
  ...{ eventType: 'TEXT_SUCCESSFUL', eventVersion: '1.0', eventTimestamp: 1_686_975_103_470, isFinal: true },
  ...{ originationPhoneNumber: '+12065550152', destinationPhoneNumber: '+14255550156', isInternationalSend: false },
  ...{ mcc: '310', mnc: '800', messageId: '862a8790-60c0-4430-9b2b-658bdexample' },
  ...{ messageRequestTimestamp: 1_686_975_103_170, messageEncoding: 'GSM', messageType: 'TRANSACTIONAL' },
  ...{ messageStatus: 'SUCCESSFUL', messageStatusDescription: 'Message has been accepted by phone carrier' },
  ...{ context: { notificationId: '01K9Z7Q4M2#SMS', userId: 'U101' } },
  ...{ totalMessageParts: 1, totalMessagePrice: 0.09582, totalCarrierFee: 0.00302 },
};

describe('a report about an SMS', () => {
  it('names the notification, its status, what the carrier says, the parts and the price', () => {
    expect(smsReportOf(EVENT)).toEqual({
      ...{ notificationId: '01K9Z7Q4M2#SMS', userId: 'U101', status: 'SENT', at: '2023-06-17T04:11:43Z' },
      ...{ reason: 'Message has been accepted by phone carrier', parts: 1, price: 0.09884 },
    });
  });

  it('names the number if it is invalid', () => {
    const { refused } = smsReportOf({ ...EVENT, eventType: 'TEXT_INVALID' }) ?? {};
    expect(refused).toEqual({ to: '+14255550156', reason: 'INVALID' });
    expect(smsReportOf({ ...EVENT, eventType: 'TEXT_INVALID', destinationPhoneNumber: 7 })?.refused).toBeUndefined();
  });

  it('keeps no phone number, and no long text', () => {
    const messageStatusDescription = `No route to +14255550156 ${'x'.repeat(500)}`;
    const { reason = '' } = smsReportOf({ ...EVENT, messageStatusDescription }) ?? {};
    expect(reason).toMatch(/^No route to … x+$/);
    expect(reason).toHaveLength(200);
  });

  it.each([
    ['No route to +1 (425) 555-0156.', 'No route to ….'],
    ['No route to 98123 45678 by A2', 'No route to … by A2'],
    ['No route to 9812.345.678', 'No route to …'],
    ['Error 30003, after 12 attempts', 'Error 30003, after 12 attempts'],
  ])('keeps no phone number with separators: %s', (messageStatusDescription, reason) => {
    expect(smsReportOf({ ...EVENT, messageStatusDescription })?.reason).toBe(reason);
  });

  it.each([
    ['a price that is no number', { totalMessagePrice: 'free' }],
    ['a negative price', { totalMessagePrice: -1 }],
    ['an absurd price', { totalMessagePrice: 1e300 }],
    ['no price', { totalMessagePrice: undefined }],
  ])('has no price for %s', (_, change) => {
    expect(smsReportOf({ ...EVENT, ...change })?.price).toBeUndefined();
  });

  it.each([
    ['a type without TEXT_', { eventType: 'VOICE_ANSWERED' }],
    ['an unknown type', { eventType: 'TEXT_READ' }],
    ['no context', { context: undefined }],
    ['the context null', { context: null }],
    ['a context of another program', { context: { account: 'bar' } }],
    ['the id of a mail', { context: { notificationId: '01K9Z7Q4M2#EMAIL', userId: 'U101' } }],
    ['an id that is no text', { context: { notificationId: 7, userId: 'U101' } }],
    ['no user', { context: { notificationId: '01K9Z7Q4M2#SMS', userId: '' } }],
  ])('is ignored with %s', (_, change) => {
    expect(smsReportOf({ ...EVENT, ...change })).toBeUndefined();
  });

  it.each([undefined, null, 'DELIVERED', 7, [], {}, { ...EVENT, eventType: 5 }, { ...EVENT, eventTimestamp: '0' }])(
    'is malformed as %j',
    (body) => {
      expect(() => smsReportOf(body)).toThrow(MalformedSmsReport);
    },
  );
});
