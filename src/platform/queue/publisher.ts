import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { traceparent } from '../telemetry/tracing';

interface Entry {
  readonly id: string;
  readonly body: string;
  readonly attributes?: Record<string, { DataType: string; StringValue: string }>;
}

/** What is to be sent, and the span that wants it sent: messages of several spans travel together. */
interface Letter {
  readonly message: object;
  readonly trace?: string;
}

type Loader = DataLoader<Letter, true, Letter>;

/** Sends up to ten entries; answers with the ids of those that were not taken. */
type SendBatch = (entries: Entry[]) => Promise<{ id?: string; reason?: string }[]>;

/** The attribute of a message that says by which span it was sent. */
export const TRACE = 'traceparent';

const MESSAGES_AT_ONCE = 10;
/** Who does not answer would hold the outbox and the shutdown for ever. */
const PATIENCE = { requestTimeout: 3_000 };
const GATHER_MILLISECONDS = 50;

/** Publishes JSON messages; those of the same few milliseconds travel together, up to ten. */
@Injectable()
export class Publisher {
  private readonly queues = new Map<string, Loader>();
  private readonly topics = new Map<string, Loader>();

  constructor(
    private readonly sqs: SQSClient,
    private readonly sns: SNSClient,
  ) {}

  /** Resolves when the queue has the message. */
  async toQueue(queueUrl: string, message: object): Promise<void> {
    await batching(this.queues, queueUrl, async (entries) => {
      const answer = await this.sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: entries.map(({ id, body, attributes }) => ({
            Id: id,
            MessageBody: body,
            MessageAttributes: attributes,
          })),
        }),
        PATIENCE,
      );
      return (answer.Failed ?? []).map(({ Id, Message }) => ({ id: Id, reason: Message }));
    }).load({ message, trace: traceparent() });
  }

  /** Resolves when the topic has the message. */
  async toTopic(topicArn: string, message: object): Promise<void> {
    await batching(this.topics, topicArn, async (entries) => {
      const answer = await this.sns.send(
        new PublishBatchCommand({
          TopicArn: topicArn,
          PublishBatchRequestEntries: entries.map(({ id, body, attributes }) => ({
            Id: id,
            Message: body,
            MessageAttributes: attributes,
          })),
        }),
        PATIENCE,
      );
      return (answer.Failed ?? []).map(({ Id, Message }) => ({ id: Id, reason: Message }));
    }).load({ message, trace: traceparent() });
  }
}

function batching(loaders: Map<string, Loader>, target: string, send: SendBatch): Loader {
  const existing = loaders.get(target);
  if (existing) return existing;
  const loader: Loader = new DataLoader(
    async (letters) => {
      const failed = await send(letters.map(entryOf));
      return letters.map((_, index) => {
        const failure = failed.find(({ id }) => id === `${index}`);
        return failure ? new Error(`${target} refused a message: ${failure.reason}`) : true;
      });
    },
    {
      cache: false,
      maxBatchSize: MESSAGES_AT_ONCE,
      batchScheduleFn: (run) => setTimeout(run, GATHER_MILLISECONDS),
    },
  );
  loaders.set(target, loader);
  return loader;
}

function entryOf({ message, trace }: Letter, index: number): Entry {
  const attributes = trace === undefined ? undefined : { [TRACE]: { DataType: 'String', StringValue: trace } };
  return { id: `${index}`, body: JSON.stringify(message), attributes };
}
