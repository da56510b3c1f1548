import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { isTransaction, type Item, type WireBody, type WireRequest } from './access.mts';
import { type AskDatabase, DynamoMeter, type MeteredAccess } from './dynamo-meter.mts';
import { AWS_LIMITS, PartitionBudget, type PartitionKey, type UnitKind } from './partition-budget.mts';

export interface ThrottlingOptions {
  /** Units per second and partition key. Default: AWS's limits. */
  readonly limits?: Readonly<Record<UnitKind, number>>;
  /** In milliseconds. */
  readonly now?: () => number;
  /**
   * How long a transaction holds its items at least. Another write of one of them meanwhile is a conflict. Without this
   * option there are no conflicts.
   */
  readonly transactionMilliseconds?: number;
  /** Left out of the partition keys in the report. */
  readonly prefix?: string;
}

/** What the proxy refused so far: by partition key, and transactions by item. */
export interface Refusals {
  readonly throttled: ReadonlyMap<PartitionKey, number>;
  readonly conflicts: ReadonlyMap<string, number>;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const TARGET = 'DynamoDB_20120810.';
const ERROR_TYPE = 'com.amazonaws.dynamodb.v20120810#';

/**
 * Stands before DynamoDB Local, which neither throttles nor reports conflicts, and refuses what AWS's on-demand tables
 * refuse: requests to a partition key without units left, and transactions with an item that is in another one.
 */
export class ThrottlingProxy {
  private readonly server = createServer((from, to) => {
    this.answer(from, to).catch(() => to.destroy());
  });
  private readonly throttled = new Map<PartitionKey, number>();
  private readonly conflicts = new Map<string, number>();
  /** The items of the transactions in progress. */
  private readonly locked = new Set<string>();
  private readonly budget: PartitionBudget;
  private readonly meter: DynamoMeter;
  private readonly target: string;
  private readonly transactionMilliseconds?: number;

  private constructor(target: string, options: ThrottlingOptions) {
    this.target = target;
    this.transactionMilliseconds = options.transactionMilliseconds;
    this.budget = new PartitionBudget(options.limits ?? AWS_LIMITS, options.now);
    this.meter = new DynamoMeter(this.budget, options.prefix);
  }

