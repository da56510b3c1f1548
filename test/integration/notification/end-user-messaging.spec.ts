import { newEventId } from '../../../src/kernel/ids';
import type { Notification } from '../../../src/modules/notification/domain/notification';
import { SendFailed } from '../../../src/modules/notification/domain/notification.errors';
import { NotificationRepository } from '../../../src/modules/notification/notification.repository';
import { NotificationService } from '../../../src/modules/notification/notification.service';
import { Postponed } from '../../../src/platform/queue/postponed';
import { FaultProxy, type RequestOutcome } from '../../support/faults/fault-proxy';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';
import { CustomerInbox } from './customer-inbox';

/** What the SMS emulator does with numbers, see infra/local/README.md. */
const INVALID = '+9190000000';
const OPTED_OUT = '+9190000001';
const SPENDING_LIMIT_REACHED = '+9190000004';
const DAY_MILLISECONDS = 24 * 60 * 60 * 1_000;

describe('SMS through End User Messaging', () => {
  let app: TestApp;
  let proxy: FaultProxy;
  let requests: Record<string, unknown>[] = [];
  let outcome: RequestOutcome = 'answered';
  beforeAll(async () => {
    proxy = await FaultProxy.start(process.env.SMS_ENDPOINT ?? '', (body) => {
      requests.push(JSON.parse(body) as Record<string, unknown>);
      return outcome;
    });
    app = await TestApp.start({
      ...{ SMS_PROVIDER: 'end-user-messaging', SMS_SENDER_ID: 'DAIRY', SMS_ENTITY_ID: '1101', SMS_PER_MONTH: '1000' },
      ...{ SMS_TEMPLATE_IDS: 'DELIVERY_UPDATE=1107002', SMS_CONFIGURATION_SET: 'milkround-sms' },
      ...{ SMS_ENDPOINT: proxy.url, QUEUE_RETRY_SECONDS: '0' },
    });
  });
  beforeEach(() => {
    requests = [];
    outcome = 'answered';
    app.clock.setOffset(0);
  });
  afterAll(async () => {
    await app.stop();
    await proxy.stop();
  });

  const notificationOf = ({ userId }: CustomerInbox): Notification => ({
    ...{ userId, type: 'DELIVERY_UPDATE', message: 'Order O1 is in transit', eventId: newEventId() },
    data: { orderId: 'O1', status: 'IN_TRANSIT' },
  });
  const send = (notification: Notification, isLastChance = false) =>
    app.get<NotificationService>(NotificationService).send(notification, isLastChance);
  const publish = async (notification: Notification) => {
    await app.get<NotificationService>(NotificationService).publish(notification);
    await app.settled();
  };
  const logged = ({ eventId }: Notification) => app.stored('NotificationLog', { id: `${eventId}#SMS` });
  const undeliverable = async ({ userId }: CustomerInbox) =>
    ((await app.as('CUSTOMER', userId).get('/user/profile').expect(200)).body as { undeliverable?: object[] })
      .undeliverable;
  const countedSms = async () => {
    const rows = await app.allStored<{ id: string; reserved?: number }>('MessageBudgets');
    return rows.find(({ id }) => id.startsWith('SMS '))?.reserved ?? 0;
  };

  it('name the sender, what is registered in India, the configuration set, and the notification', async () => {
    const inbox = await CustomerInbox.register(app);
    const notification = notificationOf(inbox);
    await publish(notification);
    expect(requests).toEqual([
      {
        DestinationPhoneNumber: inbox.phone,
        OriginationIdentity: 'DAIRY',
        MessageBody: expect.stringContaining('in transit'),
        MessageType: 'TRANSACTIONAL',
        ConfigurationSetName: 'milkround-sms',
        TimeToLive: 14_400,
        Context: { notificationId: `${notification.eventId}#SMS`, userId: inbox.userId },
        DestinationCountryParameters: { IN_ENTITY_ID: '1101', IN_TEMPLATE_ID: '1107002' },
      },
    ]);
    expect(await inbox.smsMessages()).toEqual([expect.stringContaining('in transit')]);
    expect(await logged(notification)).toMatchObject({
      status: 'SENT',
      providerId: expect.stringMatching(/^[\w-]{36}$/),
    });
  });

  it.each([
    ['an invalid number', INVALID, 'INVALID'],
    ['a number that opted out', OPTED_OUT, 'OPTED_OUT'],
  ])('are refused once, and the number is marked: %s', async (_, phonePrefix, reason) => {
    const inbox = await CustomerInbox.register(app, 'Refused', { phonePrefix });
    const [first, second] = [notificationOf(inbox), notificationOf(inbox)];
    await publish(first);
    await publish({ ...second, data: { orderId: 'O1', status: 'DELIVERED' } });
    expect(requests).toHaveLength(1);
    expect(await logged(first)).toMatchObject({ status: 'REFUSED', failure: reason, attempts: 1 });
    expect(await logged(second)).toMatchObject({ status: 'REFUSED', failure: reason });
    expect(await undeliverable(inbox)).toMatchObject([{ field: 'phone', reason }]);
  });

  it('wait while the spending limit is reached, and count once in the limit of the month', async () => {
    const inbox = await CustomerInbox.register(app, 'Waiting', { phonePrefix: SPENDING_LIMIT_REACHED });
    const notification = notificationOf(inbox);
    const before = await countedSms();
    const errors: unknown[] = [];
    for (let attempt = 0; attempt < 3; attempt++)
      errors.push(await send(notification).catch((error: unknown) => error));
    expect(errors.map((error) => error instanceof Postponed)).toEqual([true, true, true]);
    expect(errors[0]).toMatchObject({ seconds: 600 });
    expect(requests).toHaveLength(3);
    expect(await countedSms()).toBe(before + 1);
    expect(await logged(notification)).toMatchObject({ status: 'FAILED', failure: 'ProviderBusy' });
    expect(await undeliverable(inbox)).toBeUndefined();
  });

  it('fail after they have waited for a day', async () => {
    const inbox = await CustomerInbox.register(app, 'Waiting', { phonePrefix: SPENDING_LIMIT_REACHED });
    const notification = notificationOf(inbox);
    await expect(send(notification)).rejects.toBeInstanceOf(Postponed);
    app.clock.setOffset(DAY_MILLISECONDS + 60_000);
    await expect(send(notification)).rejects.toBeInstanceOf(SendFailed);
    expect(await logged(notification)).toMatchObject({ status: 'FAILED' });
  });

  it('wait while they are throttled, and are then sent', async () => {
    const inbox = await CustomerInbox.register(app);
    const notification = notificationOf(inbox);
    outcome = 'throttled';
    await expect(send(notification)).rejects.toMatchObject({ seconds: 5 });
    outcome = 'answered';
    await send(notification);
    expect(await inbox.smsMessages()).toHaveLength(1);
  });

  it('are tried again after another failure, and an attempt that may have been sent counts', async () => {
    const inbox = await CustomerInbox.register(app);
    const notification = notificationOf(inbox);
    const before = await countedSms();
    outcome = 'unavailable';
    await expect(send(notification)).rejects.toBeInstanceOf(SendFailed);
    outcome = 'answered';
    await send(notification);
    expect(await inbox.smsMessages()).toHaveLength(1);
    expect(await countedSms()).toBe(before + 2);
    expect(await undeliverable(inbox)).toBeUndefined();
  });

  it('wait again after an admin retries them, however old they are', async () => {
    const inbox = await CustomerInbox.register(app);
    const notification = notificationOf(inbox);
    outcome = 'throttled';
    await expect(send(notification)).rejects.toBeInstanceOf(Postponed);
    app.clock.setOffset(DAY_MILLISECONDS + 60_000);
    await send(notification, true);
    expect(await logged(notification)).toMatchObject({ status: 'DEAD', failure: 'ProviderBusy' });
    app.clock.setOffset(3 * DAY_MILLISECONDS);
    await app.as('ADMIN').post('/admin/notification/retry').expect(200);
    await waitUntil('the queue to try it', async () => (await logged(notification))?.status === 'FAILED');
    await expect(send(notification)).rejects.toBeInstanceOf(Postponed);
    outcome = 'answered';
    await send(notification);
    expect(await inbox.smsMessages()).toHaveLength(1);
  });

  it('count once in the limit of the month while the provider rejects them', async () => {
    const inbox = await CustomerInbox.register(app);
    const notification = notificationOf(inbox);
    const before = await countedSms();
    outcome = 'forbidden';
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(send(notification)).rejects.toMatchObject({ kind: 'AccessDeniedException' });
    }
    await send(notification, true);
    expect(await logged(notification)).toMatchObject({ status: 'DEAD', failure: 'AccessDeniedException' });
    outcome = 'answered';
    await send(notification);
    expect(requests).toHaveLength(4);
    expect(await inbox.smsMessages()).toHaveLength(1);
    expect(await countedSms()).toBe(before + 1);
  });

  it('count again if the worker crashed while it sent them', async () => {
    const inbox = await CustomerInbox.register(app);
    const notification = notificationOf(inbox);
    const before = await countedSms();
    outcome = 'throttled';
    await expect(send(notification)).rejects.toBeInstanceOf(Postponed);
    await app.get<NotificationRepository>(NotificationRepository).claim(notification, 'SMS');
    await app.store('NotificationLog', { ...(await logged(notification)), leaseUntil: 0 });
    outcome = 'answered';
    await send(notification);
    expect(await countedSms()).toBe(before + 2);
  });

  it.each([
    [{ SMS_PROVIDER: 'pigeon' }, 'SMS_PROVIDER must be one of sns, end-user-messaging'],
    [{ SMS_PROVIDER: 'end-user-messaging' }, 'SMS_SENDER_ID is missing'],
  ])('cannot be set up with %j', async (environment: Record<string, string>, problem) => {
    await expect(TestApp.start(environment)).rejects.toThrow(problem);
  });
});
