import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api.d.mts';

/** The API, typed: `api.GET('/order/track', { params: { query: { orderId } } })`. */
export type MilkroundClient = Client<paths>;

/** What is sent and answered, by the names that the OpenAPI document gives it. */
export type Schemas = components['schemas'];

export interface ClientOptions {
  readonly baseUrl: string;
  /** The access token to send with the next request; none while nobody is signed in. */
  readonly token?: () => string | undefined;
  /** In place of the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export function createMilkroundClient({ baseUrl, token, fetch }: ClientOptions): MilkroundClient {
  const api = createClient<paths>({ baseUrl, fetch });
  api.use({
    onRequest({ request }) {
      const bearer = token?.();
      if (bearer !== undefined) request.headers.set('Authorization', `Bearer ${bearer}`);
    },
  });
  return api;
}

/** Where the next page of a list begins, for its `cursor`; undefined on the last page. */
export function nextCursor({ headers, url }: Response): string | undefined {
  const next = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  return next === undefined ? undefined : (new URL(next, url).searchParams.get('cursor') ?? undefined);
}
