import { GetQueueAttributesCommand, PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { newEventId } from '../../../src/kernel/ids';
import { NotificationRepository } from '../../../src/modules/notification/notification.repository';
import { NotificationService } from '../../../src/modules/notification/notification.service';
import { NOTIFICATION_QUEUE, ROUTINE_QUEUE } from '../../../src/modules/notification/notification.settings';
import { SendQuota } from '../../../src/modules/notification/send-quota.service';
import { FaultProxy, type RequestOutcome } from '../../support/faults/fault-proxy';
import { ManualRealClock } from '../../support/clocks/manual-real-clock';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';
import { CustomerInbox } from './customer-inbox';

const SEND_PATH = 'Destination';

describe('the sending rate', () => {
  const clock = new ManualRealClock();
  let tasks: TestApp[];
  beforeAll(async () => {
    const first = await TestApp.start({ SES_MAX_PER_SECOND: '10' }, { clock });
    const { tablePrefix: TABLE_PREFIX } = first.config;
    tasks = [first, await TestApp.start({ SES_MAX_PER_SECOND: '10', TABLE_PREFIX }, { clock })];
  });
  beforeEach(() => clock.advance(1_000));
  afterAll(async () => {
    for (const task of [...tasks].reverse()) await task.stop();
  });

  it.each([
    ['URGENT', 10],
    ['ROUTINE', 8],
  ] as const)('is shared by the tasks, and %s mails get at most %d of 10 in a second', async (urgency, share) => {
    let taken = 0;
    const waiting = Array.from({ length: 8 }, () => tasks)
      .flat()
      .map(async (task) => {
        await task.get<SendQuota>(SendQuota).take(urgency);
        taken++;
      });
    await waitUntil('the second to be used up', async () => Promise.resolve(taken === share));
    // Real time goes on, but the second does not end.
    await Promise.race([...waiting.slice(-1), new Promise((resolve) => setTimeout(resolve, 1_200))]);
    expect(taken).toBe(share);
    clock.advance(1_000);
    await Promise.all(waiting);
  });
});

describe('one task', () => {
  it('uses all of a second at once', async () => {
    const app = await TestApp.start({ SES_MAX_PER_SECOND: '50' }, { clock: new ManualRealClock() });
    try {
      const quota = app.get<SendQuota>(SendQuota);
      const sleeping = jest.spyOn(quota as unknown as { tryTake: () => Promise<boolean> }, 'tryTake');
      await Promise.all(Array.from({ length: 50 }, () => quota.take('URGENT')));
      // None had to wait for another second.
      expect(sleeping).toHaveBeenCalledTimes(50);
    } finally {
      await app.stop();
    }
  });
});

describe('many messages', () => {
  let app: TestApp;
  let ses: FaultProxy;
  let inbox: CustomerInbox;
  let outcome: RequestOutcome = 'answered';
  let attempts = 0;
  beforeAll(async () => {
    ses = await FaultProxy.start(process.env.SES_ENDPOINT ?? '', (body) => {
      if (!body.includes(SEND_PATH)) return 'answered';
      attempts++;
      return outcome;
    });
    app = await TestApp.start({ QUEUE_RETRY_SECONDS: '0', SES_ENDPOINT: ses.url, RATE_LIMITS: 'off' });
  });
  beforeEach(async () => {
    outcome = 'answered';
    inbox = await CustomerInbox.register(app);
    attempts = 0;
  });
  afterAll(async () => {
    await app.stop();
    await ses.stop();
  });

  const admin = () => app.as('ADMIN');
  const queueUrl = (queue: typeof NOTIFICATION_QUEUE) => app.configuration.get(queue).url;
  const confirmation = (eventId = newEventId()) => ({
    userId: inbox.userId,
    type: 'ORDER_CONFIRMED' as const,
    eventId,
    message: 'Order X confirmed',
    data: { orderId: `O-${eventId}`, amount: 5_000 },
  });
  const send = async (message: object, queue = ROUTINE_QUEUE) => {
    const command = new SendMessageCommand({ QueueUrl: queueUrl(queue), MessageBody: JSON.stringify(message) });
    await app.get<SQSClient>(SQSClient).send(command);
  };
  const countOf = async (queue: typeof NOTIFICATION_QUEUE, name: 'Delayed' | '', suffix = '') => {
    const AttributeName = `ApproximateNumberOfMessages${name}` as const;
    const command = new GetQueueAttributesCommand({
      QueueUrl: queueUrl(queue) + suffix,
      AttributeNames: [AttributeName],
    });
    return Number((await app.get<SQSClient>(SQSClient).send(command)).Attributes?.[AttributeName]);
  };
  const dead = async () => (await admin().get('/admin/notification', { state: 'dead' }).expect(200)).body as object[];

  it('are sorted by the topic into the urgent and the routine queue', async () => {
    const published = jest.spyOn(app.get<SQSClient>(SQSClient), 'send');
    const { userId } = inbox;
    const service = app.get<NotificationService>(NotificationService);
    await service.publish({
      userId,
      type: 'ORDER_CONFIRMED',
      eventId: newEventId(),
      data: { amount: 1, orderId: 'O1' },
    });
    await service.publish({ userId, type: 'PASSWORD_CHANGED', eventId: newEventId(), data: {} });
    await app.settled();
    const deletedFrom = published.mock.calls.flatMap(([{ input, constructor }]) =>
      constructor.name.startsWith('DeleteMessage') ? [(input as { QueueUrl: string }).QueueUrl] : [],
    );
    published.mockRestore();
    const messageQueues = [queueUrl(NOTIFICATION_QUEUE), queueUrl(ROUTINE_QUEUE)];
    expect(deletedFrom.filter((url) => messageQueues.includes(url)).sort()).toEqual(messageQueues.sort());
  });

  it('wait without using up attempts while the daily quota is used up', async () => {
    outcome = 'quota-exceeded';
    const message = confirmation();
    await send(message);
    await waitUntil('the message to wait', async () => (await countOf(ROUTINE_QUEUE, 'Delayed')) === 1);
    expect(await countOf(ROUTINE_QUEUE, '', '-dead')).toBe(0);
    expect(attempts).toBe(1);
    expect(await app.stored('NotificationLog', { id: `${message.eventId}#EMAIL` })).toMatchObject({
      status: 'FAILED',
      failure: 'ProviderBusy',
    });
    expect(await dead()).toEqual([]);
    await app.get<SQSClient>(SQSClient).send(new PurgeQueueCommand({ QueueUrl: queueUrl(ROUTINE_QUEUE) }));
  });

  it('are listed when every attempt has failed, and sent once when an admin retries them', async () => {
    const message = { ...confirmation(), type: 'DELIVERY_UPDATE', data: { orderId: 'O1', status: 'IN_TRANSIT' } };
    outcome = 'unavailable';
    await send(message, NOTIFICATION_QUEUE);
    await waitUntil('the message to be dead', async () => (await dead()).length === 1);
    const { userId, eventId } = message;
    expect(await dead()).toEqual([
      expect.objectContaining({
        userId,
        eventId,
        type: 'DELIVERY_UPDATE',
        channel: 'EMAIL',
        reason: expect.any(String),
      }),
    ]);
    expect(await countOf(NOTIFICATION_QUEUE, '', '-dead')).toBe(0);
    expect(await inbox.smsMessages()).toHaveLength(1);

    outcome = 'answered';
    const retries = await Promise.all([1, 2].map(() => admin().post('/admin/notification/retry').expect(200)));
    expect(retries[0]?.body).toEqual({ retried: 1, hasMore: false });
    await waitUntil('the mail', async () => (await inbox.mails(/Update on your order/)).length > 0);
    await waitUntil('the list to be empty', async () => (await dead()).length === 0);
    expect(await inbox.mails(/Update on your order/)).toHaveLength(1);
    expect(await inbox.smsMessages()).toHaveLength(1);
    const { body: entries } = await admin().get('/admin/audit', { actor: admin().userId }).expect(200);
    expect(entries).toContainEqual(expect.objectContaining({ action: 'notification.retried' }));
  });

  it('leave the list when they are refused, and are not changed by a retry at the same time', async () => {
    const message = { ...confirmation(), requestId: 'R1' };
    const repository = app.get<NotificationRepository>(NotificationRepository);
    await repository.markDead(message, 'EMAIL', 'TimeoutError');
    const { items } = await repository.listDead({ limit: 100 });
    await repository.recordRefused(message, 'EMAIL', 'BOUNCED');
    await Promise.all(items.map((one) => repository.markRetried(one)));
    expect(await app.stored('NotificationLog', { id: `${message.eventId}#EMAIL` })).toMatchObject({
      status: 'REFUSED',
      failure: 'BOUNCED',
    });
    expect(await dead()).toEqual([]);
  });

  it('leave the list when they are retried, even if their recipient has turned off mail', async () => {
    const message = {
      ...confirmation(),
      type: 'INVOICE_READY',
      data: { invoiceNumber: '1', amount: 100 },
    };
    outcome = 'unavailable';
    await send(message);
    await waitUntil('the message to be dead', async () => (await dead()).length === 1);
    await inbox.setPreferences({ email: false });
    await admin().post('/admin/notification/retry').expect(200);
    await app.settled();
    expect(await dead()).toEqual([]);
    outcome = 'answered';
    expect(await inbox.mails(/invoice/)).toEqual([]);
  });

  it('cannot be listed by customers, or in another state', async () => {
    await app.as('CUSTOMER').get('/admin/notification').expect(403);
    await app.as('COURIER').post('/admin/notification/retry').expect(403);
    await admin().get('/admin/notification', { state: 'sent' }).expect(400);
  });
});

describe('a quota that cannot be read', () => {
  it('is read again, and meanwhile mails are sent slowly', async () => {
    let isAvailable = false;
    const ses = await FaultProxy.start(process.env.SES_ENDPOINT ?? '', (body) =>
      isAvailable || body.includes(SEND_PATH) ? 'answered' : 'throttled',
    );
    const clock = new ManualRealClock();
    const app = await TestApp.start({ SES_ENDPOINT: ses.url }, { clock });
    try {
      const quota = app.get<SendQuota>(SendQuota);
      await quota.take('URGENT');
      isAvailable = true;
      clock.advance(10_000);
      const taken = await Promise.all(Array.from({ length: 20 }, () => quota.take('URGENT')));
      expect(taken).toHaveLength(20);
    } finally {
      await app.stop();
      await ses.stop();
    }
  });
});

describe('a password reset', () => {
  it('does not wait for a hundred confirmations', async () => {
    const app = await TestApp.start({ SES_MAX_PER_SECOND: '10', RATE_LIMITS: 'off' });
    try {
      const inbox = await CustomerInbox.register(app);
      const service = app.get<NotificationService>(NotificationService);
      const about = { userId: inbox.userId, type: 'ORDER_CONFIRMED' } as const;
      await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          service.publish({ ...about, eventId: newEventId(), data: { amount: 1, orderId: `O${n}` } }),
        ),
      );
      await app.http.post('/user/password/forgot', { email: inbox.email }).expect(202);
      await waitUntil('the mail', async () => (await inbox.mails(/Reset your/)).length === 1);
      expect((await inbox.mails(/confirmed/)).length).toBeLessThan(100);
    } finally {
      await app.stop();
    }
  });
});
