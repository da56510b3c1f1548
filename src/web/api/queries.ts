import { queryOptions, skipToken, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { api, bodyOf, pageOf, type Schemas } from './client.ts';
import { useUserId } from './hooks.ts';

export type Product = Schemas['ProductResponse'];

const LONG = 5 * 60_000;

export const dairyQuery = queryOptions({
  queryKey: ['dairy'],
  queryFn: () => bodyOf(api.GET('/dairy')),
  staleTime: LONG,
});

export const useDairy = () => useQuery(dairyQuery);

/** The first hundred products: for the names of categories, and to choose from. */
const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: ({ signal }) => pageOf(api.GET('/product/list', { params: { query: { limit: 100 } }, signal })),
  staleTime: LONG,
});

export function useCatalogue() {
  return useQuery({ ...catalogueQuery, select: ({ items }) => items });
}

export function useProduct(productId: string | undefined) {
  return useQuery(productQuery(productId));
}

function productQuery(productId: string | undefined) {
  return queryOptions({
    queryKey: ['product', productId],
    queryFn:
      productId === undefined
        ? skipToken
        : ({ signal }) => bodyOf(api.GET('/product/{productId}', { params: { path: { productId } }, signal })),
  });
}

/** Names of products by id. A product that is no longer sold has none. */
export function useProductNames(productIds: readonly string[]): ReadonlyMap<string, Product> {
  return useQueries({
    queries: [...new Set(productIds)].map((productId) => ({ ...productQuery(productId), staleTime: LONG })),
    combine: (results) => new Map(results.flatMap(({ data }) => (data ? [[data.productId, data] as const] : []))),
  });
}

/** Runs a query only for a signed-in user. The key has the user, so another user never sees its data. */
export function useOwn<T>(key: readonly unknown[], read: (signal: AbortSignal) => Promise<T>) {
  const userId = useUserId();
  return useQuery({
    queryKey: [...key, userId],
    queryFn: userId === undefined ? skipToken : ({ signal }) => read(signal),
  });
}

export const useProfile = () => useOwn(['profile'], (signal) => bodyOf(api.GET('/user/profile', { signal })));

/** The pages of a list, for a signed-in user. */
export function useOwnPages<T>(
  key: readonly unknown[],
  read: (cursor: string | undefined, signal: AbortSignal) => ReturnType<typeof pageOf<T>>,
) {
  const userId = useUserId();
  return useInfiniteQuery({
    queryKey: [...key, 'pages', userId],
    initialPageParam: undefined as string | undefined,
    queryFn: userId === undefined ? skipToken : ({ pageParam, signal }) => read(pageParam, signal),
    getNextPageParam: ({ next }) => next,
  });
}
