import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { newEventId } from '../../../src/kernel/ids';
import type { Notification } from '../../../src/modules/notification/domain/notification';
import { NOTIFICATION_QUEUE } from '../../../src/modules/notification/notification.settings';
import { usersTable } from '../../../src/modules/user/user.schema';
import { Database } from '../../../src/platform/dynamo/database';
import { update } from '../../../src/platform/dynamo/write';
import { FaultProxy } from '../../support/faults/fault-proxy';
import { TestApp } from '../../support/test-app';
import { CustomerInbox } from './customer-inbox';

/** The SMS emulator refuses these, see infra/local/README.md. */
const INVALID = '+9190000000';
const OPTED_OUT = '+9190000001';

describe('recipients that a provider refuses', () => {
  let app: TestApp;
  let sms: FaultProxy;
  let smsRequests: string[] = [];
  let beforeResponse: () => Promise<void> = async () => {};
  let smsFailures = 0;
  beforeAll(async () => {
    sms = await FaultProxy.start(process.env.SMS_ENDPOINT ?? '', async (body) => {
      smsRequests.push(new URLSearchParams(body).get('PhoneNumber') ?? '');
      await beforeResponse();
      return smsFailures-- > 0 ? 'unavailable' : 'answered';
    });
    app = await TestApp.start({ QUEUE_RETRY_SECONDS: '0', SMS_ENDPOINT: sms.url });
  });
  beforeEach(() => {
    smsRequests = [];
    beforeResponse = async () => {};
    smsFailures = 0;
  });
  afterAll(async () => {
    await app.stop();
    await sms.stop();
  });

  const register = (options: { phonePrefix?: string; domain?: string }) =>
    CustomerInbox.register(app, 'Refused', options);
  /** Sends a notification through the queue, and waits until the queue is empty. */
  const notify = async ({ userId }: CustomerInbox, message: string, eventId = newEventId()) => {
    const about = { userId, type: 'DELIVERY_UPDATE', eventId, requestId: 'R1' } as const;
    const notification: Notification = { ...about, message, data: { a: 1 } };
    await app.get<SQSClient>(SQSClient).send(
      new SendMessageCommand({
        QueueUrl: app.configuration.get(NOTIFICATION_QUEUE).url,
        MessageBody: JSON.stringify(notification),
      }),
    );
    await app.settled();
    return eventId;
  };
  const logged = (eventId: string, channel: 'EMAIL' | 'SMS') =>
    app.stored('NotificationLog', { id: `${eventId}#${channel}` });
  const profileOf = async ({ userId }: CustomerInbox) =>
    (await app.as('CUSTOMER', userId).get('/user/profile').expect(200)).body as { undeliverable?: object[] };
  const deadLetterCount = async () => {
    const { Attributes: attributes } = await app.get<SQSClient>(SQSClient).send(
      new GetQueueAttributesCommand({
        QueueUrl: `${app.configuration.get(NOTIFICATION_QUEUE).url}-dead`,
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    );
    return Number(attributes?.ApproximateNumberOfMessages);
  };

  it.each([
    ['an invalid number', INVALID, 'INVALID'],
    ['a number that opted out', OPTED_OUT, 'OPTED_OUT'],
  ])('are tried once, without a dead letter: %s', async (_, phonePrefix, reason) => {
    const customer = await register({ phonePrefix });
    const eventId = await notify(customer, 'Order O1 is in transit');
    expect(smsRequests).toEqual([customer.phone]);
    expect(await deadLetterCount()).toBe(0);
    const row = await logged(eventId, 'SMS');
    expect(row).toMatchObject({ status: 'REFUSED', failure: reason, attempts: 1, channel: 'SMS' });
    expect(row).toMatchObject({ message: 'Order O1 is in transit', data: { a: 1 }, requestId: 'R1' });
    expect(row).toMatchObject({ userId: customer.userId, refusedAt: expect.stringMatching(/Z$/) });
    expect(JSON.stringify(row)).not.toContain(customer.phone);
    expect(await logged(eventId, 'EMAIL')).toMatchObject({ status: 'SENT' });
    expect((await profileOf(customer)).undeliverable).toEqual([
      { field: 'phone', reason, at: expect.stringMatching(/Z$/) },
    ]);
  });

  it('are shown to the admin', async () => {
    const customer = await register({ phonePrefix: OPTED_OUT });
    await notify(customer, 'Order O2 is in transit');
    const { body } = await app.as('ADMIN').get(`/admin/users?email=${customer.email}`).expect(200);
    expect(body).toMatchObject([{ undeliverable: [{ field: 'phone', reason: 'OPTED_OUT' }], version: 1 }]);
  });

  it('are not tried again until the number changes', async () => {
    const customer = await register({ phonePrefix: INVALID });
    await notify(customer, 'Order O3 is in transit');
    const second = await notify(customer, 'Order O3 has been delivered');
    expect(smsRequests).toEqual([customer.phone]);
    expect(await logged(second, 'SMS')).toMatchObject({ status: 'REFUSED', failure: 'INVALID', channel: 'SMS' });
    expect((await logged(second, 'SMS'))?.attempts).toBeUndefined();
    expect(await logged(second, 'EMAIL')).toMatchObject({ status: 'SENT' });

    const phone = '+919812345678';
    await customer.changePhone(phone);
    expect((await profileOf(customer)).undeliverable).toBeUndefined();
    expect((await app.stored('Users', { userId: customer.userId }))?.phoneRefusal).toBeUndefined();
    const third = await notify(customer, 'Order O4 is in transit');
    expect(smsRequests).toEqual([customer.phone, phone]);
    expect(await logged(third, 'SMS')).toMatchObject({ status: 'SENT' });
  });

  it('are tried again after the customer saves the same number again', async () => {
    const customer = await register({ phonePrefix: OPTED_OUT });
    await notify(customer, 'Order O5 is in transit');
    await customer.changePhone(customer.phone);
    await notify(customer, 'Order O5 has been delivered');
    expect(smsRequests).toEqual([customer.phone, customer.phone]);
  });

  it('keep being refused when the address of the profile changes', async () => {
    const customer = await register({ phonePrefix: INVALID });
    await notify(customer, 'Order O6 is in transit');
    await app.as('CUSTOMER', customer.userId).patch('/user/profile', { address: '12 Dairy Lane' }).expect(200);
    await notify(customer, 'Order O6 has been delivered');
    expect(smsRequests).toHaveLength(1);
  });

  it('do not mark the number that the customer has saved in the meantime', async () => {
    const customer = await register({ phonePrefix: INVALID });
    beforeResponse = () => customer.changePhone('+919812345678');
    const eventId = await notify(customer, 'Order O7 is in transit');
    expect(await logged(eventId, 'SMS')).toMatchObject({ status: 'REFUSED', attempts: 1 });
    expect((await app.stored('Users', { userId: customer.userId }))?.phoneRefusal).toBeUndefined();
  });

  it('do not count if an earlier version has changed the number without removing the mark', async () => {
    const customer = await register({ phonePrefix: INVALID });
    await notify(customer, 'Order O8 is in transit');
    const mark = (await app.stored('Users', { userId: customer.userId }))?.phoneRefusal;
    expect(mark).toMatchObject({ to: customer.phone, reason: 'INVALID' });
    await customer.changePhone('+919812345678');
    const database = app.get<Database>(Database);
    const users = database.tableName(usersTable);
    await database.write(update(users, { userId: customer.userId }, { set: { phoneRefusal: mark } }));
    await notify(customer, 'Order O8 has been delivered');
    expect(smsRequests).toEqual([customer.phone, '+919812345678']);
    expect((await profileOf(customer)).undeliverable).toBeUndefined();
  });

  it('are not handled again when a message is delivered twice', async () => {
    const customer = await register({ phonePrefix: INVALID });
    const eventId = await notify(customer, 'Order O9 is in transit');
    await customer.changePhone('+919812345678');
    await notify(customer, 'Order O9 is in transit', eventId);
    expect(smsRequests).toEqual([customer.phone]);
    expect(await logged(eventId, 'SMS')).toMatchObject({ status: 'REFUSED', attempts: 1 });
    expect(await deadLetterCount()).toBe(0);
  });

  it('include malformed e-mail addresses, and still get the SMS', async () => {
    const customer = await register({ domain: 'refused.milkround.test' });
    const eventId = await notify(customer, 'Order O10 is in transit');
    expect(await logged(eventId, 'EMAIL')).toMatchObject({ status: 'REFUSED', failure: 'INVALID' });
    expect(await logged(eventId, 'SMS')).toMatchObject({ status: 'SENT' });
    expect((await profileOf(customer)).undeliverable).toMatchObject([{ field: 'email', reason: 'INVALID' }]);
    expect(await deadLetterCount()).toBe(0);
  });

  it('are not those of a passing fault, which is retried', async () => {
    const customer = await register({});
    smsFailures = 2;
    const eventId = await notify(customer, 'Order O11 is in transit');
    expect(smsRequests).toEqual([customer.phone, customer.phone, customer.phone]);
    expect(await logged(eventId, 'SMS')).toMatchObject({ status: 'SENT', attempts: 3 });
    expect((await profileOf(customer)).undeliverable).toBeUndefined();
  });
});