  static async start(target: string, options: ThrottlingOptions = {}): Promise<ThrottlingProxy> {
    const proxy = new ThrottlingProxy(target, options);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get refusals(): Refusals {
    return { throttled: this.throttled, conflicts: this.conflicts };
  }

  /** The units of all partition keys so far, highest first. */
  hottest(kind: UnitKind): [PartitionKey, number][] {
    return this.budget.hottest(kind);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const text = (await buffer(from)).toString();
    const operation = String(from.headers['x-amz-target'] ?? '').replace(TARGET, '');
    const call = (name: string, body: string) => this.call(from.headers, name, body);
    const ask: AskDatabase = async (name, body) => {
      const { status, body: answer } = await call(name, JSON.stringify(body));
      if (status !== 200) throw new Error(`${name}: ${answer}`);
      return JSON.parse(answer) as unknown;
    };
    const wireRequest = { operation, body: JSON.parse(text || '{}') as WireBody };
    const { status, body } = await this.process(wireRequest, ask, () => call(operation, text));
    to.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
  }

  private async process(wire: WireRequest, ask: AskDatabase, forward: () => Promise<Answer>): Promise<Answer> {
    if (wire.operation === 'Query') return this.query(wire, ask, forward);
    const accesses = await this.meter.accessesOf(wire, ask);
    if (accesses.length === 0) return forward();
    return (
      this.conflictOf(wire, accesses) ?? this.throttlingOf(wire, accesses) ?? this.run(wire, accesses, ask, forward)
    );
  }

  private async query(wire: WireRequest, ask: AskDatabase, forward: () => Promise<Answer>): Promise<Answer> {
    const partition = await this.meter.queriedPartition(wire, ask);
    if (!this.meter.admits('read', [partition])) return this.throttle([partition]);
    const answer = await forward();
    const { Items: items = [] } = JSON.parse(answer.body) as { Items?: [] };
    this.meter.chargeQuery(wire, partition, items);
    return answer;
  }

  private async run(
    wire: WireRequest,
    accesses: readonly MeteredAccess[],
    ask: AskDatabase,
    forward: () => Promise<Answer>,
  ): Promise<Answer> {
    const hasConflicts = this.transactionMilliseconds !== undefined && wire.operation === 'TransactWriteItems';
    const held = hasConflicts ? accesses.map(({ id }) => id) : [];
    for (const id of held) this.locked.add(id);
    this.meter.chargeMinimum(wire, accesses);
    try {
      const [answer] = await Promise.all([forward(), held.length > 0 && pause(this.transactionMilliseconds)]);
      if (accesses[0]?.kind === 'write') await this.meter.chargeWrites(wire, accesses, ask);
      else this.meter.chargeReads(wire, accesses, this.itemsOf(wire, accesses, answer));
      return answer;
    } finally {
      for (const id of held) this.locked.delete(id);
    }
  }

  private itemsOf({ operation }: WireRequest, accesses: readonly MeteredAccess[], { body }: Answer): Map<string, Item> {
    const response = JSON.parse(body) as { Item?: object; Responses?: unknown };
    if (operation === 'BatchGetItem') return this.meter.itemsById(response, accesses);
    const single = operation === 'GetItem' ? [response] : ((response.Responses ?? []) as { Item?: object }[]);
    return this.meter.itemsById(
      {
        Responses: Object.fromEntries(
          accesses.map(({ table }) => [
            table,
            accesses.flatMap((access, index) => (access.table === table ? (single[index]?.Item ?? []) : [])),
          ]),
        ),
      },
      accesses,
    );
  }

  private conflictOf(wire: WireRequest, accesses: readonly MeteredAccess[]): Answer | undefined {
    if (wire.operation === 'GetItem' || wire.operation === 'BatchGetItem') return undefined;
    const inConflict = accesses.filter(({ id }) => this.locked.has(id));
    if (inConflict.length === 0) return undefined;
    for (const { id } of inConflict) this.conflicts.set(id, (this.conflicts.get(id) ?? 0) + 1);
    const message = 'Transaction is ongoing for the item';
    if (!isTransaction(wire)) return refusal('TransactionConflictException', message);
    return cancelled(accesses, ({ id }) =>
      this.locked.has(id) ? { Code: 'TransactionConflict', Message: message } : undefined,
    );
  }

  /** AWS processes what it can of a batch. Here a batch is refused as a whole, since the clients retry it. */
  private throttlingOf(wire: WireRequest, accesses: readonly MeteredAccess[]): Answer | undefined {
    const isEmpty = ({ kind, partitions }: MeteredAccess) => !this.meter.admits(kind, partitions);
    const refused = accesses.filter(isEmpty);
    if (refused.length === 0) return undefined;
    const answer = this.throttle(
      refused.flatMap(({ kind, partitions }) => partitions.filter((key) => !this.meter.admits(kind, [key]))),
    );
    if (!isTransaction(wire)) return answer;
    const reason = {
      Code: 'ThrottlingError',
      Message: 'Throughput exceeds the current capacity of your table or index.',
    };
    return cancelled(accesses, (access) => (isEmpty(access) ? reason : undefined));
  }

  private throttle(partitions: readonly PartitionKey[]): Answer {
    for (const key of new Set(partitions)) this.throttled.set(key, (this.throttled.get(key) ?? 0) + 1);
    return refusal('ThrottlingException', 'Throughput exceeds the current capacity of your table or index.');
  }

  private async call(headers: IncomingHttpHeaders, operation: string, body: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { 'content-length': _, 'transfer-encoding': __, ...rest } = headers;
      const upstream = request(this.target, {
        method: 'POST',
        headers: { ...rest, 'x-amz-target': TARGET + operation, 'content-length': Buffer.byteLength(body) },
      });
      upstream.on('response', (response) => {
        buffer(response).then(
          (content) => resolve({ status: response.statusCode ?? 502, body: content.toString() }),
          reject,
        );
      });
      upstream.on('error', reject);
      upstream.end(body);
    });
  }
}

function refusal(type: string, message: string, rest: object = {}): Answer {
  return { status: 400, body: JSON.stringify({ __type: ERROR_TYPE + type, message, ...rest }) };
}

function cancelled(
  accesses: readonly MeteredAccess[],
  reasonOf: (access: MeteredAccess) => { Code: string; Message: string } | undefined,
): Answer {
  const reasons = accesses.map((access) => reasonOf(access) ?? { Code: 'None' });
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return refusal(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}
