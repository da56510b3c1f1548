import type { TestApp } from './test-app';

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or a text that is sent as it is. */
  readonly body?: unknown;
}

export interface WireResponse {
  readonly status: number;
  /** Without its parameters; empty when there is no body. */
  readonly type: string;
  readonly body: unknown;
  readonly headers: Headers;
}

/** The program behind a socket of its own: what is sent and what comes back is what clients see. */
export class WireClient {
  private constructor(private readonly url: string) {}

  static async connect({ nest }: TestApp): Promise<WireClient> {
    await nest.listen(0, '127.0.0.1');
    return new WireClient(await nest.getUrl());
  }

  async send({ method, path, token, headers, body }: WireRequest): Promise<WireResponse> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    const text = await response.text();
    const parsedBody = type.endsWith('json') ? (JSON.parse(text) as unknown) : text;
    return { status: response.status, type, body: parsedBody, headers: response.headers };
  }
}
