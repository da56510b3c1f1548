// How the demo talks: every request and its answer is shown, and what is not as promised ends the walk.
import { inspect, styleText } from 'node:util';
import { createMilkround, type Milkround } from '../client/client.mts';

/** A part of an answer: values must be equal, texts match, predicates hold; what is not named may be anything. */
export type Expected = { readonly [field: string]: unknown };

export interface Wanted {
  /** The status that the contract promises. */
  readonly status: number;
  readonly body?: Expected;
  readonly headers?: Readonly<Record<string, string | RegExp>>;
}

/** What came back when all is well, as the OpenAPI document types it. */
export interface Answer<T> {
  readonly body: T;
  readonly response: Response;
}

/** As the typed client answers: with the one or the other. */
interface Outcome<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** Something that is not as the contract says; the message says what. */
export class BrokenPromise extends Error {}

/** Somebody who talks to the API: with a token once signed in. */
export class Person {
  readonly name: string;
  private readonly api: Milkround;
  private readonly quietly: Milkround;
  private token?: string;
  /** The request that was made last, such as 'POST /order/create'. */
  private asked = '';

  constructor(name: string, baseUrl: string) {
    this.name = name;
    const token = () => this.token;
    this.api = createMilkround({ baseUrl, token, fetch: (request) => this.show(request) });
    this.quietly = createMilkround({ baseUrl, token, fetch: answerOf });
  }

  signedInWith(token: string): void {
    this.token = token;
  }

  /** Makes a request, shows it with its answer, and compares that with what is promised. */
  async asks<T>(request: (api: Milkround) => Promise<Outcome<T>>, wanted: Wanted): Promise<Answer<NonNullable<T>>> {
    const { data, error, response } = await request(this.api);
    const body = (data ?? error) as NonNullable<T>;
    const status = `← ${response.status} ${response.statusText}`;
    console.log(styleText(response.ok ? 'green' : 'yellow', status), ...headersOf(response));
    console.log(shown(body));
    keepsPromise(this.asked, wanted, response, body);
    return { body, response };
  }

  /** Whether nothing is under way any more, and when else to ask again (in seconds). */
  async isSettled(): Promise<{ status: number; retryAfter: number }> {
    const { response } = await this.quietly.GET('/admin/settled');
    const { status, headers } = response;
    console.log(`\n${styleText('dim', `${this.name} → GET /admin/settled ← ${status}`)}`);
    return { status, retryAfter: Number(headers.get('retry-after') ?? 1) };
  }

  private async show(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    this.asked = `${request.method} ${pathname}${search}`;
    const key = request.headers.get('Idempotency-Key');
    const headers = key === null ? '' : ` ${shown({ 'Idempotency-Key': key })}`;
    console.log(`\n${styleText('cyan', `${this.name} → ${this.asked}`)}${headers}`);
    const body = await request.clone().text();
    if (body) console.log(shown(JSON.parse(body)));
    return answerOf(request);
  }
}

/** Reads JSON from a page of a part on this machine. */
export async function read(address: string): Promise<unknown> {
  return (await answerOf(new Request(address))).json();
}

/** The headers that tell something. */
function headersOf({ headers }: Response): string[] {
  return ['ETag', 'Link', 'Idempotency-Replayed'].flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [`${name}: ${value}`];
  });
}

async function answerOf(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    const why = error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : error;
    throw new BrokenPromise(`${request.url} does not answer (${String(why)}). Is it running? Start it with npm start.`);
  }
}

function keepsPromise(
  request: string,
  { status, body: expected = {}, headers = {} }: Wanted,
  answer: Response,
  body: object,
) {
  if (answer.status !== status) throw new BrokenPromise(`${request} answered ${answer.status}, not ${status}`);
  compare(request, expected, body);
  for (const [name, value] of Object.entries(headers))
    compareValue(`${request}, header ${name}`, value, answer.headers.get(name));
}

/** Complains when a value is not what is expected of it. */
export function compare(where: string, expected: Expected, actual: object): void {
  for (const [field, value] of Object.entries(expected)) {
    compareValue(`${where}, ${field}`, value, (actual as Expected)[field]);
  }
}

function compareValue(where: string, expected: unknown, actual: unknown): void {
  if (expected !== null && typeof expected === 'object' && !(expected instanceof RegExp)) {
    if (actual === null || typeof actual !== 'object') throw new BrokenPromise(`${where} is ${shown(actual)}`);
    return compare(where, expected as Expected, actual);
  }
  if (!isAsExpected(expected, actual)) throw new BrokenPromise(`${where} is ${shown(actual)}, not ${shown(expected)}`);
}

function isAsExpected(expected: unknown, actual: unknown): boolean {
  if (expected instanceof RegExp) return typeof actual === 'string' && expected.test(actual);
  if (typeof expected === 'function') return (expected as (value: unknown) => boolean)(actual);
  return expected === actual;
}

/** A value as a person reads it, long ones shortened. */
export function shown(value: unknown): string {
  return inspect(value, {
    depth: 4,
    breakLength: 110,
    compact: 3,
    maxArrayLength: 3,
    maxStringLength: 120,
    colors: process.stdout.hasColors?.() ?? false,
  });
}
