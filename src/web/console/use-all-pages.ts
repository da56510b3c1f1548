import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Page } from '../api/client.ts';

/** A table with more rows is of no use to a reader. */
export const MAX_ROWS = 5_000;
/** The largest page of the API. */
export const PAGE_SIZE = 100;
/** Longer lists are loaded again only when something has changed. */
const POLLED_PAGES = 5;
const POLL_MILLISECONDS = 30_000;

interface AllPagesOptions<T> {
  readonly queryKey: QueryKey;
  readonly read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;
  readonly keyOf: (item: T) => string;
}

/** Loads all pages of a list, one after the other, so that the first rows show at once. */
export function useAllPages<T>({ queryKey, read, keyOf }: AllPagesOptions<T>) {
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    getNextPageParam: ({ next }) => next,
    staleTime: POLL_MILLISECONDS,
    refetchInterval: ({ state: { data } }) => (data && data.pages.length <= POLLED_PAGES ? POLL_MILLISECONDS : false),
  });
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  // An item that moves while the pages are read can be in two of them.
  const rows = useMemo(
    () => data && [...new Map(data.pages.flatMap(({ items }) => items.map((item) => [keyOf(item), item]))).values()],
    [data, keyOf],
  );
  const isFull = (rows?.length ?? 0) >= MAX_ROWS;
  const hasMore = hasNextPage && !isFull;
  useEffect(() => {
    if (hasMore && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [hasMore, isFetching, isFetchNextPageError, fetchNextPage]);
  return {
    data: rows,
    error: query.error,
    refetch: isFetchNextPageError ? fetchNextPage : query.refetch,
    isIncomplete: hasMore,
    /** Whether the list has more rows than are loaded. */
    isCut: hasNextPage && isFull,
  };
}
