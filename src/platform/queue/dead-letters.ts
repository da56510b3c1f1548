import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../clock';

/** A message that failed too often. */
export interface DeadLetter {
  readonly messageId: string;
  readonly body: string;
  /** When it was sent to the queue in which it failed; epoch milliseconds, real time. */
  readonly sentAt: number;
}

interface Receipt {
  readonly receipt: string | undefined;
}

type Received = DeadLetter & Receipt & { readonly source: Message };

/** The limit of SQS. */
const BATCH_SIZE = 10;
/** Hides received messages from other readers, until they are released or deleted. */
const VISIBILITY_SECONDS = 120;
/** SQS may deliver a batch twice, so one that has nothing new is not yet the end. */
const MAX_REPEATED_BATCHES = 3;
/** More than these are not put back at once, but come back after the visibility timeout. */
const MAX_RELEASED = 10_000;
/** SQS asks all its servers only if it may wait. */
const WAIT_SECONDS = 1;

/** Looks at the dead letters of a queue, sends them again, or deletes them. The queue `<name>` has them in `<name>-dead`. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly sqs: SQSClient,
    private readonly clock: Clock,
  ) {}

  /** The approximate number of dead letters, including those that another reader holds. */
  async count(queueUrl: string): Promise<number> {
    const { Attributes: attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: deadLettersOf(queueUrl),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return (
      Number(attributes?.ApproximateNumberOfMessages ?? 0) +
      Number(attributes?.ApproximateNumberOfMessagesNotVisible ?? 0)
    );
  }

  /** Some of the dead letters, at most `limit`. They stay in the queue. */
  async peek(queueUrl: string, limit: number): Promise<DeadLetter[]> {
    const letters = new Map<string, Received>();
    try {
      for await (const batch of this.receive(queueUrl, limit)) {
        for (const letter of batch) letters.set(letter.messageId, letter);
      }
    } finally {
      await this.release(queueUrl, [...letters.values()]);
    }
    return [...letters.values()].slice(0, limit);
  }

  /**
   * Sends dead letters to their queue again, at a limited rate, and calls `onMoved` for each. Leaves those that die during
   * the call, because they would be redriven endlessly. A crash in between sends one message twice.
   */
  async redrive(queueUrl: string, perSecond: number, onMoved: (letter: DeadLetter) => void): Promise<void> {
    const startedAt = this.clock.realNow();
    const isOld = ({ sentAt }: DeadLetter) => sentAt < startedAt;
    await this.handle(queueUrl, isOld, async (letter) => {
      const { Body: body, MessageAttributes: attributes } = letter.source;
      await this.sqs.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageAttributes: attributes }),
      );
      await this.delete(queueUrl, letter);
      onMoved(letter);
      await sleep(1_000 / perSecond);
    });
  }

  /** Deletes the dead letters that were sent before an instant (epoch milliseconds), and calls `onDropped` for each. */
  async drop(queueUrl: string, sentBefore: number, onDropped: (letter: DeadLetter) => void): Promise<void> {
    await this.handle(
      queueUrl,
      ({ sentAt }) => sentAt < sentBefore,
      async (letter) => {
        await this.delete(queueUrl, letter);
        onDropped(letter);
      },
    );
  }

  /** Handles the dead letters that are meant, one after the other, and puts back all others at the end. */
  private async handle(
    queueUrl: string,
    isMeant: (letter: DeadLetter) => boolean,
    handleOne: (letter: Received) => Promise<void>,
  ): Promise<void> {
    const left = new Map<string, Receipt>();
    try {
      for await (const batch of this.receive(queueUrl)) {
        for (const { messageId, receipt } of batch) {
          if (left.size < MAX_RELEASED) left.set(messageId, { receipt });
        }
        for (const letter of batch.filter(isMeant)) {
          await handleOne(letter);
          left.delete(letter.messageId);
        }
      }
    } finally {
      await this.release(queueUrl, [...left.values()]);
    }
  }

  /** Batches of messages, hidden from other readers, until none is visible, or three batches in a row have no new one. */
  private async *receive(queueUrl: string, limit = Infinity): AsyncGenerator<Received[]> {
    const seen = new Set<string>();
    for (let repeated = 0; seen.size < limit && repeated < MAX_REPEATED_BATCHES;) {
      const { Messages: messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: deadLettersOf(queueUrl),
          MaxNumberOfMessages: BATCH_SIZE,
          VisibilityTimeout: VISIBILITY_SECONDS,
          WaitTimeSeconds: WAIT_SECONDS,
          MessageSystemAttributeNames: ['SentTimestamp'],
          MessageAttributeNames: ['All'],
        }),
      );
      if (messages.length === 0) return;
      const letters = messages.map(letterOf);
      yield letters;
      repeated = letters.every(({ messageId }) => seen.has(messageId)) ? repeated + 1 : 0;
      for (const { messageId } of letters) seen.add(messageId);
    }
  }

  private async delete(queueUrl: string, { receipt }: Receipt): Promise<void> {
    await this.sqs.send(new DeleteMessageCommand({ QueueUrl: deadLettersOf(queueUrl), ReceiptHandle: receipt }));
  }

  /** Without it, messages come back after the visibility timeout. */
  private async release(queueUrl: string, letters: readonly Receipt[]): Promise<void> {
    for (let from = 0; from < letters.length; from += BATCH_SIZE) {
      const batch = letters.slice(from, from + BATCH_SIZE);
      await this.sqs.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: deadLettersOf(queueUrl),
          Entries: batch.map(({ receipt }, index) => ({
            Id: `${index}`,
            ReceiptHandle: receipt,
            VisibilityTimeout: 0,
          })),
        }),
      );
    }
  }
}

function deadLettersOf(queueUrl: string): string {
  return `${queueUrl}-dead`;
}

function letterOf(source: Message): Received {
  const { MessageId: messageId = '', Body: body = '', Attributes: attributes, ReceiptHandle: receipt } = source;
  return { messageId, body, sentAt: Number(attributes?.SentTimestamp ?? 0), receipt, source };
}
