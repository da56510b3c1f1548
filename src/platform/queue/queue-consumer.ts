import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  type Message,
  SendMessageCommand,
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
import { Postponed } from './postponed';
import { MAX_RECEIVE_COUNT } from './provision';
import { TRACEPARENT_ATTRIBUTE } from './publisher';
import { UnknownMessage } from './unknown-message';

/**
 * Handles one message. After an error it is delivered again with backoff, and after five receipts SQS moves it to the
 * dead-letter queue. After `ShuttingDown` it is delivered again at once. `Postponed` does not count as a failure. After
 * `UnknownMessage` it is left to workers of a newer version for up to 30 minutes. A handler that stores failed messages
 * elsewhere does so if `isLastChance`.
 */
export type MessageHandler = (body: unknown, isLastChance: boolean) => Promise<void>;

export interface ConsumerOptions {
  readonly concurrency?: number;
  readonly receivers?: number;
}

/** Messages that failed and will be delivered again. */
const MESSAGE_FAILED = declareMetric('MessageFailed', { unit: 'Count', kind: 'count' });

/** Keeps one receipt in reserve, in case the handling of the last attempt fails too. */
const LAST_ATTEMPT = MAX_RECEIVE_COUNT - 1;

/** The limit of SQS. */
const MAX_BATCH_SIZE = 10;
const HEARTBEATS_PER_LEASE = 3;
const MAX_RETRY_DELAY_SECONDS = 15 * 60;
/**
 * For this long after it was sent, a message of an unknown kind is left to workers of a newer version. A deployment
 * takes at most this long.
 */
const UNKNOWN_TYPE_DEFERRAL_SECONDS = 30 * 60;
/** Uses three receipts within that time, which leaves two for a newer worker. */
const UNKNOWN_RETRY_SECONDS = 10 * 60;

/** Consumes queues in processes with the role `worker`, and stops gracefully. */
@Injectable()
export class QueueConsumer implements BeforeApplicationShutdown {
  private readonly logger = new Logger(QueueConsumer.name);
  private readonly consumers: Consumer[] = [];
  /** Consumers that have received messages and not yet deleted them. */
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
    // Consumers stop when shutdown starts, while the server still drains. They finish the messages they have received.
    shutdown.onStart(() => void (this.stopping = this.stop()));
  }

  /**
   * By default, messages are handled in batches of ten, and the next batch starts when all ten are done. For more
   * throughput, set `receivers`: the number of such batches at a time. If some messages take much longer than others,
   * set `concurrency` instead: then that many messages are handled independently.
   */
  start(queueUrl: string, handler: MessageHandler, { concurrency, receivers = 1 }: ConsumerOptions = {}): void {
    this.queues.add(queueUrl);
    if (!this.config.roles.has('worker')) return;
    const [consumerCount, batchSize] = concurrency === undefined ? [receivers, MAX_BATCH_SIZE] : [concurrency, 1];
    for (let index = 0; index < consumerCount; index++) this.startConsumer(queueUrl, handler, batchSize);
  }

  private startConsumer(queueUrl: string, handler: MessageHandler, batchSize: number): void {
    const consumer = Consumer.create({
      queueUrl,
      sqs: this.sqs,
      batchSize,
      waitTimeSeconds: 20,
      visibilityTimeout: this.config.queueLeaseSeconds,
      // Extends the visibility timeout of a message while it is handled.
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
      // A heartbeat failed, most often because the message was finished at that moment. If not, it is delivered again.
      if (message) return this.logger.warn({ err: error, queueUrl }, 'Message lease not extended');
      const isAborted = this.shutdown.hasStarted && !this.busy.has(consumer);
      if (!isAborted) this.logger.error({ err: error, queueUrl }, 'Queue not readable');
    });
    consumer.on('processing_error', (error) => this.logger.error({ err: error, queueUrl }, 'Message handling failed'));
    consumer.start();
    this.consumers.push(consumer);
  }

  /** True when every queue is empty and no message is being handled. Dead-letter queues do not count. */
  async isIdle(): Promise<boolean> {
    const counts = await Promise.all([...this.queues].map((queueUrl) => this.messageCountOf(queueUrl)));
    return counts.every((count) => count === 0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopping;
  }

  /** Waits for consumers to finish and delete the messages they received. Aborts consumers that are only polling. */
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
      // Returning a message costs a receipt, and too many receipts would move it to the dead-letter queue.
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
      if (error instanceof Postponed) return this.postpone(error, queueUrl, message);
      const details = { err: error, queueUrl, messageId: message.MessageId, attempt };
      const secondsLeft = error instanceof UnknownMessage ? this.secondsLeftToNewer(message) : 0;
      if (secondsLeft > 0) {
        this.logger.warn(details, 'Unknown message kind, left to newer workers');
        // Earlier failures may have used receipts, so the last attempt is delayed until the time is up.
        const delay = isLastAttempt ? Math.max(secondsLeft, UNKNOWN_RETRY_SECONDS) : UNKNOWN_RETRY_SECONDS;
        await this.retryAfter(delay, queueUrl, message);
        return false;
      }
      this.logger.warn(details, 'Message failed, retrying');
      this.metrics.record(MESSAGE_FAILED, 1, { queueUrl, attempt });
      const delay = Math.min(MAX_RETRY_DELAY_SECONDS, this.config.queueRetrySeconds * 2 ** (attempt - 1));
      await this.retryAfter(delay * (0.5 + random() / 2), queueUrl, message);
      return false;
    }
  }

  /**
   * Sends the message again with a delay, because hiding it would count as an attempt. Returns whether the original can be
   * deleted. A crash in between leaves two messages, and handling one twice is harmless.
   */
  private async postpone(
    { seconds, message: reason }: Postponed,
    queueUrl: string,
    message: Message,
  ): Promise<boolean> {
    const delay = Math.min(MAX_RETRY_DELAY_SECONDS, Math.ceil(seconds * (1 + random())));
    try {
      await this.sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: message.Body,
          MessageAttributes: message.MessageAttributes,
          DelaySeconds: delay,
        }),
      );
      this.logger.debug({ queueUrl, messageId: message.MessageId, delay }, reason);
      return true;
    } catch (error) {
      this.logger.warn({ err: error, queueUrl, messageId: message.MessageId }, 'Message not postponed, retrying');
      await this.retryAfter(delay, queueUrl, message);
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
      .catch((error: unknown) => this.logger.warn({ err: error }, 'Visibility timeout not changed'));
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

/** Replaces the parser's error, which would put the body into the log. */
function parseBody(body = ''): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('The message is not JSON');
  }
}

/** The request that caused a message, if the message names it. */
function requestIdOf(body: unknown): string | undefined {
  const { requestId } = (body ?? {}) as { requestId?: unknown };
  return typeof requestId === 'string' ? requestId : undefined;
}
