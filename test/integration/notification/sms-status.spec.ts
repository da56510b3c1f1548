import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Logger } from '@nestjs/common';
import { Calendar } from '../../../src/kernel/calendar';
import { newEventId } from '../../../src/kernel/ids';
import { NotificationService } from '../../../src/modules/notification/notification.service';
import { SmsLogRepository } from '../../../src/modules/notification/sms-log.repository';
import { SmsLog } from '../../../src/modules/notification/sms-log.service';
import { smsReportOf } from '../../../src/modules/notification/domain/sms-report';
import { Metrics } from '../../../src/platform/telemetry/metrics';
import { TestApp } from '../../support/test-app';
import { CustomerInbox } from './customer-inbox';

/** What the SMS emulator reports about numbers, see infra/local/README.md. */
const REPORTED_INVALID = '+9190000002';
const UNREACHABLE = '+9190000003';
/** The queue to which the emulator sends reports. Only this file may use it. */
const STATUS_QUEUE_URL = `${process.env.SQS_ENDPOINT}/000000000000/milkround-sms-status`;

interface ListedSms {
  readonly eventId: string;
  readonly status: string;
}

describe('the delivery status of an SMS', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({
      ...{ SMS_PROVIDER: 'end-user-messaging', SMS_SENDER_ID: 'DAIRY', QUEUE_RETRY_SECONDS: '0' },
      SMS_STATUS_QUEUE_URL: STATUS_QUEUE_URL,
      SMS_CONFIGURATION_SET: 'milkround-sms',
    });
  });
  afterAll(() => app.stop());

  const send = async ({ userId }: CustomerInbox, status = 'DELIVERED') => {
    const eventId = newEventId();
    await app.get<NotificationService>(NotificationService).publish({
      ...{ userId, type: 'DELIVERY_UPDATE', eventId },
      data: { orderId: 'O1', status },
    });
    await app.settled();
    return eventId;
  };
  /** A row as it is while the provider is called, to which a test reports. */
  const sending = async () => {
    const eventId = newEventId();
    await app.store('NotificationLog', { id: `${eventId}#SMS`, channel: 'SMS', userId: 'U1', status: 'CLAIMED' });
    return eventId;
  };
  const event = (eventId: string, outcome: string, rest: object = {}) => ({
    ...{ eventType: `TEXT_${outcome}`, eventVersion: '1.0', eventTimestamp: 1_796_000_000_000, isFinal: true },
    ...{ messageId: 'M1', destinationPhoneNumber: '+919812345678', messageStatus: outcome },
    ...{ context: { notificationId: `${eventId}#SMS`, userId: 'U1' } },
    ...rest,
  });
  const report = async (...bodies: unknown[]) => {
    for (const body of bodies) {
      const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
      await app.get<SQSClient>(SQSClient).send(new SendMessageCommand({ QueueUrl: STATUS_QUEUE_URL, MessageBody }));
    }
    await app.settled();
  };
  const logged = (eventId: string) => app.stored('NotificationLog', { id: `${eventId}#SMS` });
  const deadLetterCount = async () => {
    const { Attributes: attributes } = await app.get<SQSClient>(SQSClient).send(
      new GetQueueAttributesCommand({
        QueueUrl: `${STATUS_QUEUE_URL}-dead`,
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    );
    return Number(attributes?.ApproximateNumberOfMessages);
  };
  const list = async (query: Record<string, string> = {}) =>
    (
      await app
        .as('ADMIN')
        .get('/admin/notification/sms', { limit: '100', ...query })
        .expect(200)
    ).body as ListedSms[];
  const undeliverable = async ({ userId }: CustomerInbox) =>
    ((await app.as('CUSTOMER', userId).get('/user/profile').expect(200)).body as { undeliverable?: object[] })
      .undeliverable;

  it('is listed for admins by date, without the phone number', async () => {
    const inbox = await CustomerInbox.register(app);
    const eventId = await send(inbox);
    const date = new Calendar(app.config.zone).dateOf(app.clock.now());
    const sms = (await list({ date })).find((one) => one.eventId === eventId);
    expect(sms).toEqual({
      ...{ eventId, userId: inbox.userId, type: 'DELIVERY_UPDATE', messageId: expect.stringMatching(/^[\w-]{36}$/) },
      ...{ sentAt: expect.stringMatching(/Z$/), reportedAt: expect.stringMatching(/Z$/), status: 'DELIVERED' },
      ...{ reason: 'Message has been accepted by phone', parts: 1, price: 0.0027 },
    });
    expect((await list()).map((one) => one.eventId)).toContain(eventId);
    expect(await list({ date: '2026-01-01' })).toEqual([]);
  });

  it('is listed page by page', async () => {
    const inbox = await CustomerInbox.register(app);
    const sent = [await send(inbox, 'PICKED_UP'), await send(inbox, 'IN_TRANSIT'), await send(inbox)];
    const found: string[] = [];
    let address: string | undefined = '/admin/notification/sms?limit=2';
    while (address) {
      const page: { body: unknown; headers: { link?: string } } = await app.as('ADMIN').get(address).expect(200);
      expect((page.body as ListedSms[]).length).toBeLessThanOrEqual(2);
      found.push(...(page.body as ListedSms[]).map(({ eventId }) => eventId));
      address = /<(.*)>/.exec(page.headers.link ?? '')?.[1];
    }
    expect(found).toEqual(expect.arrayContaining(sent));
    expect(new Set(found).size).toBe(found.length);
  });

  it.each([{ date: 'tomorrow' }, { date: '2026-02-30' }, { cursor: 'x' }, { state: 'sms' }])(
    'is not listed for %j',
    async (query) => {
      await app.as('ADMIN').get('/admin/notification/sms', query).expect(400);
    },
  );

  it('marks a number that is reported as invalid, so that nothing is sent to it any more', async () => {
    const inbox = await CustomerInbox.register(app, 'Invalid', { phonePrefix: REPORTED_INVALID });
    const first = await send(inbox, 'IN_TRANSIT');
    const second = await send(inbox);
    expect(await logged(first)).toMatchObject({
      status: 'SENT',
      smsStatus: 'FAILED',
      smsReason: 'Phone number is invalid',
    });
    expect(await logged(second)).toMatchObject({ status: 'REFUSED', failure: 'INVALID' });
    expect(await undeliverable(inbox)).toMatchObject([{ field: 'phone', reason: 'INVALID' }]);
    expect(await inbox.smsMessages()).toHaveLength(1);
  });

  it('does not mark a phone that is only unreachable', async () => {
    const inbox = await CustomerInbox.register(app, 'Away', { phonePrefix: UNREACHABLE });
    const eventId = await send(inbox);
    expect(await logged(eventId)).toMatchObject({ status: 'SENT', smsStatus: 'FAILED' });
    expect(await undeliverable(inbox)).toBeUndefined();
  });

  it('does not mark the number that the customer has meanwhile', async () => {
    const inbox = await CustomerInbox.register(app);
    const eventId = await send(inbox);
    const context = { notificationId: `${eventId}#SMS`, userId: inbox.userId };
    await report(event(eventId, 'INVALID', { context, destinationPhoneNumber: '+919800000000' }));
    expect(await undeliverable(inbox)).toBeUndefined();
  });

  const invalid = (eventId: string, { userId, phone }: CustomerInbox) =>
    event(eventId, 'INVALID', {
      context: { notificationId: `${eventId}#SMS`, userId },
      destinationPhoneNumber: phone,
    });

  it('does not mark a number at which an SMS arrived, or which is reported for an unknown SMS', async () => {
    const inbox = await CustomerInbox.register(app);
    const eventId = await send(inbox);
    expect(await logged(eventId)).toMatchObject({ smsStatus: 'DELIVERED' });
    await report(invalid(eventId, inbox), invalid(newEventId(), inbox));
    expect(await undeliverable(inbox)).toBeUndefined();
  });

  it('marks the number although the worker crashed after it recorded the status', async () => {
    const inbox = await CustomerInbox.register(app);
    const eventId = await sending();
    const body = invalid(eventId, inbox);
    for (const one of [smsReportOf(body)]) if (one) await app.get<SmsLogRepository>(SmsLogRepository).record(one);
    await report(body);
    expect(await undeliverable(inbox)).toMatchObject([{ field: 'phone', reason: 'INVALID' }]);
  });

  it('counts and logs an invalid number once', async () => {
    const inbox = await CustomerInbox.register(app);
    const [first, second] = [await sending(), await sending()];
    const recorded = jest.spyOn(app.get<Metrics>(Metrics), 'record');
    const warned = jest.spyOn(Logger.prototype, 'warn');
    await report(invalid(first, inbox), invalid(first, inbox), invalid(second, inbox));
    const refused = recorded.mock.calls.filter(([{ name }]) => name === 'RecipientRefused');
    const warnings = warned.mock.calls.filter(([, text]) => text === 'Recipient refused, not retried');
    jest.restoreAllMocks();
    expect(refused).toHaveLength(1);
    expect(warnings).toEqual([[{ userId: inbox.userId, channel: 'SMS', reason: 'INVALID' }, expect.any(String)]]);
  });

  it.each([
    [['PENDING', 'SUCCESSFUL', 'DELIVERED', 'DELIVERED'], { reported: 1, failed: 0 }],
    [['UNKNOWN', 'UNREACHABLE', 'UNREACHABLE'], { reported: 1, failed: 1 }],
    [['SUCCESSFUL', 'UNREACHABLE'], { reported: 2, failed: 1 }],
    [['UNREACHABLE', 'DELIVERED'], { reported: 1, failed: 1 }],
    [['PENDING', 'UNKNOWN'], { reported: 0, failed: 0 }],
  ])('counts at least as many reports as failures: %j', async (outcomes, counts) => {
    const eventId = await sending();
    const recorded = jest.spyOn(app.get<Metrics>(Metrics), 'record');
    for (const outcome of outcomes) await report(event(eventId, outcome));
    const names = recorded.mock.calls.map(([{ name }]) => name);
    recorded.mockRestore();
    const countOf = (metric: string) => names.filter((name) => name === metric).length;
    expect({ reported: countOf('SmsReported'), failed: countOf('SmsFailed') }).toEqual(counts);
  });

  it('replaces the reason and the price of a weaker report', async () => {
    const eventId = await sending();
    const details = { messageStatusDescription: 'Away', totalMessagePrice: 0.5, totalMessageParts: 2 };
    await report(event(eventId, 'UNREACHABLE', details), event(eventId, 'DELIVERED'));
    const row = await logged(eventId);
    expect(row).toMatchObject({ smsStatus: 'DELIVERED' });
    expect([row?.smsReason, row?.smsPrice, row?.smsParts]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    [['PENDING', 'SUCCESSFUL', 'DELIVERED'], 'DELIVERED'],
    [['DELIVERED', 'SUCCESSFUL', 'PENDING', 'DELIVERED'], 'DELIVERED'],
    [['CARRIER_UNREACHABLE', 'QUEUED', 'PENDING'], 'FAILED'],
    [['UNREACHABLE', 'SUCCESSFUL'], 'FAILED'],
    [['SUCCESSFUL', 'UNREACHABLE'], 'FAILED'],
    [['SUCCESSFUL', 'UNKNOWN'], 'SENT'],
    [['UNKNOWN', 'PENDING'], 'UNKNOWN'],
  ])('does not depend on the order of the reports: %j', async (outcomes, status) => {
    const eventId = await sending();
    for (const outcome of outcomes) await report(event(eventId, outcome));
    expect(await logged(eventId)).toMatchObject({ smsStatus: status, status: 'CLAIMED' });
  });

  it('is the strongest of reports that come at the same time', async () => {
    const outcomes = ['QUEUED', 'PENDING', 'SUCCESSFUL', 'UNKNOWN', 'DELIVERED', 'PENDING', 'SUCCESSFUL', 'QUEUED'];
    for (let round = 0; round < 5; round++) {
      const eventId = await sending();
      const reports = outcomes.flatMap((outcome) => smsReportOf(event(eventId, outcome)) ?? []);
      expect(reports).toHaveLength(outcomes.length);
      await Promise.all(reports.map((one) => app.get<SmsLog>(SmsLog).record(one)));
      expect(await logged(eventId)).toMatchObject({ smsStatus: 'DELIVERED' });
    }
  });

  it.each([
    ['an SMS that is not in the log', () => event(newEventId(), 'DELIVERED')],
    ['an SMS of another program', () => ({ ...event('X', 'DELIVERED'), context: undefined })],
    [
      'a notification that is a mail',
      () => event('X', 'DELIVERED', { context: { notificationId: 'X#EMAIL', userId: 'U1' } }),
    ],
    ['an event of another kind', () => ({ ...event('X', 'DELIVERED'), eventType: 'VOICE_ANSWERED' })],
    ['a kind of event that is newer', () => event('X', 'constructor')],
  ])('ignores %s', async (_, body) => {
    const before = { dead: await deadLetterCount(), rows: (await app.allStored('NotificationLog')).length };
    await report(body());
    expect({ dead: await deadLetterCount(), rows: (await app.allStored('NotificationLog')).length }).toEqual(before);
  });

  it.each([
    ['no JSON', () => 'DELIVERED'],
    ['no event', () => ({ hello: 'world' })],
    ['an event without its time', () => event('01K9', 'DELIVERED', { eventTimestamp: 'now' })],
    ['an event at an impossible time', () => event('01K9', 'DELIVERED', { eventTimestamp: 1e300 })],
  ])('puts %s into the dead-letter queue, and continues', async (_, body) => {
    const before = await deadLetterCount();
    const eventId = await sending();
    await report(body(), event(eventId, 'DELIVERED'));
    expect(await deadLetterCount()).toBe(before + 1);
    expect(await logged(eventId)).toMatchObject({ smsStatus: 'DELIVERED' });
  });
});
