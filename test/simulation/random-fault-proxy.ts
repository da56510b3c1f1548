import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { close, listen, urlOf } from '../support/fakes/local-server';
import type { SeededRandom } from '../support/seeded-random';

interface ProxiedRequest {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const DYNAMODB_ERROR = 'com.amazonaws.dynamodb.v20120810#';
const MAX_LOST_RESPONSE_TOKENS = 10_000;

/**
 * A proxy in front of DynamoDB or the queues that injects faults at random: throttling, transaction conflicts, lost
 * responses, unavailability and duplicate messages.
 */
export class RandomFaultProxy {
  /** While true, every request is forwarded. */
  isPaused = true;
  faultCount = 0;
  /** Tokens of transactions whose response is always lost, retries included. */
  private readonly lostResponseTokens = new Set<string>();

  private constructor(
    private readonly server: Server,
    private readonly target: string,
    private readonly random: SeededRandom,
  ) {
    server.on('request', (from, to) => {
      this.handle(from, to).catch(() => to.destroy());
    });
  }

  static async start(target: string, random: SeededRandom): Promise<RandomFaultProxy> {
    const server = await listen(createServer());
    return new RandomFaultProxy(server, target, random);
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
    if (fault === 'DUPLICATE') await this.forward(proxied);
    if (fault === 'RESPONSE_LOST') {
      await this.forward(proxied);
      outgoing.destroy();
      return;
    }
    await this.forward(proxied, outgoing);
  }

  private faultFor(operation: string, body: Buffer) {
    const { random } = this;
    if (/^(?:Send|Publish)/.test(operation)) {
      return random.chance(0.05) ? 'DUPLICATE' : random.chance(0.02) ? 'UNAVAILABLE' : undefined;
    }
    if (operation === 'TransactWriteItems') {
      const token = /"ClientRequestToken":"([^"]+)"/.exec(body.toString())?.[1] ?? '';
      if (this.lostResponseTokens.has(token)) return 'RESPONSE_LOST';
      if (random.chance(0.03)) return 'CONFLICT';
      if (this.lostResponseTokens.size < MAX_LOST_RESPONSE_TOKENS && random.chance(0.001)) {
        this.lostResponseTokens.add(token);
        return 'RESPONSE_LOST';
      }
    }
    if (/Item/.test(operation) && random.chance(0.01)) return 'RESPONSE_LOST';
    return /Item|Query/.test(operation) && random.chance(0.02) ? 'THROTTLED' : undefined;
  }

  /** Forwards a request; without `outgoing`, the response is discarded. */
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
  outgoing.end(
    JSON.stringify({ __type: DYNAMODB_ERROR + error, message: 'Injected fault', Message: 'Injected fault', ...more }),
  );
}

/** Says that the first item of the transaction conflicts with another transaction. */
function conflictReasons(body: Buffer): object {
  const { TransactItems: items } = JSON.parse(body.toString()) as { TransactItems: unknown[] };
  const reasons = items.map((_, index) => ({ Code: index === 0 ? 'TransactionConflict' : 'None' }));
  return { CancellationReasons: reasons };
}
