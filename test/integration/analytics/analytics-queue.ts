import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { gunzipSync } from 'node:zlib';
import { newEventId } from '../../../src/kernel/ids';
import { ANALYTICS_QUEUE, EVENT_BUCKET } from '../../../src/modules/analytics/analytics.settings';
import type { AnalyticsEvent } from '../../../src/modules/analytics/domain/analytics-event';
import type { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';

/** A file of the archive. */
export interface ArchivedFile {
  readonly key: string;
  readonly events: AnalyticsEvent[];
}

export function anEvent(fields: Partial<AnalyticsEvent> = {}): AnalyticsEvent {
  return {
    eventType: 'ORDER_PLACED',
    userId: 'U101',
    orderId: 'O101',
    timestamp: '2025-03-10T06:00:00Z',
    eventId: newEventId(),
    amount: 5000,
    ...fields,
  };
}

/** Sends one message, as it is or as JSON. */
export async function send(app: TestApp, body: unknown): Promise<void> {
  await app.get<SQSClient>(SQSClient).send(
    new SendMessageCommand({
      QueueUrl: queueOf(app),
      MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
}

/** Sends up to ten messages, which a worker usually receives together. */
export async function sendTogether(app: TestApp, events: readonly unknown[]): Promise<void> {
  const entries = events.map((event, index) => ({ Id: `${index}`, MessageBody: JSON.stringify(event) }));
  await app.get<SQSClient>(SQSClient).send(new SendMessageBatchCommand({ QueueUrl: queueOf(app), Entries: entries }));
}

export function queueOf(app: TestApp): string {
  return app.configuration.get(ANALYTICS_QUEUE).url;
}

export async function expectDeadLetters(app: TestApp, count: number): Promise<void> {
  const dead = new GetQueueAttributesCommand({ QueueUrl: `${queueOf(app)}-dead`, AttributeNames: ['All'] });
  await waitUntil(`${count} dead letters`, async () => {
    const { Attributes: attributes } = await app.get<SQSClient>(SQSClient).send(dead);
    return Number(attributes?.ApproximateNumberOfMessages) === count;
  });
}

/** The files of the archive whose keys begin with a prefix, in the order of their keys. */
export async function archivedFiles(app: TestApp, prefix: string): Promise<ArchivedFile[]> {
  const s3 = app.get<S3Client>(S3Client);
  const { name } = app.configuration.get(EVENT_BUCKET);
  const { Contents: contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: name, Prefix: prefix }));
  return Promise.all(
    contents.map(async ({ Key: key = '' }) => {
      const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: name, Key: key }));
      const lines = gunzipSync((await body?.transformToByteArray()) ?? '').toString();
      return {
        key,
        events: lines
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as AnalyticsEvent),
      };
    }),
  );
}
