import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDB,
  ListTagsOfResourceCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
  TableAlreadyExistsException,
  type TableDescription,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { type Instant, instantOf } from '../../../kernel/calendar';
import { isContention } from '../../aws-errors';
import { javaScriptDateOf } from '../../clock';
import { type Backoff, retry } from '../../retry';
import { createTableRequest, EXPIRES_AT, type TableDeclaration } from '../table';
import { type Origin, RestoreRefused, type SourceTable, type TableRestorer, type TargetTable } from './table-restorer';

/** Errors that end by themselves: limits of simultaneous operations, and a table that is being changed. */
const TEMPORARY = [
  'LimitExceededException',
  'ResourceInUseException',
  'TableInUseException',
  'ContinuousBackupsUnavailableException',
];
const PENDING = ['CREATING', 'UPDATING'];
/** About half an hour. */
const MAX_ATTEMPTS = 120;
/** Tags of a table that was created empty. Restored tables have their origin from DynamoDB. */
const SOURCE_TAG = 'restored-from';
const INSTANT_TAG = 'restored-to';

interface Delays {
  readonly pollMilliseconds: number;
  readonly backoff: Backoff;
}

/** Restores tables by the point-in-time recovery of DynamoDB. */
export class PitrRestorer implements TableRestorer {
  readonly pollMilliseconds: number;
  private readonly backoff: Backoff;

  constructor(
    private readonly client: DynamoDB,
    { pollMilliseconds, backoff }: Delays = { pollMilliseconds: 10_000, backoff: { base: 500, ceiling: 30_000 } },
  ) {
    this.pollMilliseconds = pollMilliseconds;
    this.backoff = backoff;
  }

  async describeSource(name: string): Promise<SourceTable | undefined> {
    const table = await this.describe(name);
    if (!table) return undefined;
    const recovery = await this.recoveryOf(name);
    const isEnabled = recovery?.PointInTimeRecoveryStatus === 'ENABLED';
    return {
      createdAt: instantOfDate(table.CreationDateTime) ?? '',
      earliest: isEnabled ? instantOfDate(recovery.EarliestRestorableDateTime) : undefined,
      latest: isEnabled ? instantOfDate(recovery.LatestRestorableDateTime) : undefined,
      // A table that was created empty is no copy, so its tags do not count.
      origin: restoredFrom(table),
    };
  }

  async describeTarget(name: string): Promise<TargetTable | undefined> {
    const table = await this.describe(name);
    if (!table) return undefined;
    const { TableStatus: status = '', RestoreSummary: summary } = table;
    if (status !== 'ACTIVE' && !PENDING.includes(status)) throw new RestoreRefused(`${name} is ${status}.`);
    const isInProgress = status === 'CREATING' || summary?.RestoreInProgress === true;
    return { origin: await this.originOf(table), state: isInProgress ? 'IN_PROGRESS' : 'COMPLETE' };
  }

  async restore(table: TableDeclaration, prefix: string, { source, at }: Origin): Promise<void> {
    const command = new RestoreTableToPointInTimeCommand({
      SourceTableName: source,
      TargetTableName: prefix + table.name,
      RestoreDateTime: javaScriptDateOf(at),
    });
    await unlessExists(() => this.repeat(() => this.client.send(command)));
  }

  async createEmpty(table: TableDeclaration, prefix: string, { source, at }: Origin): Promise<void> {
    const command = new CreateTableCommand({
      ...(await createTableRequest(table, prefix)),
      SSESpecification: { Enabled: true, SSEType: 'KMS' },
      Tags: [
        { Key: SOURCE_TAG, Value: source },
        { Key: INSTANT_TAG, Value: at },
      ],
    });
    await unlessExists(() =>
      this.repeat(
        () => this.client.send(command),
        (name) => name !== 'ResourceInUseException',
      ),
    );
  }

  async applySettings({ expires }: TableDeclaration, name: string): Promise<void> {
    if (expires) await this.enableExpiry(name);
    const recovery = await this.recoveryOf(name);
    if (recovery?.PointInTimeRecoveryStatus !== 'ENABLED') {
      const command = new UpdateContinuousBackupsCommand({
        TableName: name,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
      await this.repeat(() => this.client.send(command));
    }
    if ((await this.describe(name))?.DeletionProtectionEnabled !== true) {
      const command = new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: true });
      await this.repeat(() => this.client.send(command));
    }
  }

  private async enableExpiry(name: string): Promise<void> {
    const { TimeToLiveDescription: description } = await this.repeat(() =>
      this.client.send(new DescribeTimeToLiveCommand({ TableName: name })),
    );
    if (['ENABLED', 'ENABLING'].includes(description?.TimeToLiveStatus ?? '')) return;
    const TimeToLiveSpecification = { AttributeName: EXPIRES_AT, Enabled: true };
    await this.repeat(() =>
      this.client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification })),
    );
  }

  private async describe(name: string): Promise<TableDescription | undefined> {
    try {
      return (await this.repeat(() => this.client.send(new DescribeTableCommand({ TableName: name })))).Table;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  private async recoveryOf(name: string) {
    try {
      const { ContinuousBackupsDescription: backups } = await this.repeat(() =>
        this.client.send(new DescribeContinuousBackupsCommand({ TableName: name })),
      );
      return backups?.PointInTimeRecoveryDescription;
    } catch (error) {
      if (!(error instanceof Error && error.name === 'UnknownOperationException')) throw error;
      throw new RestoreRefused('This DynamoDB has no point-in-time recovery. For DynamoDB Local, use --export.');
    }
  }

  private async originOf({ RestoreSummary: summary, TableArn: arn }: TableDescription): Promise<Origin | undefined> {
    const origin = restoredFrom({ RestoreSummary: summary });
    if (origin) return origin;
    const { Tags: tags = [] } = await this.repeat(() =>
      this.client.send(new ListTagsOfResourceCommand({ ResourceArn: arn })),
    );
    const source = tags.find(({ Key: key }) => key === SOURCE_TAG)?.Value;
    const at = tags.find(({ Key: key }) => key === INSTANT_TAG)?.Value;
    return source !== undefined && at !== undefined ? { source, at } : undefined;
  }

  /** Repeats a request while DynamoDB is busy. */
  private repeat<T>(send: () => Promise<T>, isAlsoRetryable: (name: string) => boolean = () => true): Promise<T> {
    return retry(send, {
      maxAttempts: MAX_ATTEMPTS,
      backoff: this.backoff,
      isRetryable: (error) => error instanceof Error && isTemporary(error) && isAlsoRetryable(error.name),
    });
  }
}

async function unlessExists(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof TableAlreadyExistsException || error instanceof ResourceInUseException)) throw error;
  }
}

function isTemporary(error: Error): boolean {
  const { $metadata: metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return isContention(error.name) || TEMPORARY.includes(error.name) || (metadata?.httpStatusCode ?? 0) >= 500;
}

function instantOfDate(date: Date | undefined): Instant | undefined {
  return date && instantOf(date.getTime());
}

function restoredFrom({ RestoreSummary: summary }: Pick<TableDescription, 'RestoreSummary'>): Origin | undefined {
  if (!summary) return undefined;
  const { SourceTableArn: sourceArn = '', RestoreDateTime: date } = summary;
  return { source: sourceArn.split('/').at(-1) ?? '', at: instantOfDate(date) ?? '' };
}
