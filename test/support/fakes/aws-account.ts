import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { close, listen, urlOf } from './local-server';

/** A recorded response: its status and body. */
export type Recorded = readonly [status: number, body: object | string];

/**
 * Answers the requests of AWS clients with recorded responses, by operation such as `GetParameter`, or by path. Clients
 * use it with `AWS_ENDPOINT_URL`.
 */
export class AwsAccount {
  private constructor(
    private readonly server: Server,
    public responses: Readonly<Record<string, Recorded>>,
  ) {
    server.on('request', (from, to) => void this.answer(from, to));
  }

  static async start(responses: Readonly<Record<string, Recorded>>): Promise<AwsAccount> {
    return new AwsAccount(await listen(createServer()), responses);
  }

  get url(): string {
    return urlOf(this.server);
  }

  async stop(): Promise<void> {
    await close(this.server);
  }

  private async answer(from: IncomingMessage, to: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of from) body += String(chunk);
    const operation =
      from.headers['x-amz-target']?.toString().split('.').at(-1) ??
      new URLSearchParams(body).get('Action') ??
      from.url ??
      '';
    const quota = /"QuotaCode":"([^"]+)"/.exec(body)?.[1];
    const [status, response] = this.responses[quota ?? operation] ??
      this.responses[operation] ?? [403, { __type: 'AccessDeniedException', message: `${operation} is not allowed` }];
    const isXml = typeof response === 'string';
    to.writeHead(status, {
      'content-type': isXml ? 'text/xml' : 'application/x-amz-json-1.1',
      ...(status >= 400 && !isXml && { 'x-amzn-errortype': (response as { __type?: string }).__type ?? '' }),
    });
    to.end(isXml ? response : JSON.stringify(response));
  }
}
