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
  /** Number of requests sent, retries included. */
  readonly attempts: number;
}

export const ADMIN_ID = 'U-ADMIN';
/** Retries must outlast the lease of a killed process. */
const MAX_ATTEMPTS = 900;
const RETRY_DELAY_MILLISECONDS = 100;

/** Sends HTTP requests to the program without a network, so that thousands take seconds. */
export class SimulationClient {
  private requestCount = 0;

  constructor(private readonly app: TestApp) {}

  /** Sends a request and retries it under the same idempotency key while the program is busy. */
  async send({ role, userId, method, path, body }: ApiRequest): Promise<ApiReply> {
    const key = `request-${++this.requestCount}`;
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
    return this.send({ role: 'ADMIN', userId: ADMIN_ID, method, path, body });
  }

  /** Sends a request as an admin; throws when it is refused. */
  async adminOrThrow(method: ApiRequest['method'], path: string, body?: object): Promise<ApiReply> {
    const reply = await this.admin(method, path, body);
    if (reply.status >= 300)
      throw new Error(`${method} ${path} got status ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply;
  }

  /** The items of all pages of a list; `itemsOf` picks the list out of a page. */
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
