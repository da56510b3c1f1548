import { EventType } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { smsReportOf } from '../domain/sms-report';

describe('the types of events in the client of End User Messaging', () => {
  const reports = Object.values(EventType).map((eventType) => {
    const context = { notificationId: '01K9Z7Q4M2#SMS', userId: 'U101' };
    const event = { eventType, eventTimestamp: 1_686_975_103_470, destinationPhoneNumber: '+14255550156', context };
    return { eventType, report: smsReportOf(event) };
  });

  it('have a status if they are about a text', () => {
    const texts = Object.values(EventType).filter((type) => type.startsWith('TEXT_') && type !== 'TEXT_ALL');
    expect(reports.flatMap(({ eventType, report }) => (report ? [eventType] : []))).toEqual(texts);
  });

  it('refuse the number only if it is invalid', () => {
    expect(reports.flatMap(({ eventType, report }) => (report?.refused ? [eventType] : []))).toEqual(['TEXT_INVALID']);
  });
});
