import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { newEventId } from '../../../src/kernel/ids';
import { GENERATION_QUEUE } from '../../../src/modules/generation/generation.settings';
import { NOTIFICATION_QUEUE } from '../../../src/modules/notification/notification.settings';
import { Publisher } from '../../../src/platform/queue/publisher';
import { QueueConsumer } from '../../../src/platform/queue/queue-consumer';
import { UnknownMessage } from '../../../src/platform/queue/unknown-message';
import { Metrics } from '../../../src/platform/telemetry/metrics';
import { OffsetRealClock } from '../../support/clocks/offset-real-clock';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';

const LONG_SECONDS = 60;

describe('a message of an unknown type', () => {
  let app: TestApp;
  let sqs: SQSClient;
  /** The visibility timeouts of returned messages, in seconds. */
  let waits: number[];
  const clock = new OffsetRealClock();
  let failures: jest.SpiedFunction<Metrics['record']>;
  const timesFailed = () => failures.mock.calls.filter(([{ name }]) => name === 'MessageFailed').length;

  beforeAll(async () => {
    app = await TestApp.start({ QUEUE_RETRY_SECONDS: '0' }, { clock });
    sqs = app.get<SQSClient>(SQSClient);
    skipLongWaits();
  });
  afterAll(() => app.stop());
  beforeEach(() => {
    waits = [];
    failures = jest.spyOn(Metrics.prototype, 'record').mockClear();
    clock.reset();
  });

  /** Makes a long visibility timeout pass at once, for the queue and for the clock. */
  function skipLongWaits(): void {
    sqs.middlewareStack.add(
      (next) => (args) => {
        const input = args.input as { VisibilityTimeout?: number };
        if ((input.VisibilityTimeout ?? 0) > LONG_SECONDS) {
          waits.push(input.VisibilityTimeout ?? 0);
          clock.advance((input.VisibilityTimeout ?? 0) * 1_000);
          input.VisibilityTimeout = 0;
        }
        return next(args);
      },
      { step: 'initialize' },
    );
  }

  const send = (queueUrl: string, message: object) => app.get<Publisher>(Publisher).sendToQueue(queueUrl, message);
  const deadLetter = (queueUrl: string) =>
    waitUntil('a dead letter', async () => {
      const { Messages: messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: `${queueUrl}-dead` }));
      return messages?.[0]?.Body;
    });

  it.each([
    ['notification', NOTIFICATION_QUEUE, { type: 'FROM_A_NEWER_VERSION', userId: 'U1' }],
    ['generation task', GENERATION_QUEUE, { task: 'REVIEW', date: '2026-12-01' }],
  ] as const)('waits 30 minutes for a newer version, then fails: %s', async (_, queue, message) => {
    const queueUrl = app.configuration.get(queue).url;
    await send(queueUrl, message);
    expect(JSON.parse(await deadLetter(queueUrl))).toEqual(message);
    expect(waits).toEqual([600, 600, 600]);
    expect(timesFailed()).toBe(2);
  });

  it('fails at once when it is older than 30 minutes', async () => {
    const queueUrl = app.configuration.get(NOTIFICATION_QUEUE).url;
    clock.advance(31 * 60_000);
    await send(queueUrl, { type: 'FROM_A_NEWER_VERSION' });
    await deadLetter(queueUrl);
    expect(waits).toEqual([]);
    expect(timesFailed()).toBe(5);
  });

  describe('in a queue of its own', () => {
    let queueUrl: string;
    beforeEach(async () => {
      const name = { QueueName: `${app.config.tablePrefix}${newEventId()}` };
      ({ QueueUrl: queueUrl = '' } = await sqs.send(new CreateQueueCommand(name)));
    });

    it('is handled by a newer worker without a failure', async () => {
      let receipts = 0;
      const taken: unknown[] = [];
      app.get<QueueConsumer>(QueueConsumer).start(queueUrl, async (message) => {
        // From the third receive on, the worker is a newer version.
        if (++receipts < 3) throw new UnknownMessage('kind');
        taken.push(message);
      });
      await send(queueUrl, { kind: 'new' });
      await waitUntil('the message', () => Promise.resolve(taken.length === 1));
      await app.settled();
      expect(taken).toEqual([{ kind: 'new' }]);
      expect(waits).toEqual([600, 600]);
      expect(timesFailed()).toBe(0);
    });

    it('still waits 30 minutes when only its last receive is left', async () => {
      const chances: boolean[] = [];
      app.get<QueueConsumer>(QueueConsumer).start(queueUrl, async (_, isLastChance) => {
        chances.push(isLastChance);
        if (chances.length < 4) throw new Error('not now');
        if (chances.length === 4) throw new UnknownMessage('kind');
      });
      await send(queueUrl, { kind: 'new' });
      await waitUntil('five receipts', () => Promise.resolve(chances.length === 5));
      await app.settled();
      expect(chances).toEqual([false, false, false, true, true]);
      expect(waits).toEqual([expect.any(Number)]);
      expect(waits[0]).toBeGreaterThan(29 * 60);
    });
  });
});
