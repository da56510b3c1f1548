import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { close, listen, urlOf } from './local-server';

/** Stands in front of a part and answers 503 as often as it is told, before it lets requests through again. */
export class FlakyProxy {
  private failures = 0;
  /** How many requests came, those that failed too. */
  requestCount = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: string,
  ) {
    server.on('request', (from, to) => this.handle(from, to));
  }

  static async start(target: string, port = 0): Promise<FlakyProxy> {
    const server = await listen(createServer(), port);
    return new FlakyProxy(server, target);
  }

  get url(): string {
    return urlOf(this.server);
  }

  failNext(times: number): void {
    this.failures = times;
  }

  async stop(): Promise<void> {
    await close(this.server);
  }

  private handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    this.requestCount++;
    if (this.failures > 0) {
      this.failures--;
      incoming.resume();
      outgoing.writeHead(503, { 'content-type': 'application/json' }).end('{"message":"out of order"}');
      return;
    }
    const { method, headers, url = '/' } = incoming;
    const upstream = request(this.target + url, { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  }
}
