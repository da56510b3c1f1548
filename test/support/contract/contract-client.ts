import type { TestApp } from '../test-app';

/** An HTTP request, as the contract tests send it. */
export interface ContractRequest {
  readonly method: string;
  /** Includes the query string. */
  readonly path: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent unchanged; anything else is sent as JSON. */
  readonly body?: unknown;
}

export interface ContractResponse {
  readonly status: number;
  /** The media type without parameters; empty when there is no body. */
  readonly type: string;
  readonly body: unknown;
  readonly headers: Headers;
}

/** Sends requests to the program over a real socket and returns responses exactly as clients receive them. */
export class ContractClient {
  private constructor(private readonly url: string) {}

  static async connect({ nest }: TestApp): Promise<ContractClient> {
    return new ContractClient(await nest.getUrl());
  }

  async send({ method, path, token, headers, body }: ContractRequest): Promise<ContractResponse> {
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
