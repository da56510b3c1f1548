import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closed, listening, urlOf } from './local-server';

/** What becomes of a request: it is answered; it is done but nobody hears; it never arrives, and nobody hears. */
export type Fate = 'answered' | 'unheard' | 'lost';

/** It may take its time. */
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
    const server = await listening(createServer());
    return new FatefulProxy(server, target, fateOf);
  }

  get url(): string {
    return urlOf(this.server);
  }

  async stop(): Promise<void> {
    await closed(this.server);
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
