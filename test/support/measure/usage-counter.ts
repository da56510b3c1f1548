import { type ConsumedCapacity, DynamoDB } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { currentContext } from '../../../src/platform/request-context';
import type { TestApp } from '../test-app';
import { COUNTER_REQUEST_ID, WriteUnitCounter } from './write-units';

/** What AWS bills by use. */
export interface Usage {
  readonly writeUnits: Readonly<Record<string, number>>;
  readonly readUnits: Readonly<Record<string, number>>;
  readonly queueRequests: number;
  readonly topicMessages: number;
  readonly filesWritten: number;
}

const READS = /^(?:(?:Batch)?Get(?:Item)?|Query|Scan|TransactGet(?:Items)?)Command$/;
const NAME = 'usage';

/** Counts what a program uses, from `start` to `stop`. */
export class UsageCounter {
  private readonly readUnits = new Map<string, number>();
  private readonly requests = { queue: 0, topic: 0, files: 0 };

  private constructor(
    private readonly app: TestApp,
    private readonly writes: WriteUnitCounter,
  ) {}

  static async start(app: TestApp): Promise<UsageCounter> {
    const counter = new UsageCounter(app, await WriteUnitCounter.start(app, { everything: true }));
    counter.countReads();
    counter.countCommands(SQSClient, () => counter.requests.queue++);
    counter.countCommands(SNSClient, (input) => {
      const { PublishBatchRequestEntries: entries = [0] } = input as { PublishBatchRequestEntries?: unknown[] };
      counter.requests.topic += entries.length;
    });
    counter.countCommands(S3Client, (_, command) => (counter.requests.files += Number(command === 'PutObjectCommand')));
    return counter;
  }

  stop(): Usage {
    this.writes.stop();
    for (const client of [DynamoDB, SQSClient, SNSClient, S3Client]) this.stackOf(client).remove(NAME);
    return {
      writeUnits: Object.fromEntries(this.writes.byTable),
      readUnits: Object.fromEntries(this.readUnits),
      queueRequests: this.requests.queue,
      topicMessages: this.requests.topic,
      filesWritten: this.requests.files,
    };
  }

  private countReads(): void {
    this.stackOf(DynamoDB).add(
      (next, { commandName = '' }) =>
        async (args) => {
          const isOwn = currentContext()?.requestId === COUNTER_REQUEST_ID;
          if (!READS.test(commandName) || isOwn || isTestClock(args.input)) return next(args);
          const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' };
          const result = await next({ ...args, input });
          const { ConsumedCapacity: consumed = [] } = result.output as {
            ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
          };
          for (const { TableName: table = '', CapacityUnits: units = 0 } of [consumed].flat()) {
            this.addRead(table, Math.max(units, smallestRead(input as { ConsistentRead?: boolean })));
          }
          return result;
        },
      { step: 'initialize', name: NAME, priority: 'low' },
    );
  }

  private addRead(table: string, units: number): void {
    const name = table.replace(this.app.config.tablePrefix, '');
    this.readUnits.set(name, (this.readUnits.get(name) ?? 0) + units);
  }

  private countCommands(client: typeof SQSClient | typeof SNSClient | typeof S3Client, count: Count): void {
    this.stackOf(client).add(
      (next, { commandName = '' }) =>
        (args) => {
          count(args.input, commandName);
          return next(args);
        },
      { step: 'initialize', name: NAME },
    );
  }

  private stackOf(client: object) {
    return this.app.get<DynamoDB>(client as never).middlewareStack;
  }
}

/** The clock that production does not have is read every second. */
export function isTestClock(input: object): boolean {
  return 'Key' in input && JSON.stringify(input.Key) === '{"name":"clock"}';
}

type Count = (input: unknown, command: string) => void;

/** AWS charges for a read that finds nothing; DynamoDB Local does not. */
function smallestRead({ ConsistentRead: isConsistent }: { ConsistentRead?: boolean }): number {
  return isConsistent ? 1 : 0.5;
}
