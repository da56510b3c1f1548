import {
  infiniteQueryOptions,
  queryOptions,
  skipToken,
  useInfiniteQuery,
  useQueries,
  useQuery,
} from '@tanstack/react-query';
import { api, bodyOf, pageOf, type Schemas } from '../api/client.ts';
import { useUserId } from '../api/hooks.ts';

export type Product = Schemas['ProductResponse'];
export type Order = Schemas['OrderResponse'];
export type Subscription = Schemas['SubscriptionResponse'];
export type CalendarDay = Schemas['CalendarDayResponse'];
export type Frequency = Subscription['frequency'];

const PAGE_SIZE = 20;
const LONG = 5 * 60_000;

export const dairyQuery = queryOptions({
  queryKey: ['dairy'],
  queryFn: () => bodyOf(api.GET('/dairy')),
  staleTime: LONG,
});

export const useDairy = () => useQuery(dairyQuery);

export interface ProductFilter {
  readonly category?: string | undefined;
  readonly q?: string | undefined;
}

export function useProductPages({ category, q }: ProductFilter) {
  return useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: ['products', { category, q }],
      initialPageParam: undefined as string | undefined,
      queryFn: ({ pageParam: cursor, signal }) =>
        pageOf(api.GET('/product/list', { params: { query: { limit: PAGE_SIZE, category, q, cursor } }, signal })),
      getNextPageParam: ({ next }) => next,
    }),
  );
}

/** The first hundred products, to choose from. */
const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: ({ signal }) => pageOf(api.GET('/product/list', { params: { query: { limit: 100 } }, signal })),
  staleTime: LONG,
});

export function useCatalogue() {
  return useQuery({ ...catalogueQuery, select: ({ items }) => items });
}

export function useCategories() {
  return useQuery({
    queryKey: ['categories'],
    queryFn: ({ signal }) => bodyOf(api.GET('/product/categories', { signal })),
    staleTime: LONG,
  });
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
function useOwn<T>(key: readonly unknown[], read: (signal: AbortSignal) => Promise<T>) {
  const userId = useUserId();
  return useQuery({
    queryKey: [...key, userId],
    queryFn: userId === undefined ? skipToken : ({ signal }) => read(signal),
  });
}

export const useCart = () => useOwn(['cart'], (signal) => bodyOf(api.GET('/cart/view', { signal })));
export const useProfile = () => useOwn(['profile'], (signal) => bodyOf(api.GET('/user/profile', { signal })));
export const useWallet = () => useOwn(['wallet'], (signal) => bodyOf(api.GET('/wallet/view', { signal })));

const ORDER_POLL_MILLISECONDS = 3_000;
const PAYMENT_POLL_MILLISECONDS = 2_000;

/** Asks again while a payment is pending, or until there is a delivery, which is followed on its own. */
const isMoving = ({ status, payment, delivery }: Order) =>
  status === 'CREATED' ? payment?.status === 'PENDING' : status === 'CONFIRMED' && delivery === undefined;

export function useOrder(orderId: string) {
  const userId = useUserId();
  return useQuery({
    queryKey: ['order', orderId, userId],
    queryFn:
      userId === undefined
        ? skipToken
        : ({ signal }) => bodyOf(api.GET('/order/track', { params: { query: { orderId } }, signal })),
    refetchInterval: ({ state: { data } }) => (data && isMoving(data) ? ORDER_POLL_MILLISECONDS : false),
  });
}

/** A payment as it was started, followed while it is pending. */
export function usePayment(started: Schemas['PaymentResponse']) {
  const { paymentId } = started;
  return useQuery({
    queryKey: ['payment', paymentId],
    queryFn: ({ signal }) => bodyOf(api.GET('/payment/{paymentId}', { params: { path: { paymentId } }, signal })),
    initialData: started,
    refetchInterval: ({ state: { data } }) => (data?.status === 'PENDING' ? PAYMENT_POLL_MILLISECONDS : false),
  });
}

function useOwnPages<T>(
  key: string,
  read: (cursor: string | undefined, signal: AbortSignal) => ReturnType<typeof pageOf<T>>,
) {
  const userId = useUserId();
  return useInfiniteQuery({
    queryKey: [key, 'pages', userId],
    initialPageParam: undefined as string | undefined,
    queryFn: userId === undefined ? skipToken : ({ pageParam, signal }) => read(pageParam, signal),
    getNextPageParam: ({ next }) => next,
  });
}

export const useOrderPages = () =>
  useOwnPages('orders', (cursor, signal) =>
    pageOf(api.GET('/order/list', { params: { query: { limit: PAGE_SIZE, cursor } }, signal })),
  );

export const useLedgerPages = () =>
  useOwnPages('ledger', (cursor, signal) =>
    pageOf(api.GET('/wallet/ledger', { params: { query: { limit: PAGE_SIZE, cursor } }, signal })),
  );

export const useSubscriptions = () =>
  useOwn(['subscriptions'], async (signal) => {
    const { items } = await pageOf(api.GET('/subscription/list', { params: { query: { limit: 100 } }, signal }));
    return items;
  });

export const useSubscription = (subscriptionId: string) =>
  useOwn(['subscriptions', subscriptionId], (signal) =>
    bodyOf(api.GET('/subscription/{subscriptionId}', { params: { path: { subscriptionId } }, signal })),
  );

export interface CalendarEntry {
  readonly subscription: Subscription;
  readonly day: CalendarDay;
}

interface PlannedDay {
  readonly subscriptionId: string;
  readonly day: CalendarDay;
}

/** What each subscription delivers on each date of a range. */
export function useCalendar(subscriptions: readonly Subscription[], from: string, to: string) {
  const ids = subscriptions.map(({ subscriptionId }) => subscriptionId);
  const query = useOwn(['subscriptions', 'calendar', from, to, ids], async (signal) => {
    const calendars = await Promise.all(
      ids.map(async (subscriptionId): Promise<PlannedDay[]> => {
        const params = { path: { subscriptionId }, query: { from, to } };
        const days = await bodyOf(api.GET('/subscription/{subscriptionId}/calendar', { params, signal }));
        return days.map((day) => ({ subscriptionId, day }));
      }),
    );
    return Map.groupBy(calendars.flat(), ({ day }) => day.date);
  });
  /** With the subscriptions as they are now, which may be newer than the calendar. */
  const entriesOf = (date: string): CalendarEntry[] =>
    (query.data?.get(date) ?? []).flatMap(({ subscriptionId, day }) => {
      const subscription = subscriptions.find((one) => one.subscriptionId === subscriptionId);
      return subscription ? [{ subscription, day }] : [];
    });
  return { ...query, entriesOf };
}
