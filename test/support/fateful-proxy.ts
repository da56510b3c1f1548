import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What becomes of a request: it is answered; it is done but nobody hears; it never arrives, and nobody hears. */
export type Fate = 'answered' | 'unheard' | 'lost';

/** Decides at once, or lets a request wait. */
type FateOf = (body: string) => Fate | Promise<Fate>;

/** Stands in front of a part and decides the fate of every request: the moment a process dies can be chosen with it. */
export class FatefulProxy {
  private constructor(
    private readonly server: Server,
    private readonly target: string,
    private readonly fateOf: FateOf,
  ) {
    server.on('request', (from, to) => {
      this.pass(from, to).catch(() => to.destroy());
    });
  }

  static async start(target: string, fateOf: FateOf): Promise<FatefulProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FatefulProxy(server, target, fateOf);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const body = await buffer(from);
    const fate = await this.fateOf(body.toString());
    if (fate === 'lost') return;
    const { method, headers, url = '/' } = from;
    const onward = request(this.target + url, { method, headers }, (answer) => {
      if (fate === 'unheard') {
        answer.resume();
        return;
      }
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    onward.on('error', () => to.destroy());
    onward.end(body);
  }
}
