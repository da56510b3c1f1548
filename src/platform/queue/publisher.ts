import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';

/** Sends up to ten entries; answers with the ids of those that were not taken. */
type SendBatch = (entries: { id: string; body: string }[]) => Promise<{ id?: string; reason?: string }[]>;

const MESSAGES_AT_ONCE = 10;
/** Who does not answer would hold the outbox and the shutdown for ever. */
const PATIENCE = { requestTimeout: 3_000 };
const GATHER_MILLISECONDS = 50;

/** Publishes JSON messages; those of the same few milliseconds travel together, up to ten. */
@Injectable()
export class Publisher {
  private readonly queues = new Map<string, DataLoader<object, true, object>>();
  private readonly topics = new Map<string, DataLoader<object, true, object>>();

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
          Entries: entries.map(({ id, body }) => ({ Id: id, MessageBody: body })),
        }),
        PATIENCE,
      );
      return (answer.Failed ?? []).map(({ Id, Message }) => ({ id: Id, reason: Message }));
    }).load(message);
  }

  /** Resolves when the topic has the message. */
  async toTopic(topicArn: string, message: object): Promise<void> {
    await batching(this.topics, topicArn, async (entries) => {
      const answer = await this.sns.send(
        new PublishBatchCommand({
          TopicArn: topicArn,
          PublishBatchRequestEntries: entries.map(({ id, body }) => ({ Id: id, Message: body })),
        }),
        PATIENCE,
      );
      return (answer.Failed ?? []).map(({ Id, Message }) => ({ id: Id, reason: Message }));
    }).load(message);
  }
}

function batching(loaders: Map<string, DataLoader<object, true, object>>, target: string, send: SendBatch) {
  const existing = loaders.get(target);
  if (existing) return existing;
  const loader = new DataLoader<object, true, object>(
    async (messages) => {
      const failed = await send(messages.map((message, index) => ({ id: `${index}`, body: JSON.stringify(message) })));
      return messages.map((_, index) => {
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
