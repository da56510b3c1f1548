import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Injectable } from '@nestjs/common';
import { Batcher } from '../batcher';
import { currentTraceparent } from '../telemetry/tracing';

interface BatchEntry {
  readonly id: string;
  readonly body: string;
  readonly attributes?: Record<string, { DataType: string; StringValue: string }>;
}

/** A message with its own trace and attributes, because a batch holds messages of several causes. */
interface OutgoingMessage {
  readonly message: object;
  readonly attributes: Readonly<Record<string, string | undefined>>;
}

type MessageBatcher = Batcher<OutgoingMessage>;

/** Sends up to ten entries. Returns the ids of the refused ones. */
type SendBatch = (entries: BatchEntry[]) => Promise<{ id?: string; reason?: string }[]>;

/** The message attribute with the span that sent the message. */
export const TRACEPARENT_ATTRIBUTE = 'traceparent';

const MAX_BATCH_SIZE = 10;
/** A server that does not respond must not block the outbox or the shutdown. */
const SEND_OPTIONS = { requestTimeout: 3_000 };
const BATCH_WINDOW_MILLISECONDS = 50;

/** Publishes JSON messages. Messages within 50 ms share a batch of up to ten. */
@Injectable()
export class Publisher {
  private readonly queues = new Map<string, MessageBatcher>();
  private readonly topics = new Map<string, MessageBatcher>();

  constructor(
    private readonly sqs: SQSClient,
    private readonly sns: SNSClient,
  ) {}

  /** Resolves when the queue has the message. */
  async sendToQueue(queueUrl: string, message: object): Promise<void> {
    await batcherFor(this.queues, queueUrl, async (entries) => {
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
    }).add({ message, attributes: { [TRACEPARENT_ATTRIBUTE]: currentTraceparent() } });
  }

  /** Resolves when the topic has the message. Queues may filter by its attributes. */
  async publishToTopic(topicArn: string, message: object, attributes: Record<string, string> = {}): Promise<void> {
    await batcherFor(this.topics, topicArn, async (entries) => {
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
    }).add({ message, attributes: { ...attributes, [TRACEPARENT_ATTRIBUTE]: currentTraceparent() } });
  }
}

/** Each queue and topic has its own batcher, created with its first message. */
function batcherFor(batchers: Map<string, MessageBatcher>, target: string, send: SendBatch): MessageBatcher {
  const existing = batchers.get(target);
  if (existing) return existing;
  const sendBatch = async (messages: readonly OutgoingMessage[]) => {
    const failed = await send(messages.map(entryOf));
    return messages.map((_, index) => {
      const failure = failed.find(({ id }) => id === `${index}`);
      return failure && new Error(`${target} refused a message: ${failure.reason}`);
    });
  };
  const batcher = new Batcher(sendBatch, { maxSize: MAX_BATCH_SIZE, windowMilliseconds: BATCH_WINDOW_MILLISECONDS });
  batchers.set(target, batcher);
  return batcher;
}

function entryOf({ message, attributes }: OutgoingMessage, index: number): BatchEntry {
  const present = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, { DataType: 'String', StringValue: value }] as const],
  );
  return {
    id: `${index}`,
    body: JSON.stringify(message),
    attributes: present.length === 0 ? undefined : Object.fromEntries(present),
  };
}
