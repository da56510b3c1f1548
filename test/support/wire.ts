import type { TestApp } from './app';

/** A request as it goes over the wire. */
export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or a text that is sent as it is. */
  readonly body?: unknown;
}

export interface Answered {
  readonly status: number;
  /** Without its parameters; empty when there is no body. */
  readonly type: string;
  readonly body: unknown;
  readonly headers: Headers;
}

/** The program behind a socket of its own: what is sent and what comes back is what clients see. */
export class Wire {
  private constructor(private readonly url: string) {}

  static async to({ nest }: TestApp): Promise<Wire> {
    await nest.listen(0, '127.0.0.1');
    return new Wire(await nest.getUrl());
  }

  async ask({ method, path, token, headers, body }: Asked): Promise<Answered> {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    const text = await answer.text();
    const read = type.endsWith('json') ? (JSON.parse(text) as unknown) : text;
    return { status: answer.status, type, body: read, headers: answer.headers };
  }
}
