import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api.d.mts';

/** The API, typed: `api.GET('/order/track', { params: { query: { orderId } } })`. */
export type MilkroundClient = Client<paths>;

/** The schemas of the OpenAPI document, by name. */
export type Schemas = components['schemas'];

export interface ClientOptions {
  readonly baseUrl: string;
  /** Returns the access token for a request; undefined before sign-in. */
  readonly token?: () => string | undefined;
  /** Replaces the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export function createMilkroundClient({ baseUrl, token, fetch }: ClientOptions): MilkroundClient {
  const api = createClient<paths>({ baseUrl, fetch });
  api.use({
    onRequest({ request }) {
      const accessToken = token?.();
      if (accessToken !== undefined) request.headers.set('Authorization', `Bearer ${accessToken}`);
    },
  });
  return api;
}

/** The `cursor` of the next page of a list; undefined on the last page. */
export function nextCursor({ headers, url }: Response): string | undefined {
  const next = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  return next === undefined ? undefined : (new URL(next, url).searchParams.get('cursor') ?? undefined);
}
