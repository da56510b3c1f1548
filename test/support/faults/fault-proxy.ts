import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { close, listen, urlOf } from '../fakes/local-server';

/**
 * What happens to a request: it is answered; it is refused with 503, with 403, or with 429 because a rate or a daily quota
 * is used up. Or it is processed but the response never arrives, or it never reaches its target. Lost requests and responses
 * leave the connection open.
 */
export type RequestOutcome =
  'answered' | 'unavailable' | 'forbidden' | 'throttled' | 'quota-exceeded' | 'response-lost' | 'request-lost';

/** A test may delay its decision. */
type DecideOutcome = (body: string) => RequestOutcome | Promise<RequestOutcome>;

/** A proxy in front of an emulator; the test decides the outcome of every request. */
export class FaultProxy {
  private constructor(
    private readonly server: Server,
    private readonly target: string,
    private readonly decideOutcome: DecideOutcome,
  ) {
    server.on('request', (from, to) => {
      this.forward(from, to).catch(() => to.destroy());
    });
  }

  static async start(target: string, decideOutcome: DecideOutcome, port = 0): Promise<FaultProxy> {
    const server = await listen(createServer(), port);
    return new FaultProxy(server, target, decideOutcome);
  }

  get url(): string {
    return urlOf(this.server);
  }

  async stop(): Promise<void> {
    await close(this.server);
  }

  private async forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const outcome = await this.decideOutcome(body.toString());
    if (outcome === 'request-lost') return;
    if (outcome === 'unavailable') {
      outgoing.writeHead(503, { 'content-type': 'application/json' }).end('{"message":"Service unavailable"}');
      return;
    }
    if (outcome === 'forbidden') {
      const type = { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' };
      outgoing.writeHead(403, type).end('{"message":"Not authorized"}');
      return;
    }
    if (outcome === 'throttled' || outcome === 'quota-exceeded') {
      const type = { 'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException' };
      const message = outcome === 'throttled' ? 'Maximum sending rate exceeded.' : 'Daily message quota exceeded.';
      outgoing.writeHead(429, type).end(JSON.stringify({ message }));
      return;
    }
    const { method, headers, url = '/' } = incoming;
    const upstream = request(this.target + url, { method, headers }, (response) => {
      if (outcome === 'response-lost') {
        response.resume();
        return;
      }
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    upstream.end(body);
  }
}
