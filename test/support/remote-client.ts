import type { Environment } from '../../src/platform/config/env-reader';

/** What came back; the body is as it came over the wire. */
export interface Reply {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly headers: Headers;
}

const TIMEOUT_MILLISECONDS = 20_000;

/** HTTP over the network as one person: signed in with a token, or nobody. A broken connection is an exception. */
export class RemoteClient {
  constructor(
    private readonly url: string,
    private readonly token?: string,
  ) {}

  /** What says who asks. */
  get headers(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  as(token: string): RemoteClient {
    return new RemoteClient(this.url, token);
  }

  /** The same person at another process. */
  at({ url }: { url: string }): RemoteClient {
    return new RemoteClient(url, this.token);
  }

  get(path: string, query: Record<string, string> = {}): Promise<Reply> {
    const parameters = new URLSearchParams(query).toString();
    return this.send('GET', parameters ? `${path}?${parameters}` : path);
  }

  post(path: string, body: object = {}, headers: Environment = {}): Promise<Reply> {
    return this.send('POST', path, body, headers);
  }

  patch(path: string, body: object): Promise<Reply> {
    return this.send('PATCH', path, body);
  }

  put(path: string, body: object): Promise<Reply> {
    return this.send('PUT', path, body);
  }

  delete(path: string): Promise<Reply> {
    return this.send('DELETE', path);
  }

  /** All pages of a list. */
  async all(path: string, query: Record<string, string> = {}): Promise<Reply['body'][]> {
    let reply = await this.get(path, { limit: '100', ...query });
    const items = [...(reply.body as unknown[])];
    for (let next; (next = /<(.*)>; rel="next"/.exec(reply.headers.get('link') ?? '')?.[1]) !== undefined;) {
      reply = await this.get(next);
      items.push(...(reply.body as unknown[]));
    }
    return items;
  }

  private async send(method: string, path: string, body?: object, headers: Environment = {}): Promise<Reply> {
    const response = await fetch(this.url + path, {
      method,
      body: body && JSON.stringify(body),
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...this.headers,
        ...(headers as Record<string, string>),
      },
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  }
}
