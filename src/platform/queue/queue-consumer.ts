import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  type Message,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { Consumer } from 'sqs-consumer';
import { random } from '../../kernel/random';
import { Clock } from '../clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { runInContext } from '../request-context';
import { ShutdownSignal, ShuttingDown } from '../shutdown/shutdown-signal';
import { declareMetric, Metrics } from '../telemetry/metrics';
import { withSpan } from '../telemetry/tracing';
import { MAX_RECEIVE_COUNT } from './provision';
import { TRACEPARENT_ATTRIBUTE } from './publisher';
import { UnknownMessage } from './unknown-message';

/**
 * Takes one message; an error brings it back later, and after five times to the dead-letter queue. `ShuttingDown` brings
 * it back at once. `UnknownMessage` leaves it to the workers of a newer version, for a while. Who keeps what fails
 * somewhere else does so at the last chance.
 */
export type MessageHandler = (body: unknown, isLastChance: boolean) => Promise<void>;

/** Messages that failed and will be delivered again. */
const MESSAGE_FAILED = declareMetric('MessageFailed', { unit: 'Count', kind: 'count' });

/** One more receipt is left, for when what is done at the last chance fails too. */
const LAST_ATTEMPT = MAX_RECEIVE_COUNT - 1;

/** As many as SQS gives. */
const MAX_BATCH_SIZE = 10;
const HEARTBEATS_PER_LEASE = 3;
const MAX_RETRY_DELAY_SECONDS = 15 * 60;
/** From when it was sent, a message of an unknown kind is left to newer workers: as long as a deployment may take. */
const UNKNOWN_TYPE_DEFERRAL_SECONDS = 30 * 60;
/** So long that the receipts last: three are spent when the time is up, and two are left for a worker that knows it. */
const UNKNOWN_RETRY_SECONDS = 10 * 60;

/** Starts the workers of queues in the processes that have the role `worker`, and stops them gently. */
@Injectable()
export class QueueConsumer implements BeforeApplicationShutdown {
  private readonly logger = new Logger(QueueConsumer.name);
  private readonly consumers: Consumer[] = [];
  /** Those that have received messages and not yet deleted them. */
  private readonly busy = new Set<Consumer>();
  private stopping?: Promise<unknown>;
  private readonly queues = new Set<string>();

