import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Chance } from '../support/chance';
import { closed, listening, urlOf } from '../support/local-server';

interface Asked {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const DYNAMODB_ERROR = 'com.amazonaws.dynamodb.v20120810#';
const DOOMED_AT_MOST = 10_000;

/**
 * Stands in front of DynamoDB or the queues and makes trouble, as AWS does on a bad day: throttles, says that a
 * transaction met another, does what was asked and is silent about it, takes a message twice.
 */
export class Trouble {
  /** Nothing goes wrong while it is calm. */
  isCalm = true;
  made = 0;
  /** Transactions of which nobody will ever hear that they are done, however often they are asked for. */
  private readonly doomed = new Set<string>();

  private constructor(
    private readonly server: Server,
    private readonly target: string,
    private readonly chance: Chance,
  ) {
    server.on('request', (from, to) => {
      this.pass(from, to).catch(() => to.destroy());
    });
  }

  static async before(target: string, chance: Chance): Promise<Trouble> {
    const server = await listening(createServer());
    return new Trouble(server, target, chance);
  }

  get url(): string {
    return urlOf(this.server);
  }

  async stop(): Promise<void> {
    await closed(this.server);
  }

  private async pass(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const { method, headers, url = '/' } = from;
    const asked = { method, url, headers, body: await buffer(from) };
    const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
    const trouble = this.isCalm ? undefined : this.troubleWith(operation, asked.body);
    if (trouble) this.made++;
    if (trouble === 'THROTTLED') return refuse(to, 'ProvisionedThroughputExceededException');
    if (trouble === 'CONFLICT') return refuse(to, 'TransactionCanceledException', conflicts(asked.body));
    if (trouble === 'UNAVAILABLE') return void to.writeHead(503).end();
    if (trouble === 'TWICE') await this.forward(asked);
    if (trouble === 'UNHEARD') {
      await this.forward(asked);
      to.destroy();
      return;
    }
    await this.forward(asked, to);
  }

  private troubleWith(operation: string, body: Buffer) {
    const { chance } = this;
    if (/^(?:Send|Publish)/.test(operation)) {
      return chance.happens(0.05) ? 'TWICE' : chance.happens(0.02) ? 'UNAVAILABLE' : undefined;
    }
    if (operation === 'TransactWriteItems') {
      const token = /"ClientRequestToken":"([^"]+)"/.exec(body.toString())?.[1] ?? '';
      if (this.doomed.has(token)) return 'UNHEARD';
      if (chance.happens(0.03)) return 'CONFLICT';
      if (this.doomed.size < DOOMED_AT_MOST && chance.happens(0.001)) {
        this.doomed.add(token);
        return 'UNHEARD';
      }
    }
    if (/Item/.test(operation) && chance.happens(0.01)) return 'UNHEARD';
    return /Item|Query/.test(operation) && chance.happens(0.02) ? 'THROTTLED' : undefined;
  }

  /** Has it done; the answer goes to `to`, or nobody hears it. */
  private forward({ method, headers, url, body }: Asked, to?: ServerResponse): Promise<void> {
    return new Promise((resolve, reject) => {
      const onward = request(this.target + url, { method, headers }, (answer) => {
        answer.on('end', resolve).on('error', reject);
        if (!to) return answer.resume();
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      });
      onward.on('error', reject).end(body);
      to?.on('close', () => onward.destroy());
    });
  }
}

function refuse(to: ServerResponse, error: string, more: object = {}): void {
  to.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  to.end(JSON.stringify({ __type: DYNAMODB_ERROR + error, message: 'A bad day', Message: 'A bad day', ...more }));
}

/** The first item of a transaction was in another one. */
function conflicts(body: Buffer): object {
  const { TransactItems: items } = JSON.parse(body.toString()) as { TransactItems: unknown[] };
  const reasons = items.map((_, index) => ({ Code: index === 0 ? 'TransactionConflict' : 'None' }));
  return { CancellationReasons: reasons };
}
