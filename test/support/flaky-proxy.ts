import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { closed, listening, urlOf } from './local-server';

/** Stands in front of a part and answers 503 as often as it is told, before it lets requests through again. */
export class FlakyProxy {
  private failures = 0;
  /** How many requests came, those that failed too. */
  asked = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: string,
  ) {
    server.on('request', (from, to) => this.answer(from, to));
  }

  static async start(target: string, port = 0): Promise<FlakyProxy> {
    const server = await listening(createServer(), port);
    return new FlakyProxy(server, target);
  }

  get url(): string {
    return urlOf(this.server);
  }

  failNext(times: number): void {
    this.failures = times;
  }

  async stop(): Promise<void> {
    await closed(this.server);
  }

  private answer(from: IncomingMessage, to: ServerResponse): void {
    this.asked++;
    if (this.failures > 0) {
      this.failures--;
      from.resume();
      to.writeHead(503, { 'content-type': 'application/json' }).end('{"message":"out of order"}');
      return;
    }
    const { method, headers, url = '/' } = from;
    const onward = request(this.target + url, { method, headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    onward.on('error', () => to.destroy());
    from.pipe(onward);
  }
}