  constructor(
    private readonly sqs: SQSClient,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly shutdown: ShutdownSignal,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {
    // At once, while the doors still let requests in: what has been received is finished meanwhile.
    shutdown.onStart(() => void (this.stopping = this.stop()));
  }

  /**
   * Messages are taken ten at once, and the next when all of them are done. Where one may take much longer than the
   * others, `concurrency` messages are handled one by one instead, each followed by the next.
   */
  start(queueUrl: string, handler: MessageHandler, { concurrency }: { concurrency?: number } = {}): void {
    this.queues.add(queueUrl);
    if (!this.config.roles.has('worker')) return;
    const [consumerCount, batchSize] = concurrency === undefined ? [1, MAX_BATCH_SIZE] : [concurrency, 1];
    for (let index = 0; index < consumerCount; index++) this.startConsumer(queueUrl, handler, batchSize);
  }

  private startConsumer(queueUrl: string, handler: MessageHandler, batchSize: number): void {
    const consumer = Consumer.create({
      queueUrl,
      sqs: this.sqs,
      batchSize,
      waitTimeSeconds: 20,
      visibilityTimeout: this.config.queueLeaseSeconds,
      // Whoever is at a message for long keeps it; who has died no longer says so.
      heartbeatInterval: this.config.queueLeaseSeconds / HEARTBEATS_PER_LEASE,
      pollingCompleteWaitTimeMs: 25_000,
      messageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      messageAttributeNames: [TRACEPARENT_ATTRIBUTE],
      handleMessageBatch: async (messages) => {
        const succeeded = await Promise.all(messages.map((message) => this.handleMessage(queueUrl, message, handler)));
        return messages.filter((_, index) => succeeded[index]);
      },
    });
    consumer.on('message_received', () => this.busy.add(consumer));
    consumer.on('response_processed', () => this.busy.delete(consumer));
    consumer.on('error', (error, message) => {
      // Its lease was not prolonged: most often it was done with at that moment. Else it comes again.
      if (message) return this.logger.warn({ err: error, queueUrl }, 'A message is not kept any longer');
      const isAborted = this.shutdown.hasStarted && !this.busy.has(consumer);
      if (!isAborted) this.logger.error({ err: error, queueUrl }, 'A queue cannot be read');
    });
    consumer.on('processing_error', (error) => this.logger.error({ err: error, queueUrl }, 'A message failed'));
    consumer.start();
    this.consumers.push(consumer);
  }

  /** True when no message waits or is being worked on in any queue; dead letters do not count. */
  async isIdle(): Promise<boolean> {
    const counts = await Promise.all([...this.queues].map((queueUrl) => this.messageCountOf(queueUrl)));
    return counts.every((count) => count === 0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopping;
  }

  /** Lets messages in work be finished and deleted; a consumer that only waits for some is cut off. */
  private stop(): Promise<unknown> {
    return Promise.all(
      this.consumers.map(async (consumer) => {
        if (!this.busy.has(consumer)) return consumer.stop({ abort: true });
        const stopped = new Promise<void>((resolve) => consumer.once('stopped', () => resolve()));
        consumer.stop();
        await stopped;
      }),
    );
  }

  private async handleMessage(queueUrl: string, message: Message, handler: MessageHandler): Promise<boolean> {
    const attempt = Number(message.Attributes?.ApproximateReceiveCount ?? 1);
    const isLastAttempt = attempt >= LAST_ATTEMPT;
    try {
      // Leaving counts as a receipt: at the last ones it would end among the dead letters.
      if (!isLastAttempt) this.shutdown.throwIfStarted();
      const body = parseBody(message.Body);
      const context = { requestId: requestIdOf(body) ?? message.MessageId ?? '', background: true };
      const parent = message.MessageAttributes?.[TRACEPARENT_ATTRIBUTE]?.StringValue;
      const span = { name: `message ${queueUrl.split('/').at(-1)}`, kind: 'CONSUMER', parent } as const;
      await withSpan(span, () => runInContext(context, () => handler(body, isLastAttempt)));
      return true;
    } catch (error) {
      if (error instanceof ShuttingDown) {
        await this.retryAfter(0, queueUrl, message);
        return false;
      }
      const details = { err: error, queueUrl, messageId: message.MessageId, attempt };
      const secondsLeft = error instanceof UnknownMessage ? this.secondsLeftToNewer(message) : 0;
      if (secondsLeft > 0) {
        this.logger.warn(details, 'Unknown kind of message, left to newer workers');
        // Receipts may have been spent otherwise: the last one is kept for when the time is up.
        const delay = isLastAttempt ? Math.max(secondsLeft, UNKNOWN_RETRY_SECONDS) : UNKNOWN_RETRY_SECONDS;
        await this.retryAfter(delay, queueUrl, message);
        return false;
      }
      this.logger.warn(details, 'A message will come again');
      this.metrics.record(MESSAGE_FAILED, 1, { queueUrl, attempt });
      const delay = Math.min(MAX_RETRY_DELAY_SECONDS, this.config.queueRetrySeconds * 2 ** (attempt - 1));
      await this.retryAfter(delay * (0.5 + random() / 2), queueUrl, message);
      return false;
    }
  }

  private secondsLeftToNewer({ Attributes: attributes }: Message): number {
    const sentAt = Number(attributes?.SentTimestamp ?? 0);
    return UNKNOWN_TYPE_DEFERRAL_SECONDS - (this.clock.realNow() - sentAt) / 1_000;
  }

  private async retryAfter(seconds: number, queueUrl: string, message: Message): Promise<void> {
    await this.sqs
      .send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: message.ReceiptHandle,
          VisibilityTimeout: Math.ceil(seconds),
        }),
      )
      .catch((error: unknown) => this.logger.warn({ err: error }, 'A message keeps its visibility time-out'));
  }

  private async messageCountOf(queueUrl: string): Promise<number> {
    const { Attributes: attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
    );
    return [
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ]
      .map((name) => Number(attributes?.[name as keyof typeof attributes] ?? 0))
      .reduce((sum, count) => sum + count, 0);
  }
}

/** The parser's own complaint would quote the body, and the log with it. */
function parseBody(body = ''): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('The message is not JSON');
  }
}

/** The request that caused a message, when the message says so. */
function requestIdOf(body: unknown): string | undefined {
  const { requestId } = (body ?? {}) as { requestId?: unknown };
  return typeof requestId === 'string' ? requestId : undefined;
}
