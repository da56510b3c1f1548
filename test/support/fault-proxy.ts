import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { close, listen, urlOf } from './local-server';

/** What becomes of a request: it is answered; it is done but nobody hears; it never arrives, and nobody hears. */
export type RequestOutcome = 'answered' | 'unheard' | 'lost';

/** It may take its time. */
type DecideOutcome = (body: string) => RequestOutcome | Promise<RequestOutcome>;

/** Stands in front of a part and decides the fate of every request: the moment a process dies can be chosen with it. */
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

  static async start(target: string, decideOutcome: DecideOutcome): Promise<FaultProxy> {
    const server = await listen(createServer());
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
    if (outcome === 'lost') return;
    const { method, headers, url = '/' } = incoming;
    const upstream = request(this.target + url, { method, headers }, (response) => {
      if (outcome === 'unheard') {
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
