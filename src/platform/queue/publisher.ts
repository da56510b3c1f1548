import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { currentTraceparent } from '../telemetry/tracing';

interface BatchEntry {
  readonly id: string;
  readonly body: string;
  readonly attributes?: Record<string, { DataType: string; StringValue: string }>;
}

/** What is to be sent, and the span that wants it sent: messages of several spans travel together. */
interface OutgoingMessage {
  readonly message: object;
  readonly trace?: string;
}

type BatchLoader = DataLoader<OutgoingMessage, true, OutgoingMessage>;

/** Sends up to ten entries; answers with the ids of those that were not taken. */
type SendBatch = (entries: BatchEntry[]) => Promise<{ id?: string; reason?: string }[]>;

/** The attribute of a message that says by which span it was sent. */
export const TRACEPARENT_ATTRIBUTE = 'traceparent';

const MAX_BATCH_SIZE = 10;
/** Who does not answer would hold the outbox and the shutdown for ever. */
const SEND_OPTIONS = { requestTimeout: 3_000 };
const BATCH_WINDOW_MILLISECONDS = 50;

/** Publishes JSON messages; those of the same few milliseconds travel together, up to ten. */
@Injectable()
export class Publisher {
  private readonly queues = new Map<string, BatchLoader>();
  private readonly topics = new Map<string, BatchLoader>();

  constructor(
    private readonly sqs: SQSClient,
    private readonly sns: SNSClient,
  ) {}

  /** Resolves when the queue has the message. */
  async sendToQueue(queueUrl: string, message: object): Promise<void> {
    await batchLoaderFor(this.queues, queueUrl, async (entries) => {
      const output = await this.sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: entries.map(({ id, body, attributes }) => ({
            Id: id,
            MessageBody: body,
            MessageAttributes: attributes,
          })),
        }),
        SEND_OPTIONS,
      );
      return (output.Failed ?? []).map(({ Id, Message }) => ({ id: Id, reason: Message }));
    }).load({ message, trace: currentTraceparent() });
  }

  /** Resolves when the topic has the message. */
  async publishToTopic(topicArn: string, message: object): Promise<void> {
    await batchLoaderFor(this.topics, topicArn, async (entries) => {
      const output = await this.sns.send(
        new PublishBatchCommand({
          TopicArn: topicArn,
          PublishBatchRequestEntries: entries.map(({ id, body, attributes }) => ({
            Id: id,
            Message: body,
            MessageAttributes: attributes,
          })),
        }),
        SEND_OPTIONS,
      );
      return (output.Failed ?? []).map(({ Id, Message }) => ({ id: Id, reason: Message }));
    }).load({ message, trace: currentTraceparent() });
  }
}

function batchLoaderFor(loaders: Map<string, BatchLoader>, target: string, send: SendBatch): BatchLoader {
  const existing = loaders.get(target);
  if (existing) return existing;
  const loader: BatchLoader = new DataLoader(
    async (messages) => {
      const failed = await send(messages.map(entryOf));
      return messages.map((_, index) => {
        const failure = failed.find(({ id }) => id === `${index}`);
        return failure ? new Error(`${target} refused a message: ${failure.reason}`) : true;
      });
    },
    {
      cache: false,
      maxBatchSize: MAX_BATCH_SIZE,
      batchScheduleFn: (run) => setTimeout(run, BATCH_WINDOW_MILLISECONDS),
    },
  );
  loaders.set(target, loader);
  return loader;
}

function entryOf({ message, trace }: OutgoingMessage, index: number): BatchEntry {
  const attributes =
    trace === undefined ? undefined : { [TRACEPARENT_ATTRIBUTE]: { DataType: 'String', StringValue: trace } };
  return { id: `${index}`, body: JSON.stringify(message), attributes };
}
