// The demo's API client. It prints requests and responses, and throws if a response breaks the contract.
import { inspect, styleText } from 'node:util';
import { createMilkroundClient, type MilkroundClient } from '../client/client.mts';

/** Expected fields of a response: equal values, matching patterns or true predicates. Other fields are ignored. */
export type Expected = { readonly [field: string]: unknown };

export interface ExpectedResponse {
  readonly status: number | readonly number[];
  readonly body?: Expected;
  readonly headers?: Readonly<Record<string, string | RegExp>>;
}

/** A response as expected, typed by the OpenAPI document. */
export interface ApiResponse<T> {
  readonly body: T;
  readonly response: Response;
}

/** The result of the typed client: `data` or `error`. */
interface ClientResult<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** A difference between the contract and the actual behaviour. */
export class ContractViolation extends Error {}

/** A user of the API, with an access token after sign-in. */
export class DemoClient {
  readonly name: string;
  private readonly api: MilkroundClient;
  private readonly silentApi: MilkroundClient;
  private token?: string;
  /** Such as 'POST /order/create'. */
  private lastRequest = '';

  constructor(name: string, baseUrl: string) {
    this.name = name;
    const token = () => this.token;
    this.api = createMilkroundClient({ baseUrl, token, fetch: (request) => this.fetchAndPrint(request) });
    this.silentApi = createMilkroundClient({ baseUrl, token, fetch: fetchOrFail });
  }

  setToken(token: string): void {
    this.token = token;
  }

  /** Sends a request, prints it with its response, and checks the response. */
  async request<T>(
    send: (api: MilkroundClient) => Promise<ClientResult<T>>,
    expected: ExpectedResponse,
  ): Promise<ApiResponse<NonNullable<T>>> {
    const { data, error, response } = await send(this.api);
    const body = (data ?? error) as NonNullable<T>;
    const status = `← ${response.status} ${response.statusText}`;
    console.log(styleText(response.ok ? 'green' : 'yellow', status), ...notableHeadersOf(response));
    console.log(formatted(body));
    assertResponse(this.lastRequest, expected, response, body);
    return { body, response };
  }

  /** Asks whether background work is idle. `retryAfter` is in seconds. */
  async isSettled(): Promise<{ status: number; retryAfter: number }> {
    const { response } = await this.silentApi.GET('/admin/settled');
    const { status, headers } = response;
    console.log(`\n${styleText('dim', `${this.name} → GET /admin/settled ← ${status}`)}`);
    return { status, retryAfter: Number(headers.get('retry-after') ?? 1) };
  }

  private async fetchAndPrint(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    this.lastRequest = `${request.method} ${pathname}${search}`;
    const key = request.headers.get('Idempotency-Key');
    const headers = key === null ? '' : ` ${formatted({ 'Idempotency-Key': key })}`;
    console.log(`\n${styleText('cyan', `${this.name} → ${this.lastRequest}`)}${headers}`);
    const body = await request.clone().text();
    if (body) console.log(formatted(JSON.parse(body)));
    return fetchOrFail(request);
  }
}

/** Fetches JSON from an emulator. */
export async function readJson(address: string): Promise<unknown> {
  return (await fetchOrFail(new Request(address))).json();
}

/** The response headers to print. */
function notableHeadersOf({ headers }: Response): string[] {
  return ['ETag', 'Link', 'Idempotency-Replayed'].flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [`${name}: ${value}`];
  });
}

async function fetchOrFail(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    const reason = error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : error;
    throw new ContractViolation(
      `${request.url} does not respond (${String(reason)}). Start Milkround with \`npm start\`.`,
    );
  }
}

function assertResponse(
  request: string,
  { status, body: expectedBody = {}, headers = {} }: ExpectedResponse,
  response: Response,
  body: object,
) {
  const allowed = [status].flat();
  if (!allowed.includes(response.status))
    throw new ContractViolation(`${request} answered ${response.status} instead of ${allowed.join(' or ')}`);
  assertMatches(request, expectedBody, body);
  for (const [name, value] of Object.entries(headers))
    assertValueMatches(`${request}, header ${name}`, value, response.headers.get(name));
}

/** Throws if an object does not have the expected fields. */
export function assertMatches(path: string, expected: Expected, actual: object): void {
  for (const [field, value] of Object.entries(expected)) {
    assertValueMatches(`${path}, ${field}`, value, (actual as Expected)[field]);
  }
}

function assertValueMatches(path: string, expected: unknown, actual: unknown): void {
  if (expected !== null && typeof expected === 'object' && !(expected instanceof RegExp)) {
    if (actual === null || typeof actual !== 'object') throw new ContractViolation(`${path} is ${formatted(actual)}`);
    return assertMatches(path, expected as Expected, actual);
  }
  if (!matches(expected, actual))
    throw new ContractViolation(`${path} is ${formatted(actual)} instead of ${formatted(expected)}`);
}

function matches(expected: unknown, actual: unknown): boolean {
  if (expected instanceof RegExp) return typeof actual === 'string' && expected.test(actual);
  if (typeof expected === 'function') return (expected as (value: unknown) => boolean)(actual);
  return expected === actual;
}

/** A value for the terminal, shortened if it is long. */
export function formatted(value: unknown): string {
  return inspect(value, {
    depth: 4,
    breakLength: 110,
    compact: 3,
    maxArrayLength: 3,
    maxStringLength: 120,
    colors: process.stdout.hasColors?.() ?? false,
  });
}
