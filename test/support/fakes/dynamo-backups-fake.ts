import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { close, listen, urlOf } from './local-server';

interface FakeTable {
  readonly createdAt: number;
  status: string;
  /** The seconds between which it can be restored; absent without point-in-time recovery. */
  recovery?: { readonly earliest: number; readonly latest: number };
  origin?: { readonly source: string; readonly at: number };
  tags: readonly { readonly Key: string; readonly Value: string }[];
  expires: boolean;
  isProtected: boolean;
  /** How many descriptions still show it as being restored. */
  pendingPolls: number;
}

interface FakeResponse {
  readonly status: number;
  readonly body: object;
}

type Body = Readonly<Record<string, never>>;

/** The part of DynamoDB that restores tables, with the answers that AWS gives. Restored tables lack their settings. */
export class DynamoBackupsFake {
  readonly tables = new Map<string, FakeTable>();
  /** Each call with the name of its table. */
  readonly calls: string[] = [];
  /** The errors that the next calls of an operation get, before anything is done. */
  readonly errors = new Map<string, string[]>();
  /** Tables that disappear while they are restored. */
  readonly failing = new Set<string>();

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.handle(request, response));
  }

  static async start(): Promise<DynamoBackupsFake> {
    return new DynamoBackupsFake(await listen(createServer()));
  }

  stop(): Promise<void> {
    return close(this.server);
  }

  get url(): string {
    return urlOf(this.server);
  }

  add(name: string, createdAt: number, changes: Partial<FakeTable> = {}): void {
    const defaults = { status: 'ACTIVE', tags: [], expires: false, isProtected: false, pendingPolls: 0 };
    this.tables.set(name, { ...defaults, createdAt, ...changes });
  }

  callsOf(operation: string): string[] {
    return this.calls.flatMap((call) => (call.startsWith(`${operation} `) ? call.slice(operation.length + 1) : []));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const body = JSON.parse(await text(request)) as Body;
    const name = String(body.TargetTableName ?? body.TableName ?? String(body.ResourceArn).split('/')[1]);
    this.calls.push(`${operation} ${name}`);
    const error = this.errors.get(operation)?.shift();
    const { status, body: answer } = error ? failure(error) : this.answer(operation, name, body);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer));
  }

  private answer(operation: string, name: string, body: Body): FakeResponse {
    if (operation === 'RestoreTableToPointInTime') return this.restore(name, body);
    if (operation === 'CreateTable') {
      if (this.tables.has(name)) return failure('ResourceInUseException');
      this.add(name, Date.now() / 1_000, { tags: body.Tags });
      return success({});
    }
    const table = this.tables.get(name);
    if (!table) return failure('ResourceNotFoundException');
    switch (operation) {
      case 'DescribeTable':
        return success({ Table: this.describe(name, table) });
      case 'DescribeContinuousBackups':
        return success({ ContinuousBackupsDescription: backupsOf(table) });
      case 'ListTagsOfResource':
        return success({ Tags: table.tags });
      case 'DescribeTimeToLive':
        return success({ TimeToLiveDescription: { TimeToLiveStatus: table.expires ? 'ENABLED' : 'DISABLED' } });
      case 'UpdateTimeToLive':
        table.expires = true;
        return success({});
      case 'UpdateContinuousBackups':
        table.recovery = { earliest: Date.now() / 1_000, latest: Date.now() / 1_000 };
        return success({ ContinuousBackupsDescription: backupsOf(table) });
      case 'UpdateTable':
        table.isProtected = true;
        return success({});
      default:
        return failure('UnknownOperationException');
    }
  }

  private restore(name: string, { SourceTableName: source, RestoreDateTime: at }: Body): FakeResponse {
    if (this.tables.has(name)) return failure('TableAlreadyExistsException');
    const now = Date.now() / 1_000;
    this.add(name, now, { status: 'CREATING', origin: { source: String(source), at: Number(at) }, pendingPolls: 2 });
    return success({});
  }

  private describe(name: string, table: FakeTable): object {
    if (table.pendingPolls > 0) table.pendingPolls--;
    else if (this.failing.has(name) && table.status === 'CREATING') this.tables.delete(name);
    else if (table.status === 'CREATING') table.status = 'ACTIVE';
    const { origin, status } = table;
    return {
      TableName: name,
      TableArn: arnOf(name),
      TableStatus: status,
      CreationDateTime: table.createdAt,
      DeletionProtectionEnabled: table.isProtected,
      ...(origin && {
        RestoreSummary: {
          SourceTableArn: arnOf(origin.source),
          RestoreDateTime: origin.at,
          RestoreInProgress: status === 'CREATING',
        },
      }),
    };
  }
}

function backupsOf({ recovery }: FakeTable): object {
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: recovery
      ? {
          PointInTimeRecoveryStatus: 'ENABLED',
          EarliestRestorableDateTime: recovery.earliest,
          LatestRestorableDateTime: recovery.latest,
        }
      : { PointInTimeRecoveryStatus: 'DISABLED' },
  };
}

function arnOf(name: string): string {
  return `arn:aws:dynamodb:ap-south-1:111122223333:table/${name}`;
}

function success(body: object): FakeResponse {
  return { status: 200, body };
}

function failure(type: string): FakeResponse {
  return { status: 400, body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type } };
}
