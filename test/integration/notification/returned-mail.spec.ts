import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { newEventId } from '../../../src/kernel/ids';
import { NotificationService } from '../../../src/modules/notification/notification.service';
import { RETURNED_MAIL_QUEUE } from '../../../src/modules/notification/notification.settings';
import { TestApp } from '../../support/test-app';
import { CustomerInbox } from './customer-inbox';

describe('mail that comes back', () => {
  let app: TestApp;
  let inbox: CustomerInbox;
  beforeAll(async () => (app = await TestApp.start({ QUEUE_RETRY_SECONDS: '0' })));
  beforeEach(async () => (inbox = await CustomerInbox.register(app)));
  afterAll(() => app.stop());

  /** An event as SES publishes it. */
  const report = async (event: object, tags: object = { userId: [inbox.userId] }) => {
    const MessageBody = JSON.stringify({ mail: { messageId: 'M1', destination: [inbox.email], tags }, ...event });
    const { url } = app.configuration.get(RETURNED_MAIL_QUEUE);
    await app.get<SQSClient>(SQSClient).send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
    await app.settled();
  };
  const bounce = (emailAddress = inbox.email, bounceType = 'Permanent') => ({
    eventType: 'Bounce',
    bounce: { bounceType, bounceSubType: 'General', bouncedRecipients: [{ emailAddress, status: '5.1.1' }] },
  });
  const undeliverable = async () =>
    ((await app.as('CUSTOMER', inbox.userId).get('/user/profile').expect(200)).body as { undeliverable?: object[] })
      .undeliverable;

  it('stops later mail, and customer and admin see why', async () => {
    await report(bounce(`Jimmy <${inbox.email.toUpperCase()}>`));
    expect(await undeliverable()).toMatchObject([{ field: 'email', reason: 'BOUNCED' }]);
    const { body: users } = await app.as('ADMIN').get('/admin/users', { email: inbox.email }).expect(200);
    expect(users).toMatchObject([{ undeliverable: [{ field: 'email', reason: 'BOUNCED' }] }]);
    const eventId = newEventId();
    await app.get<NotificationService>(NotificationService).publish({
      ...{ userId: inbox.userId, type: 'ORDER_CONFIRMED', eventId },
      data: { orderId: 'O1', amount: 100 },
    });
    await app.settled();
    expect(await inbox.mails(/confirmed/)).toEqual([]);
    expect(await app.stored('NotificationLog', { id: `${eventId}#EMAIL` })).toMatchObject({
      status: 'REFUSED',
      failure: 'BOUNCED',
    });
  });

  it('stops later mail if its recipient reports it as spam', async () => {
    const complainedRecipients = [{ emailAddress: inbox.email }];
    await report({ eventType: 'Complaint', complaint: { complainedRecipients } });
    expect(await undeliverable()).toMatchObject([{ field: 'email', reason: 'COMPLAINED' }]);
  });

  it.each([
    ['a full mailbox', () => bounce(undefined, 'Transient')],
    ['an address that the user no longer has', () => bounce('earlier@example.com')],
    [
      'a report that a mail was no spam',
      () => ({
        eventType: 'Complaint',
        complaint: { complaintFeedbackType: 'not-spam', complainedRecipients: [{ emailAddress: inbox.email }] },
      }),
    ],
    ['an event of another type', () => ({ eventType: 'Delivery', delivery: {} })],
    ['an event without recipients', () => ({ eventType: 'Bounce', bounce: { bounceType: 'Permanent' } })],
  ])('changes nothing for %s', async (_, event) => {
    await report(event());
    expect(await undeliverable()).toBeUndefined();
  });

  it.each([
    ['without the recipient', {}],
    ['of an unknown user', { userId: ['U-UNKNOWN'] }],
  ])('is ignored for mails %s', async (_, tags) => {
    await report(bounce(), tags);
    expect(await undeliverable()).toBeUndefined();
  });
});
