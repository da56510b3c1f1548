import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { close, listen, urlOf } from '../support/local-server';
import type { SeededRandom } from '../support/seeded-random';

interface ProxiedRequest {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const DYNAMODB_ERROR = 'com.amazonaws.dynamodb.v20120810#';
const MAX_UNANSWERED = 10_000;

/**
 * Stands in front of DynamoDB or the queues and makes trouble, as AWS does on a bad day: throttles, says that a
 * transaction met another, does what was asked and is silent about it, takes a message twice.
 */
export class FaultInjector {
  /** Nothing goes wrong while it is calm. */
  isPaused = true;
  faultCount = 0;
  /** Transactions of which nobody will ever hear that they are done, however often they are asked for. */
  private readonly unansweredTokens = new Set<string>();

  private constructor(
    private readonly server: Server,
    private readonly target: string,
    private readonly random: SeededRandom,
  ) {
    server.on('request', (from, to) => {
      this.handle(from, to).catch(() => to.destroy());
    });
  }

  static async start(target: string, chance: SeededRandom): Promise<FaultInjector> {
    const server = await listen(createServer());
    return new FaultInjector(server, target, chance);
  }

  get url(): string {
    return urlOf(this.server);
  }

  async stop(): Promise<void> {
    await close(this.server);
  }

  private async handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method, headers, url = '/' } = incoming;
    const proxied = { method, url, headers, body: await buffer(incoming) };
    const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
    const fault = this.isPaused ? undefined : this.faultFor(operation, proxied.body);
    if (fault) this.faultCount++;
    if (fault === 'THROTTLED') return respondWithError(outgoing, 'ProvisionedThroughputExceededException');
    if (fault === 'CONFLICT')
      return respondWithError(outgoing, 'TransactionCanceledException', conflictReasons(proxied.body));
    if (fault === 'UNAVAILABLE') return void outgoing.writeHead(503).end();
    if (fault === 'TWICE') await this.forward(proxied);
    if (fault === 'UNHEARD') {
      await this.forward(proxied);
      outgoing.destroy();
      return;
    }
    await this.forward(proxied, outgoing);
  }

  private faultFor(operation: string, body: Buffer) {
    const { random } = this;
    if (/^(?:Send|Publish)/.test(operation)) {
      return random.chance(0.05) ? 'TWICE' : random.chance(0.02) ? 'UNAVAILABLE' : undefined;
    }
    if (operation === 'TransactWriteItems') {
      const token = /"ClientRequestToken":"([^"]+)"/.exec(body.toString())?.[1] ?? '';
      if (this.unansweredTokens.has(token)) return 'UNHEARD';
      if (random.chance(0.03)) return 'CONFLICT';
      if (this.unansweredTokens.size < MAX_UNANSWERED && random.chance(0.001)) {
        this.unansweredTokens.add(token);
        return 'UNHEARD';
      }
    }
    if (/Item/.test(operation) && random.chance(0.01)) return 'UNHEARD';
    return /Item|Query/.test(operation) && random.chance(0.02) ? 'THROTTLED' : undefined;
  }

  /** Has it done; the answer goes to `to`, or nobody hears it. */
  private forward({ method, headers, url, body }: ProxiedRequest, outgoing?: ServerResponse): Promise<void> {
    return new Promise((resolve, reject) => {
      const upstream = request(this.target + url, { method, headers }, (response) => {
        response.on('end', resolve).on('error', reject);
        if (!outgoing) return response.resume();
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      });
      upstream.on('error', reject).end(body);
      outgoing?.on('close', () => upstream.destroy());
    });
  }
}

function respondWithError(outgoing: ServerResponse, error: string, more: object = {}): void {
  outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  outgoing.end(JSON.stringify({ __type: DYNAMODB_ERROR + error, message: 'A bad day', Message: 'A bad day', ...more }));
}

/** The first item of a transaction was in another one. */
function conflictReasons(body: Buffer): object {
  const { TransactItems: items } = JSON.parse(body.toString()) as { TransactItems: unknown[] };
  const reasons = items.map((_, index) => ({ Code: index === 0 ? 'TransactionConflict' : 'None' }));
  return { CancellationReasons: reasons };
}
