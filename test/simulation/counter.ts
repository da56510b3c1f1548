import { setTimeout as pause } from 'node:timers/promises';
import type { Role } from '../../src/kernel/roles';
import type { TestApp } from '../support/app';

export interface Ask {
  readonly role: Role;
  readonly userId: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: object;
}

export interface Told {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly next?: string;
  /** How often it had to be asked. */
  readonly times: number;
}

/** Longer than a claim of whoever died is respected. */
const GIVING_UP_AFTER = 900;
const PAUSE_MILLISECONDS = 100;

/** Where the program is asked for something, over HTTP but without a network: thousands ask in seconds. */
export class Counter {
  private asked = 0;

  constructor(private readonly app: TestApp) {}

  /** Asks until there is an answer: whoever hears that the dairy is busy asks again, under the same key. */
  async ask({ role, userId, method, path, body }: Ask): Promise<Told> {
    const key = `ask-${++this.asked}`;
    for (let times = 1; ; times++) {
      const answer = await this.app.nest
        .getHttpAdapter()
        .getInstance()
        .inject({
          method,
          url: path,
          headers: { authorization: `Bearer ${this.app.tokenOf(role, userId)}`, 'idempotency-key': key },
          payload: body,
        });
      const told: unknown = answer.body === '' ? undefined : answer.json();
      const isBusy = answer.statusCode >= 500 || codeOf(told) === 'idempotency.in_progress';
      if (!isBusy || times === GIVING_UP_AFTER) {
        const next = /<(.*)>; rel="next"/.exec(String(answer.headers.link ?? ''))?.[1];
        return { status: answer.statusCode, body: told, next, times };
      }
      await pause(PAUSE_MILLISECONDS);
    }
  }

  admin(method: Ask['method'], path: string, body?: object): Promise<Told> {
    return this.ask({ role: 'ADMIN', userId: 'U-ADMIN', method, path, body });
  }

  /** What an admin must be granted. */
  async order(method: Ask['method'], path: string, body?: object): Promise<Told> {
    const told = await this.admin(method, path, body);
    if (told.status >= 300)
      throw new Error(`${method} ${path} was answered ${told.status} ${JSON.stringify(told.body)}`);
    return told;
  }

  /** All pages of a list; `of` picks the list out of a page. */
  async all<T>(path: string, of: (body: never) => readonly T[] = (body) => body): Promise<T[]> {
    const items: T[] = [];
    for (let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}limit=100`; next;) {
      const told: Told = await this.order('GET', next);
      items.push(...of(told.body as never));
      next = told.next;
    }
    return items;
  }
}

export function codeOf(body: unknown): string | undefined {
  return (body as { code?: string } | undefined)?.code;
}
