// How the demo talks: every request and its answer is shown, and what is not as promised ends the walk.
import { inspect, styleText } from 'node:util';

export type Json = Record<string, unknown>;

/** A part of an answer: values must be equal, texts match, predicates hold; what is not named may be anything. */
export type Expected = { readonly [field: string]: unknown };

export interface Wanted {
  /** The status that the contract promises. */
  readonly status: number;
  readonly body?: Expected;
  readonly headers?: Readonly<Record<string, string | RegExp>>;
}

export interface Answer {
  readonly body: Json;
  readonly headers: Headers;
}

/** Something that is not as the contract says; the message says what. */
export class BrokenPromise extends Error {}

/** Somebody who talks to the API: with a token once signed in. */
export class Person {
  readonly name: string;
  private readonly api: string;
  private token?: string;

  constructor(name: string, api: string) {
    this.name = name;
    this.api = api;
  }

  signedInWith(token: string): void {
    this.token = token;
  }

  /** Makes a request such as 'POST /order/create', shows it with its answer, and compares that with what is promised. */
  async asks(
    request: string,
    wanted: Wanted,
    sent: { body?: Json; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const [method = '', path = ''] = request.split(' ');
    console.log(`\n${styleText('cyan', `${this.name} → ${request}`)}${sent.headers ? ` ${shown(sent.headers)}` : ''}`);
    if (sent.body) console.log(shown(sent.body));
    const response = await answerOf(this.api + path, {
      method,
      headers: {
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
        ...(sent.body && { 'Content-Type': 'application/json' }),
        ...sent.headers,
      },
      body: sent.body && JSON.stringify(sent.body),
    });
    const body = (await response.json()) as Json;
    const status = `← ${response.status} ${response.statusText}`;
    console.log(styleText(response.ok ? 'green' : 'yellow', status), ...headersOf(response));
    console.log(shown(body));
    keepsPromise(request, wanted, response, body);
    return { body, headers: response.headers };
  }

  /** Whether nothing is under way any more, and when else to ask again (in seconds). */
  async isSettled(): Promise<{ status: number; retryAfter: number }> {
    const headers = { Authorization: `Bearer ${this.token}` };
    const { status, headers: answered } = await answerOf(`${this.api}/admin/settled`, { headers });
    console.log(`\n${styleText('dim', `${this.name} → GET /admin/settled ← ${status}`)}`);
    return { status, retryAfter: Number(answered.get('retry-after') ?? 1) };
  }
}

/** Reads JSON from a page of a part on this machine. */
export async function read(address: string): Promise<unknown> {
  return (await answerOf(address)).json();
}

/** The headers that tell something. */
function headersOf({ headers }: Response): string[] {
  return ['ETag', 'Link', 'Idempotency-Replayed'].flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [`${name}: ${value}`];
  });
}

async function answerOf(address: string, request?: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...request, signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    const why = error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : error;
    throw new BrokenPromise(`${address} does not answer (${String(why)}). Is it running? Start it with npm start.`);
  }
}

function keepsPromise(
  request: string,
  { status, body: expected = {}, headers = {} }: Wanted,
  answer: Response,
  body: Json,
) {
  if (answer.status !== status) throw new BrokenPromise(`${request} answered ${answer.status}, not ${status}`);
  compare(request, expected, body);
  for (const [name, value] of Object.entries(headers))
    compareValue(`${request}, header ${name}`, value, answer.headers.get(name));
}

/** Complains when a value is not what is expected of it. */
export function compare(where: string, expected: Expected, actual: Json): void {
  for (const [field, value] of Object.entries(expected)) compareValue(`${where}, ${field}`, value, actual[field]);
}

function compareValue(where: string, expected: unknown, actual: unknown): void {
  if (expected !== null && typeof expected === 'object' && !(expected instanceof RegExp)) {
    if (actual === null || typeof actual !== 'object') throw new BrokenPromise(`${where} is ${shown(actual)}`);
    return compare(where, expected as Expected, actual as Json);
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
