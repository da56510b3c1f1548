import type { Environment } from '../../src/platform/config/env-reader';

/** A response. The body is parsed JSON, or undefined when it was empty. */
export interface Reply {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly headers: Headers;
}

const TIMEOUT_MILLISECONDS = 20_000;

/** Sends HTTP requests over the network, with the token of one user or anonymously. Throws when the connection breaks. */
export class HttpClient {
  constructor(
    private readonly url: string,
    private readonly token?: string,
  ) {}

  /** The authorization header, if there is a token. */
  get headers(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  as(token: string): HttpClient {
    return new HttpClient(this.url, token);
  }

  /** A client of another process with the same token. */
  at({ url }: { url: string }): HttpClient {
    return new HttpClient(url, this.token);
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

  /** The items of all pages of a list. */
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
