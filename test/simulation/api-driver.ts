import { setTimeout as pause } from 'node:timers/promises';
import type { Role } from '../../src/kernel/roles';
import type { TestApp } from '../support/test-app';

export interface ApiRequest {
  readonly role: Role;
  readonly userId: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: object;
}

export interface ApiReply {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly next?: string;
  /** How often it had to be asked. */
  readonly attempts: number;
}

/** Longer than a claim of whoever died is respected. */
const MAX_ATTEMPTS = 900;
const RETRY_DELAY_MILLISECONDS = 100;

/** Where the program is asked for something, over HTTP but without a network: thousands ask in seconds. */
export class ApiDriver {
  private requestCount = 0;

  constructor(private readonly app: TestApp) {}

  /** Asks until there is an answer: whoever hears that the dairy is busy asks again, under the same key. */
  async send({ role, userId, method, path, body }: ApiRequest): Promise<ApiReply> {
    const key = `ask-${++this.requestCount}`;
    for (let attempts = 1; ; attempts++) {
      const response = await this.app.nest
        .getHttpAdapter()
        .getInstance()
        .inject({
          method,
          url: path,
          headers: { authorization: `Bearer ${this.app.tokenOf(role, userId)}`, 'idempotency-key': key },
          payload: body,
        });
      const responseBody: unknown = response.body === '' ? undefined : response.json();
      const isBusy = response.statusCode >= 500 || codeOf(responseBody) === 'idempotency.in_progress';
      if (!isBusy || attempts === MAX_ATTEMPTS) {
        const next = /<(.*)>; rel="next"/.exec(String(response.headers.link ?? ''))?.[1];
        return { status: response.statusCode, body: responseBody, next, attempts };
      }
      await pause(RETRY_DELAY_MILLISECONDS);
    }
  }

  admin(method: ApiRequest['method'], path: string, body?: object): Promise<ApiReply> {
    return this.send({ role: 'ADMIN', userId: 'U-ADMIN', method, path, body });
  }

  /** What an admin must be granted. */
  async adminOrThrow(method: ApiRequest['method'], path: string, body?: object): Promise<ApiReply> {
    const reply = await this.admin(method, path, body);
    if (reply.status >= 300)
      throw new Error(`${method} ${path} was answered ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply;
  }

  /** All pages of a list; `of` picks the list out of a page. */
  async all<T>(path: string, itemsOf: (body: never) => readonly T[] = (body) => body): Promise<T[]> {
    const items: T[] = [];
    for (let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}limit=100`; next;) {
      const reply: ApiReply = await this.adminOrThrow('GET', next);
      items.push(...itemsOf(reply.body as never));
      next = reply.next;
    }
    return items;
  }
}

export function codeOf(body: unknown): string | undefined {
  return (body as { code?: string } | undefined)?.code;
}
