// `npm run bench:messages [-- --notifications 10000 --events 100000]`: measures how fast one worker sends mails and counts
// analytics events, both through the real queues and emulators. The queues are filled before the worker starts.
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { parseOptions, wholeNumber } from '../../../infra/local/command-options.mts';
import { newEventId } from '../../../src/kernel/ids';
import { ANALYTICS_QUEUE } from '../../../src/modules/analytics/analytics.settings';
import { ROUTINE_QUEUE } from '../../../src/modules/notification/notification.settings';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { newUser } from '../../../src/modules/user/domain/user';
import { printable } from '../../../src/platform/start-refused';
import { QueueConsumer } from '../../../src/platform/queue/queue-consumer';
import startEmulators from '../../support/start-emulators';
import stopEmulators from '../../support/stop-emulators';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';

const CUSTOMERS = 200;
const BATCH_SIZE = 10;
const MAX_MINUTES = 30;
const MEGABYTE = 2 ** 20;

interface Load {
  readonly title: string;
  readonly queue: typeof ROUTINE_QUEUE | typeof ANALYTICS_QUEUE;
  readonly count: number;
  readonly messageOf: (index: number) => object;
}

async function main(): Promise<void> {
  const options = parseOptions({
    notifications: { type: 'string', default: '10000' },
    events: { type: 'string', default: '100000' },
  });
  const notifications = wholeNumber('notifications', options.notifications);
  const events = wholeNumber('events', options.events);
  await startEmulators();
  try {
    const userIds = Array.from({ length: CUSTOMERS }, () => newUserId());
    const userIdOf = (index: number) => userIds[index % CUSTOMERS] as string;
    const now = new Date().toISOString();
    await measure(userIds, {
      title: 'mails',
      queue: ROUTINE_QUEUE,
      count: notifications,
      messageOf: (index) => ({
        ...{ userId: userIdOf(index), type: 'ORDER_CONFIRMED', message: 'Order confirmed', eventId: newEventId() },
        data: { orderId: `O${index}`, amount: 8_400, deliverySlot: now, items: [{ qty: 2, name: 'Milk' }] },
      }),
    });
    await measure(userIds, {
      title: 'analytics events',
      queue: ANALYTICS_QUEUE,
      count: events,
      messageOf: (index) => ({
        ...{ eventType: 'ORDER_PLACED', userId: userIdOf(index), orderId: `O${index}`, amount: 8_400 },
        ...{ items: [{ productId: 'MILK', qty: 2 }], timestamp: now, eventId: newEventId() },
      }),
    });
  } finally {
    await stopEmulators();
  }
}

async function measure(userIds: readonly string[], load: Load): Promise<void> {
  const { title, count } = load;
  const filler = await TestApp.start({ APP_ROLES: 'api' });
  await fill(filler, userIds, load);
  const { tablePrefix: TABLE_PREFIX } = filler.config;
  const [cpuBefore, startedAt] = [process.cpuUsage(), Date.now()];
  const residentMb = [process.memoryUsage().rss / MEGABYTE];
  const timer = setInterval(() => residentMb.push(process.memoryUsage().rss / MEGABYTE), 1_000);
  const worker = await TestApp.start({ APP_ROLES: 'worker', RATE_LIMITS: 'off', TABLE_PREFIX });
  const isIdle = () => worker.get<QueueConsumer>(QueueConsumer).isIdle();
  await waitUntil(`the ${title}`, isIdle, MAX_MINUTES * 60_000, 500);
  const seconds = (Date.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  clearInterval(timer);
  const middle = Math.floor(residentMb.length / 2);
  console.log(
    `${count.toLocaleString('en')} ${title}: ${(count / seconds).toFixed(0)} per second, ` +
      `${((user + system) / 1_000 / count).toFixed(2)} ms CPU each. ` +
      `Resident, at most: ${Math.max(...residentMb.slice(0, middle)).toFixed(0)} MB in the first half, ` +
      `${Math.max(...residentMb.slice(middle)).toFixed(0)} MB in the second.`,
  );
  await worker.stop();
  await filler.stop();
}

async function fill(app: TestApp, userIds: readonly string[], { queue, count, messageOf }: Load): Promise<void> {
  for (const userId of userIds) {
    const email = `${userId.toLowerCase()}@milkround.test`;
    const user = newUser({ userId, name: 'Asha', email, emailVerified: true }, 'CUSTOMER', app.clock.now());
    await app.store('Users', { ...user, credentialsVersion: 1 });
  }
  const { url: QueueUrl } = app.configuration.get(queue);
  for (let first = 0; first < count; first += BATCH_SIZE) {
    const size = Math.min(BATCH_SIZE, count - first);
    const Entries = Array.from({ length: size }, (_, nth) => ({
      Id: `${nth}`,
      MessageBody: JSON.stringify(messageOf(first + nth)),
    }));
    await app.get<SQSClient>(SQSClient).send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
}

main().catch((error: unknown) => {
  console.error(printable(error));
  process.exitCode = 1;
});
